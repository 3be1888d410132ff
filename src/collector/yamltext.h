// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/problem.h"

#include <QByteArray>

namespace flowgate::collector {

/// A text as the parser may have it.
struct YamlText
{
    QByteArray utf8; ///< empty if there are problems
    Problems problems;
};

/// Looks at the bytes before the parser does: bytes that are no UTF-8 and control characters are all named with their
/// places, at most @p mostProblems of them. UTF-16 with a byte order mark becomes UTF-8, as YAML allows it.
[[nodiscard]] YamlText checkYamlBytes(const QByteArray &bytes, int mostProblems);

/// Lines (from 1) that begin with a tab among their blanks, from @p firstLine on, at most @p most.
[[nodiscard]] std::vector<int> tabIndentedLines(const QByteArray &text, int firstLine, int most);

} // namespace flowgate::collector
