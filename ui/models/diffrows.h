// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/textdiff.h"

#include <QMap>
#include <QString>

namespace flowgate::models {

/// A line of two texts beside each other.
struct DiffRow
{
    enum class Kind { Same, Removed, Added, Changed, Gap };

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
/// Values by path, whatever order and spelling they were written in. @thread any; pure
[[nodiscard]] std::vector<DiffRow> byStructure(const QMap<QString, QString> &before,
                                               const QMap<QString, QString> &after, bool whole);

} // namespace flowgate::models
