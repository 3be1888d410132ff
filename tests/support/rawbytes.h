// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace flowgate::tests {

/// Opcodes of RFC 6455.
enum class Op : unsigned char { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

struct FrameOptions
{
    bool fin = true;
    bool masked = true;
    int reserved = 0; ///< the three RSV bits
};

/// One WebSocket frame.
[[nodiscard]] QByteArray frame(Op op, QByteArrayView payload, FrameOptions options = {});
/// A message cut into frames of @p size bytes; @p between goes in behind the first one.
[[nodiscard]] QByteArray fragmented(QByteArrayView message, qsizetype size, const QByteArray &between = {});
/// The payload of a Close frame.
[[nodiscard]] QByteArray closePayload(quint16 code, const QByteArray &reason = {});

/// @p body as chunks of the given sizes, the last one repeated; each chunk header gets @p extension (e.g. ";a=b").
[[nodiscard]] QByteArray chunked(QByteArrayView body, const std::vector<qsizetype> &sizes,
                                 const QByteArray &extension = {});

/// A request: start line and headers as given, Host added, no Content-Length added.
[[nodiscard]] QByteArray request(const QByteArray &startLine, const std::vector<QByteArray> &headers = {},
                                 const QByteArray &body = {});
/// A POST of protobuf with a Content-Length.
[[nodiscard]] QByteArray post(const QByteArray &path, const QByteArray &body,
                              const std::vector<QByteArray> &headers = {});
/// A well-formed WebSocket upgrade.
[[nodiscard]] QByteArray upgrade(const QByteArray &path, const std::vector<QByteArray> &headers = {});

} // namespace flowgate::tests
