// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/contentcoding.h"

#include "net/acceptencoding.h"

namespace flowgate::net {

ContentCoding contentCoding(const Headers &headers)
{
    const QByteArray coding = headers.joined("Content-Encoding").toLower();
    if (coding.isEmpty() || coding == "identity")
        return ContentCoding::Identity;
    return coding == "gzip" || coding == "x-gzip" ? ContentCoding::Gzip : ContentCoding::Unknown;
}

domain::Result<QByteArray, GunzipError> decodedBody(const QByteArray &body, ContentCoding coding, qsizetype limit)
{
    if (coding == ContentCoding::Gzip)
        return gunzip(body, limit);
    if (body.size() > limit)
        return domain::unexpected(GunzipError::TooLarge);
    return body;
}

HttpResponse refusal(GunzipError error)
{
    switch (error) {
    case GunzipError::TooLarge:
        return refusal(413, "the body is over the limit once it is inflated");
    case GunzipError::Truncated:
        return refusal(400, "the gzip body ends early");
    case GunzipError::Corrupt:
        break;
    }
    return refusal(400, "the body is not valid gzip");
}

void encodeBody(HttpResponse &response, const Headers &request)
{
    response.headers.push_back({"Vary", "Accept-Encoding"});
    if (response.body.isEmpty() || !gzipAccepted(request.joined("Accept-Encoding")))
        return;
    QByteArray packed = gzip(response.body);
    if (packed.isEmpty())
        return;
    response.body = std::move(packed);
    response.headers.push_back({"Content-Encoding", "gzip"});
}

} // namespace flowgate::net
