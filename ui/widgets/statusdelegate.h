// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "ui/common/theme.h"

#include <QStyledItemDelegate>

namespace flowgate::ui {

/// Draws the cells of our models: a state as shape + word + quiet text, a moment as its age, code in the monospace
/// font, a thin line under each row of a table.
class StatusDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    /// @param clock  outlives the delegate
    explicit StatusDelegate(const domain::Clock &clock, QObject *parent = nullptr);

    /// @param rowHeight   of a row, in device-independent pixels
    /// @param exactTimes  a moment as its time of day instead of its age
    void setLook(int rowHeight, bool exactTimes);
    /// Rows of two lines: what a model gives as BelowRole stands under the text.
    void setTwoLines(bool two);
    [[nodiscard]] bool hasTwoLines() const { return m_twoLines; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    const domain::Clock &m_clock;
    QString m_monoFamily;
    int m_rowHeight = common::space::row;
    bool m_exactTimes = false;
    bool m_twoLines = false;
};

} // namespace flowgate::ui
