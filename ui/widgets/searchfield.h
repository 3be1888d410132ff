// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QLineEdit;

namespace flowgate::ui {

/// Makes @p field one to search with: its icon, a button that clears it, and @p what as its name and in it while empty.
void makeSearch(QLineEdit &field, const QString &what);

} // namespace flowgate::ui
