// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/headrules.h"

#include "net/contentcoding.h"

#include <algorithm>

namespace flowgate::net {
namespace {

const QByteArray webSocketVersion = "13";

HttpResponse upgradeRequired(const QByteArray &reason)
{
    return refusal(426, reason,
                   {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}, {"Sec-WebSocket-Version", webSocketVersion}});
}

bool isWebSocketKey(const QByteArray &key)
{
    const auto decoded = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && decoded.decoded.size() == 16;
}

std::optional<HttpResponse> judgeUpgrade(const RequestHead &head)
{
    if (head.minorVersion == 0 || head.hasBody())
        return refusal(400, "a WebSocket upgrade is an HTTP/1.1 GET without a body");
    if (!head.headers.hasToken("Connection", "upgrade"))
        return refusal(400, "Connection does not list Upgrade");
    const auto versions = head.headers.all("Sec-WebSocket-Version");
    if (versions.size() != 1 || versions.front() != webSocketVersion)
        return upgradeRequired("only WebSocket version 13 is spoken here");
    const auto keys = head.headers.all("Sec-WebSocket-Key");
    if (keys.size() != 1 || !isWebSocketKey(keys.front()))
        return refusal(400, "Sec-WebSocket-Key is missing or malformed");
    return {};
}

QByteArray mediaType(const RequestHead &head)
{
    const auto types = head.headers.all("Content-Type");
    if (types.size() != 1)
        return {};
    const qsizetype semicolon = types.front().indexOf(';');
    return (semicolon < 0 ? types.front() : types.front().first(semicolon)).trimmed().toLower();
}

} // namespace

std::optional<HttpResponse> judgeWeb(const RequestHead &head, const PeerAddress &peer, const WebRules &rules)
{
    const HostVerdict host = judgeHost(head, peer.onLoopback, rules);
    const OriginVerdict origin = judgeOrigin(head, peer.encrypted, rules);
    if (host == HostVerdict::Malformed)
        return refusal(400, "the Host header names no host");
    if (origin == OriginVerdict::Malformed)
        return refusal(400, "more than one Origin header");
    if (host == HostVerdict::Foreign)
        return refusal(421, "the Host header names another computer than this one; server.allowed_hosts lists names of "
                            "this one");
    if (origin == OriginVerdict::Foreign)
        return refusal(403, "web pages of other origins are not served; server.allowed_origins lists those that are");
    return {};
}

domain::Result<Asked, HttpResponse> judgeMethod(const RequestHead &head, bool hasWebSocket)
{
    if (head.method == "POST")
        return Asked::Post;
    if (head.method == "GET" && hasWebSocket) {
        if (head.wantsWebSocket()) {
            if (auto refused = judgeUpgrade(head))
                return domain::unexpected(*std::move(refused));
            return Asked::Upgrade;
        }
        if (head.headers.hasToken("Connection", "upgrade") || head.headers.first("Upgrade"))
            return domain::unexpected(upgradeRequired("the only upgrade here is to a WebSocket"));
    }
    return domain::unexpected(refusal(405, "only POST is served here", {{"Allow", "POST"}}));
}

QByteArray plainUpgrade(const RequestHead &head)
{
    return "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: " +
           webSocketVersion +
           "\r\nSec-WebSocket-Key: " + head.headers.first("Sec-WebSocket-Key").value_or(QByteArray()) + "\r\n\r\n";
}

std::optional<HttpResponse> judgePost(const RequestHead &head, QByteArrayView contentType)
{
    if (!contentType.isEmpty() && mediaType(head) != contentType)
        return refusal(415, "the content type must be " + contentType.toByteArray());
    if (contentCoding(head.headers) == ContentCoding::Unknown)
        return refusal(415, "the content coding must be gzip or identity", {{"Accept-Encoding", "gzip, identity"}});
    if (head.headers.first("Expect") && !head.expectsContinue())
        return refusal(417, "the only expectation known here is 100-continue");
    return {};
}

HttpResponse refusal(HeadError error)
{
    switch (error) {
    case HeadError::TooLarge:
        return refusal(431, "the request head is too large");
    case HeadError::UnsupportedVersion:
        return refusal(505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
    case HeadError::UnsupportedCoding:
        return refusal(501, "the only transfer coding known here is chunked");
    case HeadError::Malformed:
        break;
    }
    return refusal(400, "the request head is malformed");
}

domain::Refusal refusalKind(HeadError error)
{
    return error == HeadError::TooLarge ? domain::Refusal::HeadSize : domain::Refusal::Malformed;
}

domain::Refusal refusalKind(const HttpResponse &refusal)
{
    switch (refusal.status) {
    case 403:
        return domain::Refusal::WrongOrigin;
    case 421:
        return domain::Refusal::WrongHost;
    case 405:
        return domain::Refusal::WrongMethod;
    case 415:
        return domain::Refusal::WrongContentType;
    default:
        return domain::Refusal::Malformed;
    }
}

FirstBytes firstBytes(QByteArrayView bytes)
{
    // Record type 22, version 3.x, two bytes of length, handshake type 1.
    constexpr qsizetype helloType = 5;
    const auto at = [bytes](qsizetype i) { return static_cast<unsigned char>(bytes[i]); };
    if (bytes.isEmpty())
        return FirstBytes::Unknown;
    if (at(0) == 22) {
        const bool isRecord = bytes.size() < 2 || (at(1) == 3 && (bytes.size() < 3 || at(2) <= 4));
        if (!isRecord)
            return FirstBytes::Other;
        if (bytes.size() <= helloType)
            return FirstBytes::Unknown;
        return at(helloType) == 1 ? FirstBytes::Tls : FirstBytes::Other;
    }
    // Every method in use has three letters or more in upper case.
    constexpr qsizetype shortestMethod = 3;
    const QByteArrayView method = bytes.first(std::min(bytes.size(), shortestMethod));
    if (!std::ranges::all_of(method, [](char c) { return c >= 'A' && c <= 'Z'; }))
        return FirstBytes::Other;
    return method.size() < shortestMethod ? FirstBytes::Unknown : FirstBytes::Http;
}

} // namespace flowgate::net
