// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QStyledItemDelegate>

#include <array>

namespace flowgate::ui {

/// A row of the palette: icon, title with the letters that fit in bold, quiet detail, shortcut. Grey where it cannot be
/// run now.
class CommandDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit CommandDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    std::array<QIcon, 4> m_icons; ///< by Command::Kind
};

} // namespace flowgate::ui
