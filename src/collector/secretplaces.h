// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <vector>

namespace flowgate::collector {

/// Bytes of a text, from begin to before end.
struct TextPlace
{
    qsizetype begin = 0;
    qsizetype end = 0;

    friend bool operator==(const TextPlace &, const TextPlace &) = default;
};

/// Where values under keys that name a secret are written.
struct SecretPlaces
{
    std::vector<TextPlace> places; ///< in the order of the text
    /// What they say, with quotes and escapes undone. Not for an alias: what it stands for has a place as well. Not
    /// for a boolean, nor for the name in {name: Authorization, value: x}, which are no secrets.
    std::vector<QByteArray> values{};
    bool complete = false; ///< false: there is a mistake in the text, and nothing is known of what follows it
};

/// Looks at what is written, not at what it comes to: also at values that a stronger key of the same name hides, at
/// documents behind the first, and at the anchor that an alias under such a key stands for.
/// @param utf8  without mistakes of encoding, see checkYamlBytes()
/// @thread any; pure
[[nodiscard]] SecretPlaces secretPlaces(const QByteArray &utf8);

} // namespace flowgate::collector
