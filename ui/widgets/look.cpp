// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/look.h"

#include <QStyle>
#include <QVariant>
#include <QWidget>

namespace flowgate::ui {

namespace {

QString nameOf(Look look)
{
    switch (look) {
    case Look::Normal:
        break;
    case Look::Primary:
        return QStringLiteral("primary");
    case Look::Danger:
        return QStringLiteral("danger");
    case Look::Chip:
        return QStringLiteral("chip");
    case Look::Flat:
        return QStringLiteral("flat");
    case Look::PlainCard:
        return QStringLiteral("plainCard");
    case Look::InfoCard:
        return QStringLiteral("infoCard");
    case Look::BadCard:
        return QStringLiteral("badCard");
    case Look::AttentionCard:
        return QStringLiteral("attentionCard");
    case Look::Quiet:
        return QStringLiteral("quiet");
    case Look::Section:
        return QStringLiteral("section");
    case Look::Heading:
        return QStringLiteral("heading");
    case Look::Bad:
        return QStringLiteral("bad");
    case Look::Tag:
        return QStringLiteral("tag");
    case Look::Invalid:
        return QStringLiteral("invalid");
    }
    return {};
}

} // namespace

void setLook(QWidget *widget, Look look)
{
    const QString name = nameOf(look);
    if (widget->property("look").toString() == name)
        return;
    widget->setProperty("look", name);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace flowgate::ui
