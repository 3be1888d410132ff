// SPDX-License-Identifier: GPL-3.0-or-later
// One request as it comes from a socket: head, body, chunks, gzip. What comes in pieces reads as what comes at once.
#include "fuzz.h"
#include "net/bodyreader.h"
#include "net/contentcoding.h"
#include "net/headrules.h"
#include "net/requesthead.h"

using namespace flowgate;
using fuzz::require;

namespace {

using Parsed = std::variant<net::HeadIncomplete, net::ParsedHead, net::HeadError>;

bool isClean(QByteArrayView text, bool tabs)
{
    return std::ranges::all_of(text, [&](char c) {
        const auto u = static_cast<unsigned char>(c);
        return (u >= 0x20 && u != 0x7f) || (tabs && c == '\t');
    });
}

QByteArray written(const net::RequestHead &head)
{
    QByteArray bytes = head.method + ' ' + (head.path.isEmpty() ? QByteArray("*") : head.path);
    if (!head.query.isNull())
        bytes += '?' + head.query;
    bytes += " HTTP/1." + QByteArray::number(head.minorVersion) + "\r\n";
    for (const net::Header &line : head.headers.lines)
        bytes += line.name + ": " + line.value + "\r\n";
    return bytes + "\r\n";
}

/// Which page sent it, and for which name: what is let in can be named, and is named in one way.
void checkWeb(const net::RequestHead &head)
{
    const net::WebRules rules{.origins = {{"https", "console.example", 443}}, .hosts = {"gw"}};
    for (const QByteArray &value : head.headers.all("Origin")) {
        const auto origin = net::webOriginFromText(value);
        if (origin)
            require(net::webOriginFromText(net::originText(*origin)) == origin, "an origin reads as it is written");
    }
    const bool hasOrigin = head.headers.first("Origin").has_value();
    const auto origin = net::webOriginFromText(head.headers.first("Origin").value_or(QByteArray()));
    for (const bool encrypted : {false, true}) {
        const bool isIn = net::judgeOrigin(head, encrypted, rules) == net::OriginVerdict::Good;
        require(isIn || hasOrigin, "what names no page is not judged by it");
        if (isIn && hasOrigin)
            require(origin && (rules.origins.contains(*origin) || (origin->scheme == "https") == encrypted),
                    "a page that is let in has a name, and the scheme of the listener");
    }
    const auto host = net::hostFromText(head.headers.first("Host").value_or(QByteArray()));
    const auto onLoopback = net::judgeHost(head, true, rules);
    const auto elsewhere = net::judgeHost(head, false, rules);
    require((onLoopback == net::HostVerdict::Malformed) == (elsewhere == net::HostVerdict::Malformed),
            "what names no host does so everywhere");
    require(elsewhere != net::HostVerdict::Foreign, "elsewhere every name may be ours");
    if (onLoopback == net::HostVerdict::Good && head.headers.first("Host"))
        require(host && (host->host == "gw" || host->host == "localhost" || host->host == "localhost." ||
                         host->host.startsWith("127.") || host->host.startsWith('[')),
                "on a loopback address only names of this computer get in");
}

void checkHead(const net::ParsedHead &parsed, QByteArrayView bytes)
{
    const net::RequestHead &head = parsed.head;
    require(parsed.consumed > 0 && parsed.consumed <= bytes.size(), "a head lies within its bytes");
    require(parsed.consumed <= net::HeadLimits().bytes, "a head is no longer than its limit");
    require(bytes.first(parsed.consumed).endsWith("\r\n\r\n"), "a head ends with an empty line");
    require(head.path.isEmpty() || head.path.startsWith('/'), "a path starts with a slash");
    require(isClean(head.method, false) && isClean(head.path, false) && isClean(head.query, false),
            "no control characters in the start line");
    require(!head.path.contains(' ') && !head.query.contains(' '), "no spaces in the target");
    require(static_cast<int>(head.headers.lines.size()) <= net::HeadLimits().lines, "no more lines than the limit");
    for (const net::Header &line : head.headers.lines) {
        require(!line.name.isEmpty() && isClean(line.name, false) && !line.name.contains(' ') &&
                    !line.name.contains(':'),
                "a header's name is a token");
        require(isClean(line.value, true) && line.value.trimmed() == line.value, "a header's value is clean");
    }
    require(!head.chunked || !head.contentLength, "one kind of framing at a time");
    require(head.minorVersion == 0 || head.headers.all("host").size() == 1, "HTTP/1.1 has one Host");
    checkWeb(head);

    const Parsed again = net::parseHead(written(head));
    const auto *same = std::get_if<net::ParsedHead>(&again);
    if (same)
        require(same->head.method == head.method && same->head.path == head.path && same->head.query == head.query &&
                    same->head.headers.lines == head.headers.lines && same->head.chunked == head.chunked &&
                    same->head.contentLength == head.contentLength,
                "a head that is written again reads the same");
    else // blanks that were not there may make it too long; nothing else may happen
        require(written(head).size() >= net::HeadLimits().bytes, "a head that is written again is a head");
}

/// The head read anew each time that more is there.
void checkHeadInPieces(QByteArrayView bytes, const Parsed &whole)
{
    const qsizetype step = fuzz::pieceSize(bytes);
    for (qsizetype size = 0; size < bytes.size(); size += step) {
        const Parsed part = net::parseHead(bytes.first(size));
        if (std::holds_alternative<net::HeadIncomplete>(part))
            continue;
        require(part.index() == whole.index(), "what is sure of a head stays so");
        if (const auto *error = std::get_if<net::HeadError>(&part))
            require(*error == std::get<net::HeadError>(whole), "an error of a head stays the same");
        else
            require(std::get<net::ParsedHead>(part).consumed == std::get<net::ParsedHead>(whole).consumed,
                    "a head's end stays where it is");
        return;
    }
}

struct Body
{
    net::BodyReader::State state = net::BodyReader::State::NeedMore;
    QByteArray bytes;
    qsizetype used = 0;

    bool operator==(const Body &) const = default;
};

constexpr qsizetype bodyLimit = 2048;

/// Reads as a connection does: what was not used is offered again with what comes next.
Body readBody(const net::RequestHead &head, QByteArrayView bytes, qsizetype step)
{
    net::BodyReader reader(head, bodyLimit);
    Body body;
    QByteArray input;
    for (qsizetype at = 0; at < bytes.size() && reader.state() == net::BodyReader::State::NeedMore; at += step) {
        input += bytes.sliced(at, std::min(step, bytes.size() - at));
        const qsizetype used = reader.feed(input);
        require(used >= 0 && used <= input.size(), "no more is used than was given");
        input.remove(0, used);
        body.used += used;
        require(reader.size() <= bodyLimit, "a body is no longer than its limit");
    }
    body.state = reader.state();
    if (body.state == net::BodyReader::State::Done)
        body.bytes = reader.take();
    return body;
}

void checkCoding(const net::RequestHead &head, const QByteArray &body)
{
    constexpr qsizetype limit = 64 * 1024;
    const net::ContentCoding coding = net::contentCoding(head.headers);
    if (coding != net::ContentCoding::Unknown) {
        if (const auto plain = net::decodedBody(body, coding, limit))
            require(plain->size() <= limit, "no more is inflated than the limit");
    }
    if (const auto plain = net::gunzip(body, limit))
        require(plain->size() <= limit, "no more is inflated than the limit");
    net::HttpResponse response{.status = 200, .body = body};
    net::encodeBody(response, head.headers);
    const bool packed =
        std::ranges::any_of(response.headers, [](const net::Header &line) { return line.name == "Content-Encoding"; });
    require((packed ? net::gunzip(response.body, body.size()).value_or(QByteArray()) : response.body) == body,
            "an answer is what it was once its coding is undone");
}

void checkBody(const net::RequestHead &head, QByteArrayView rest)
{
    const Body atOnce = readBody(head, rest, std::max<qsizetype>(rest.size(), 1));
    const Body inPieces = readBody(head, rest, fuzz::pieceSize(rest));
    require(atOnce.state == inPieces.state, "a body in pieces ends as one at once");
    if (atOnce.state != net::BodyReader::State::Done)
        return;
    require(atOnce == inPieces, "a body in pieces is the same");
    if (head.contentLength)
        require(atOnce.bytes.size() == static_cast<qsizetype>(*head.contentLength), "a body is as long as was said");
    checkCoding(head, atOnce.bytes);
}

/// What is handed over to Qt's WebSocket, which reads the same bytes once more.
void checkRoute(const net::RequestHead &head)
{
    const auto asked = net::judgeMethod(head, true);
    if (!asked)
        require(asked.error().status >= 400, "what is not served is refused");
    else if (*asked == net::Asked::Upgrade)
        require(head.method == "GET" && head.minorVersion == 1 && !head.hasBody() &&
                    head.headers.hasToken("connection", "upgrade") && head.headers.hasToken("upgrade", "websocket") &&
                    QByteArray::fromBase64(head.headers.joined("sec-websocket-key")).size() == 16 &&
                    head.headers.joined("sec-websocket-version") == "13",
                "an upgrade is a whole one");
    else
        require(head.method == "POST", "what is served is a POST");
    if (const auto refused = net::judgePost(head, "application/x-protobuf"))
        require(refused->status >= 400, "what is not taken is refused");
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes = fuzz::view(data, size);
    const Parsed whole = net::parseHead(bytes);
    checkHeadInPieces(bytes, whole);
    if (const auto *error = std::get_if<net::HeadError>(&whole))
        require(net::refusal(*error).status >= 400, "an error of a head is refused");
    if (const auto *parsed = std::get_if<net::ParsedHead>(&whole)) {
        checkHead(*parsed, bytes);
        (void)parsed->head.keepAlive();
        (void)parsed->head.expectsContinue();
        checkRoute(parsed->head);
        checkBody(parsed->head, bytes.sliced(parsed->consumed));
    }
    return 0;
}
