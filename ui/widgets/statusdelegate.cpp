// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/statusdelegate.h"

#include "ui/common/relativetime.h"
#include "ui/common/statusshape.h"
#include "ui/common/theme.h"
#include "ui/models/roles.h"

#include <QDateTime>
#include <QFontDatabase>
#include <QWidget>

namespace flowgate::ui {

void StatusDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (index.data(models::MonoRole).toBool())
        option->font.setFamily(QFontDatabase::systemFont(QFontDatabase::FixedFont).family());
    if (const QVariant time = index.data(models::TimeRole); time.isValid() && time.toLongLong() > 0)
        option->text = common::age(common::fromMs(time.toLongLong()), common::fromMs(QDateTime::currentMSecsSinceEpoch()));
    if (const QString quiet = index.data(models::QuietRole).toString(); !quiet.isEmpty())
        option->text += QStringLiteral("  ") + quiet;
    const QVariant tone = index.data(models::ToneRole);
    if (!tone.isValid())
        return;
    const auto value = static_cast<common::Tone>(tone.toInt());
    const common::Theme &theme = common::themeOf(option->palette);
    const qreal ratio = option->widget ? option->widget->devicePixelRatioF() : 1.0;
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->icon = QIcon(common::shapePixmap(value, theme.colour(value), ratio));
    option->decorationSize = QSize(common::shapeSize, common::shapeSize);
}

} // namespace flowgate::ui
