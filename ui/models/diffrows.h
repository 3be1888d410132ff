// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/textdiff.h"

#include <QMap>
#include <QSet>
#include <QStringList>

namespace flowgate::models {

/// A line of two texts beside each other.
struct DiffRow
{
    /// ByDesign: only one side has it, or they are spelled differently, and that is no difference (RC10).
    enum class Kind { Same, Removed, Added, Changed, ByDesign, Gap };

    Kind kind = Kind::Same;
    int oldLine = 0; ///< from 1; 0: there is none
    int newLine = 0;
    QString oldText;
    QString newText;
    int hidden = 0; ///< of a Gap: so many equal lines

    friend bool operator==(const DiffRow &, const DiffRow &) = default;
};

/// Lines that were replaced stand beside each other. @param whole  else runs of equal lines are gaps, but for three
/// around each change
/// @thread any; pure
[[nodiscard]] std::vector<DiffRow> sideBySide(const collector::TextDiff &diff, bool whole);
/// The same where the new text is what a gateway runs. @param byDesign  its lines that are there though nobody wrote
/// them
[[nodiscard]] std::vector<DiffRow> sideBySide(const collector::TextDiff &diff, bool whole, const QSet<int> &byDesign);
/// Values by path, whatever order and spelling they were written in. @thread any; pure
[[nodiscard]] std::vector<DiffRow> byStructure(const QMap<QString, QString> &before,
                                               const QMap<QString, QString> &after, bool whole);
/// The same where @p after is what a gateway runs. @param differences  paths, "a/b", of what is not as wanted: all
/// else that differs is by design
[[nodiscard]] std::vector<DiffRow> byStructure(const QMap<QString, QString> &before,
                                               const QMap<QString, QString> &after, bool whole,
                                               const QStringList &differences);

} // namespace flowgate::models
