// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace flowgate::endpoint {

/// A Base-128 varint as read.
struct Varint
{
    quint64 value = 0;
    qsizetype size = 0; ///< bytes it took, 1 to 10; a longer form than needed is legal

    friend bool operator==(const Varint &, const Varint &) = default;
};

/// Reads the varint at the start of @p bytes; nothing if it does not end, takes over 10 bytes or over 64 bits (T12).
/// @thread any
[[nodiscard]] std::optional<Varint> readVarint(QByteArrayView bytes);

/// The shortest form of @p value (T11).
/// @thread any
[[nodiscard]] QByteArray varintBytes(quint64 value);

} // namespace flowgate::endpoint
