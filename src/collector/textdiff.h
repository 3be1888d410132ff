// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace flowgate::collector {

struct DiffLine
{
    enum class Kind { Same, Removed, Added };

    Kind kind = Kind::Same;
    int oldLine = 0; ///< from 1; 0 for an added one
    int newLine = 0; ///< from 1; 0 for a removed one
    QByteArray text; ///< without its "\n"

    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};

struct TextDiff
{
    std::vector<DiffLine> lines; ///< both texts in whole
    int added = 0;
    int removed = 0;
    /// The texts are too different for the shortest way: what lies between their equal beginnings and
    /// ends is shown as replaced.
    bool coarse = false;

    [[nodiscard]] bool isEmpty() const { return added == 0 && removed == 0; }
};

/// What makes two texts differ although every line reads the same.
enum class InvisibleDifference {
    None, ///< the texts are equal, or a line of them differs
    LineEnds,
    ByteOrderMark, ///< one begins with it
    Both,
};
[[nodiscard]] InvisibleDifference invisibleDifference(const QByteArray &a, const QByteArray &b);

/// Compares by lines. Lines that differ only in their line end differ.
/// @param maxEdits lines added plus removed, beyond which the diff is coarse; costs up to 4 * maxEdits^2 bytes
/// @thread any; bounded: of more than 200,000 lines the rest counts as one, and beyond 40 million comparisons of lines
/// the diff is coarse too
[[nodiscard]] TextDiff diffLines(const QByteArray &oldText, const QByteArray &newText, int maxEdits = 2000);

/// Unified format as diff -u writes it, with @p context lines around each change; empty for equal texts.
[[nodiscard]] QByteArray unifiedDiff(const QByteArray &oldText, const QByteArray &newText, const QString &oldName,
                                     const QString &newName, int context = 3, int maxEdits = 2000);

} // namespace flowgate::collector
