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
    QByteArray text; ///< without its line end

    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};

struct TextDiff
{
    std::vector<DiffLine> lines; ///< both texts in whole
    int added = 0;
    int removed = 0;
    /// The texts are too large or too different for the shortest way: what lies between their equal beginnings and
    /// ends is shown as replaced.
    bool coarse = false;

    [[nodiscard]] bool isEmpty() const { return added == 0 && removed == 0; }
};

/// Compares by lines; "\r\n" and a missing line end at the end make a difference that shows in unifiedDiff alone.
/// @thread any; bounded: beyond @p maxLines differing lines it is coarse
[[nodiscard]] TextDiff diffLines(const QByteArray &oldText, const QByteArray &newText, int maxLines = 5000);

/// Unified format as diff -u writes it, with @p context lines around each change; empty for equal texts.
[[nodiscard]] QByteArray unifiedDiff(const QByteArray &oldText, const QByteArray &newText, const QString &oldName,
                                     const QString &newName, int context = 3, int maxLines = 5000);

} // namespace flowgate::collector
