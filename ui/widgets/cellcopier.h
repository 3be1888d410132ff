// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAbstractItemView;

namespace flowgate::ui {

/// What Copy takes from a list or table: the chosen cells that are shown, rows as lines, with tabs between them. Qt
/// would take the text of one cell as it is, which a spreadsheet may run as a formula: texts come from gateways.
[[nodiscard]] QString copiedText(const QAbstractItemView &view);

/// Does that for every list and table of the program.
/// @thread gui
class CellCopier final : public QObject
{
    Q_OBJECT
public:
    explicit CellCopier(QObject *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace flowgate::ui
