// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace flowgate::endpoint {

inline constexpr qsizetype ulidTextSize = 26;

/// The 16 bytes that a ULID of 26 Crockford base32 characters spells, any case; nothing for other lengths, other
/// characters (I, L, O and U are none) or more than 128 bits.
/// @source rule X3; the ULID specification
[[nodiscard]] std::optional<QByteArray> fromUlid(QByteArrayView text);
/// The 26 upper-case characters for 16 bytes; empty for another length.
[[nodiscard]] QByteArray toUlid(QByteArrayView bytes);

} // namespace flowgate::endpoint
