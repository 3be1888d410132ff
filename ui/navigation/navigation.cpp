// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/navigation.h"

#include "ui/common/theme.h"
#include "ui/widgets/icons.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace flowgate::ui {

namespace {

constexpr int CountRole = Qt::UserRole;

class CountDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QVariant count = index.data(CountRole);
        if (!count.isValid())
            return;
        painter->save();
        painter->setPen(common::themeOf(option.palette).quiet);
        painter->drawText(option.rect.adjusted(0, 0, -common::space::page, 0), Qt::AlignRight | Qt::AlignVCenter,
                          count.toString());
        painter->restore();
    }
};

} // namespace

Navigation::Navigation(QWidget *parent)
    : QListWidget(parent)
{
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Pages"));
    setFixedWidth(168);
    setIconSize(QSize(16, 16));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new CountDelegate(this));
}

void Navigation::addPage(const QString &icon, const QString &name)
{
    auto *item = new QListWidgetItem(lineIcon(icon), name, this);
    item->setSizeHint(QSize(0, common::space::row + common::space::tiny));
}

void Navigation::setCount(int page, int count)
{
    if (QListWidgetItem *entry = item(page)) {
        entry->setData(CountRole, count < 0 ? QVariant() : QVariant(count));
        const QString name = entry->text();
        entry->setData(Qt::AccessibleTextRole, count < 0 ? name : tr("%1, %2").arg(name).arg(count));
    }
}

} // namespace flowgate::ui
