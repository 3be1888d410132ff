// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawbytes.h"

#include <algorithm>

namespace flowgate::tests {

QByteArray frame(Op op, QByteArrayView payload, FrameOptions options)
{
    QByteArray bytes;
    bytes.append(static_cast<char>((options.fin ? 0x80 : 0) | (options.reserved << 4) | static_cast<int>(op)));
    const int mask = options.masked ? 0x80 : 0;
    const auto size = static_cast<quint64>(payload.size());
    const auto appendNumber = [&bytes, size](int width) {
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
            bytes.append(static_cast<char>((size >> shift) & 0xff));
    };
    if (size < 126) {
        bytes.append(static_cast<char>(mask | static_cast<int>(size)));
    } else if (size <= 0xffff) {
        bytes.append(static_cast<char>(mask | 126));
        appendNumber(2);
    } else {
        bytes.append(static_cast<char>(mask | 127));
        appendNumber(8);
    }
    if (!options.masked)
        return bytes.append(payload.data(), payload.size());
    const QByteArray key = QByteArray::fromHex("3a5c71e2");
    bytes += key;
    const qsizetype start = bytes.size();
    bytes.append(payload.data(), payload.size());
    char *data = bytes.data() + start;
    for (qsizetype i = 0; i < payload.size(); ++i)
        data[i] = static_cast<char>(data[i] ^ key[i % 4]);
    return bytes;
}

QByteArray fragmented(QByteArrayView message, qsizetype size, const QByteArray &between)
{
    QByteArray bytes;
    for (qsizetype at = 0; at < message.size(); at += size) {
        const QByteArrayView piece = message.sliced(at, std::min(size, message.size() - at));
        bytes += frame(at == 0 ? Op::Binary : Op::Continuation, piece, {.fin = at + size >= message.size()});
        if (at == 0)
            bytes += between;
    }
    return bytes;
}

QByteArray closePayload(quint16 code, const QByteArray &reason)
{
    QByteArray payload;
    payload.append(static_cast<char>(code >> 8)).append(static_cast<char>(code & 0xff));
    return payload + reason;
}

QByteArray chunked(QByteArrayView body, const std::vector<qsizetype> &sizes, const QByteArray &extension)
{
    QByteArray bytes;
    std::size_t next = 0;
    while (!body.isEmpty()) {
        const qsizetype size = std::min(sizes[std::min(next++, sizes.size() - 1)], body.size());
        bytes += QByteArray::number(size, 16) + extension + "\r\n" + body.first(size).toByteArray() + "\r\n";
        body = body.sliced(size);
    }
    return bytes + "0\r\n\r\n";
}

QByteArray request(const QByteArray &startLine, const std::vector<QByteArray> &headers, const QByteArray &body)
{
    QByteArray bytes = startLine + "\r\nHost: 127.0.0.1\r\n";
    for (const QByteArray &header : headers)
        bytes += header + "\r\n";
    return bytes + "\r\n" + body;
}

QByteArray post(const QByteArray &path, const QByteArray &body, const std::vector<QByteArray> &headers)
{
    std::vector<QByteArray> all{"Content-Type: application/x-protobuf",
                                "Content-Length: " + QByteArray::number(body.size())};
    all.insert(all.end(), headers.begin(), headers.end());
    return request("POST " + path + " HTTP/1.1", all, body);
}

QByteArray upgrade(const QByteArray &path, const std::vector<QByteArray> &headers)
{
    std::vector<QByteArray> all{"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="};
    all.insert(all.end(), headers.begin(), headers.end());
    return request("GET " + path + " HTTP/1.1", all);
}

} // namespace flowgate::tests
