// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/problem.h"

#include <QByteArray>
#include <QByteArrayView>

namespace flowgate::collector {

/// The byte order mark in UTF-8.
inline constexpr QByteArrayView utf8Mark{"\xef\xbb\xbf"};

/// A text as the parser may have it.
struct YamlText
{
    QByteArray utf8; ///< without a byte order mark; empty if there are problems
    Problems problems;
    bool wasUtf16 = false; ///< it had the byte order mark of UTF-16
};

/// Looks at the bytes before the parser does: bytes that are no UTF-8 and control characters are all named with their
/// places, at most @p mostProblems of them. A byte order mark at the beginning is skipped, and UTF-16 with one becomes
/// UTF-8, as yaml.v3 does it: columns count from behind the mark.
[[nodiscard]] YamlText checkYamlBytes(const QByteArray &bytes, int mostProblems);

/// Lines (from 1) that begin with a tab among their blanks, from @p firstLine on, at most @p most.
[[nodiscard]] std::vector<int> tabIndentedLines(const QByteArray &text, int firstLine, int most);

} // namespace flowgate::collector
