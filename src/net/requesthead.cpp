// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/requesthead.h"

#include <algorithm>

namespace flowgate::net {
namespace {

bool isTokenChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, isTokenChar);
}

bool isValue(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u == '\t' || (u >= 0x20 && u != 0x7f);
    });
}

/// Optional white space is spaces and tabs, nothing else.
QByteArrayView trimmed(QByteArrayView text)
{
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

bool sameName(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

template<typename Visit>
void eachItem(QByteArrayView list, Visit visit)
{
    while (true) {
        const qsizetype comma = list.indexOf(',');
        visit(trimmed(comma < 0 ? list : list.first(comma)));
        if (comma < 0)
            return;
        list = list.sliced(comma + 1);
    }
}

std::optional<quint64> decimal(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > 18)
        return {};
    quint64 number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9')
            return {};
        number = number * 10 + static_cast<quint64>(c - '0');
    }
    return number;
}

std::optional<HeadError> readTarget(QByteArrayView target, RequestHead &head)
{
    for (const char c : target) {
        const auto u = static_cast<unsigned char>(c);
        if (u <= 0x20 || u == 0x7f)
            return HeadError::Malformed;
    }
    const QByteArrayView scheme = "://";
    if (!target.startsWith('/')) { // absolute form, as through a proxy: http://host/path
        const qsizetype start = target.indexOf(scheme);
        if (start < 1)
            return target == "*" ? std::nullopt : std::optional(HeadError::Malformed);
        const qsizetype slash = target.indexOf('/', start + scheme.size());
        const QByteArrayView behind = target.sliced(start + scheme.size());
        head.authority = (slash < 0 ? behind : behind.first(slash - start - scheme.size())).toByteArray();
        target = slash < 0 ? QByteArrayView("/") : target.sliced(slash);
    }
    const qsizetype question = target.indexOf('?');
    head.path = (question < 0 ? target : target.first(question)).toByteArray();
    if (question >= 0)
        head.query = target.sliced(question + 1).toByteArray();
    return {};
}

std::optional<HeadError> readStartLine(QByteArrayView line, RequestHead &head)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first < 1 || last == first)
        return HeadError::Malformed;
    const QByteArrayView method = line.first(first);
    const QByteArrayView version = line.sliced(last + 1);
    if (!isToken(method))
        return HeadError::Malformed;
    if (version.size() != 8 || !version.startsWith("HTTP/") || version[6] != '.' || version[5] < '0' ||
        version[5] > '9' || version[7] < '0' || version[7] > '9')
        return HeadError::Malformed;
    if (version[5] != '1' || version[7] > '1')
        return HeadError::UnsupportedVersion;
    head.method = method.toByteArray();
    head.minorVersion = version[7] - '0';
    return readTarget(line.sliced(first + 1, last - first - 1), head);
}

std::optional<HeadError> readHeaderLine(QByteArrayView line, RequestHead &head)
{
    const qsizetype colon = line.indexOf(':');
    // No white space before the colon and no folded lines: both are ways to say different things to two readers.
    if (colon < 1 || !isToken(line.first(colon)))
        return HeadError::Malformed;
    const QByteArrayView value = trimmed(line.sliced(colon + 1));
    if (!isValue(value))
        return HeadError::Malformed;
    head.headers.lines.push_back({line.first(colon).toByteArray(), value.toByteArray()});
    return {};
}

std::optional<HeadError> readFraming(RequestHead &head)
{
    const auto lengths = head.headers.all("Content-Length");
    const auto codings = head.headers.all("Transfer-Encoding");
    if (!codings.empty()) {
        if (!lengths.empty() || head.minorVersion == 0)
            return HeadError::Malformed;
        if (codings.size() > 1 || !sameName(codings.front(), "chunked"))
            return HeadError::UnsupportedCoding;
        head.chunked = true;
    } else if (!lengths.empty()) {
        head.contentLength = lengths.size() == 1 ? decimal(lengths.front()) : std::nullopt;
        if (!head.contentLength)
            return HeadError::Malformed;
    }
    const auto hosts = head.headers.all("Host");
    if (hosts.size() > 1 || (hosts.empty() && head.minorVersion == 1))
        return HeadError::Malformed;
    return {};
}

} // namespace

std::optional<QByteArray> Headers::first(QByteArrayView name) const
{
    const auto it = std::ranges::find_if(lines, [name](const Header &line) { return sameName(line.name, name); });
    return it == lines.end() ? std::nullopt : std::optional(it->value);
}

std::vector<QByteArray> Headers::all(QByteArrayView name) const
{
    std::vector<QByteArray> values;
    for (const Header &line : lines) {
        if (sameName(line.name, name))
            values.push_back(line.value);
    }
    return values;
}

QByteArray Headers::joined(QByteArrayView name) const
{
    QByteArray list;
    for (const QByteArray &value : all(name)) {
        if (!list.isEmpty())
            list += ", ";
        list += value;
    }
    return list;
}

bool Headers::hasToken(QByteArrayView name, QByteArrayView token) const
{
    bool found = false;
    for (const QByteArray &value : all(name))
        eachItem(value, [&](QByteArrayView item) { found = found || sameName(item, token); });
    return found;
}

bool RequestHead::keepAlive() const
{
    return minorVersion == 1 ? !headers.hasToken("Connection", "close") : headers.hasToken("Connection", "keep-alive");
}

bool RequestHead::expectsContinue() const
{
    return minorVersion == 1 && headers.hasToken("Expect", "100-continue");
}

bool RequestHead::wantsWebSocket() const
{
    return headers.hasToken("Upgrade", "websocket");
}

std::variant<HeadIncomplete, ParsedHead, HeadError> parseHead(QByteArrayView bytes, const HeadLimits &limits)
{
    const QByteArrayView all = bytes.first(std::min(bytes.size(), limits.bytes));
    qsizetype at = 0;
    while (all.sliced(at).startsWith("\r\n")) // RFC 7230 3.5: empty lines before the start line are ignored
        at += 2;
    ParsedHead parsed;
    bool started = false;
    while (true) {
        const QByteArrayView rest = all.sliced(at);
        const qsizetype feed = rest.indexOf('\n');
        const QByteArrayView seen = feed < 0 ? rest : rest.first(feed);
        if (seen.contains('\0') || (feed >= 0 && !seen.endsWith('\r')))
            return HeadError::Malformed; // a bare LF ends a line for some readers and not for others
        if (seen.size() > limits.line)
            return HeadError::TooLarge;
        if (feed < 0) {
            if (bytes.size() >= limits.bytes)
                return HeadError::TooLarge;
            return HeadIncomplete{};
        }
        const QByteArrayView line = seen.chopped(1);
        at += feed + 1;
        if (line.isEmpty())
            break;
        if (started && static_cast<int>(parsed.head.headers.lines.size()) >= limits.lines)
            return HeadError::TooLarge;
        if (const auto error = started ? readHeaderLine(line, parsed.head) : readStartLine(line, parsed.head))
            return *error;
        started = true;
    }
    if (const auto error = readFraming(parsed.head))
        return *error;
    parsed.consumed = at;
    return parsed;
}

} // namespace flowgate::net
