// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/searchfield.h"

#include "ui/widgets/icons.h"

#include <QLineEdit>

namespace flowgate::ui {

void makeSearch(QLineEdit &field, const QString &what)
{
    field.setPlaceholderText(what);
    field.setAccessibleName(what);
    field.setClearButtonEnabled(true);
    field.addAction(lineIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
}

} // namespace flowgate::ui
