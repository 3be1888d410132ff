// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <variant>
#include <vector>

namespace flowgate::net {

/// One header line. Names keep their case as received; look them up through Headers.
struct Header
{
    QByteArray name;
    QByteArray value; ///< without white space around it

    friend bool operator==(const Header &, const Header &) = default;
};

/// Header lines in order; a repeated name stays repeated.
struct Headers
{
    std::vector<Header> lines;

    /// The value of the first line called @p name, case ignored; nothing if there is none.
    [[nodiscard]] std::optional<QByteArray> first(QByteArrayView name) const;
    /// The values of all lines called @p name, in order.
    [[nodiscard]] std::vector<QByteArray> all(QByteArrayView name) const;
    /// All values of @p name as one comma-separated list, as RFC 7230 3.2.2 reads repeated lines.
    [[nodiscard]] QByteArray joined(QByteArrayView name) const;
    /// True if the comma-separated list under @p name has @p token, case ignored.
    [[nodiscard]] bool hasToken(QByteArrayView name, QByteArrayView token) const;
};

/// Start line and headers of one request.
struct RequestHead
{
    QByteArray method;    ///< as received; methods are case-sensitive
    QByteArray path;      ///< without the query, starts with '/'; also from absolute-form targets (T2)
    QByteArray query;     ///< without '?'
    QByteArray authority; ///< "gw.example.org:80" of an absolute-form target, else empty
    int minorVersion = 1; ///< 0 or 1
    Headers headers;
    std::optional<quint64> contentLength;
    bool chunked = false;

    [[nodiscard]] bool hasBody() const { return chunked || contentLength.value_or(0) > 0; }
    [[nodiscard]] bool keepAlive() const;
    [[nodiscard]] bool expectsContinue() const;
    /// True for a request that asks to become a WebSocket, well-formed or not: Upgrade lists "websocket".
    [[nodiscard]] bool wantsWebSocket() const;
};

struct HeadLimits
{
    qsizetype bytes = 16 * 1024; ///< of the whole head, end included
    int lines = 100;             ///< of header lines
    qsizetype line = 8 * 1024;   ///< of one line, as much as QWebSocket reads of one
};

enum class HeadError {
    Malformed, ///< not HTTP, a bare LF, a NUL, folded lines, framing that two readers may read differently: 400
    TooLarge,  ///< over HeadLimits: 431
    UnsupportedVersion, ///< neither HTTP/1.0 nor HTTP/1.1: 505
    UnsupportedCoding,  ///< a Transfer-Encoding other than exactly "chunked": 501
};

struct HeadIncomplete
{
};

struct ParsedHead
{
    RequestHead head;
    qsizetype consumed = 0; ///< bytes of the head, leading empty lines included
};

/// Reads the head at the start of @p bytes. Looks at no more than limits.bytes of them.
/// @return   the head, "not all there yet", or why it is refused (as soon as that is sure)
/// @thread   any
/// @source   RFC 7230 3; T40: both a length and chunked, or a repeated length even if equal, are Malformed
[[nodiscard]] std::variant<HeadIncomplete, ParsedHead, HeadError> parseHead(QByteArrayView bytes,
                                                                            const HeadLimits &limits = {});

} // namespace flowgate::net
