// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace flowgate::ui {

/// Gives @p column the room that the others leave, as a stretched section has it, but never less than @p least (for
/// text of 10 points): where all do not fit, such as with large text, the table scrolls sideways instead.
/// Call it before columns are hidden: a header that stretches its last section, as ours do before this, gives up the
/// width of a hidden section later, and not at all once it stretches none.
void fillWith(QTableView *table, int column, int least);

} // namespace flowgate::ui
