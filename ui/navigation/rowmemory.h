// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVariant>

class QTableView;

namespace flowgate::ui {

/// The chosen row of a table and how far it is scrolled, over a restart: rows come later than the window, and a row is
/// what its IdRole says. What the operator does in the meantime wins.
class RowMemory final : public QObject
{
    Q_OBJECT
public:
    explicit RowMemory(QTableView &table, QObject *parent = nullptr);

    /// Id of the current row and the scroll bar's value; what waits to be recalled stays as it is.
    [[nodiscard]] QVariant state() const;
    /// @param state  as state() gave it; anything else is passed over
    void recall(const QVariant &state);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void recallNow();

    QTableView &m_table;
    QVariant m_id;        ///< that is waited for; invalid: none
    int m_scroll = -1;    ///< that is waited for; below 0: none
    bool m_shown = false; ///< and has scrolled to what it likes
};

} // namespace flowgate::ui
