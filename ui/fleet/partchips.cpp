// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/partchips.h"

#include "ui/common/statusshape.h"
#include "ui/common/theme.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/look.h"

#include <QButtonGroup>
#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <QPushButton>

namespace flowgate::ui {

using common::Tone;
using models::FleetPart;

namespace {

QString words(FleetPart part, const QString &count)
{
    switch (part) {
    case FleetPart::All:
        return PartChips::tr("%1 all").arg(count);
    case FleetPart::Connected:
        return PartChips::tr("%1 connected").arg(count);
    case FleetPart::Away:
        return PartChips::tr("%1 not connected").arg(count);
    case FleetPart::Unhealthy:
        return PartChips::tr("%1 unhealthy").arg(count);
    case FleetPart::ConfigFailed:
        return PartChips::tr("%1 config failed").arg(count);
    case FleetPart::Drifted:
        return PartChips::tr("%1 drifted").arg(count);
    case FleetPart::UnderWay:
        return PartChips::tr("%1 under way").arg(count);
    case FleetPart::ToApprove:
        return PartChips::tr("%1 to approve").arg(count);
    case FleetPart::NeedsAttention:
        return PartChips::tr("%1 need attention").arg(count);
    case FleetPart::Count:
        break;
    }
    return {};
}

Tone toneOf(FleetPart part)
{
    switch (part) {
    case FleetPart::Connected:
        return Tone::Good;
    case FleetPart::Unhealthy:
    case FleetPart::ConfigFailed:
        return Tone::Bad;
    case FleetPart::Drifted:
    case FleetPart::ToApprove:
    case FleetPart::NeedsAttention:
        return Tone::Attention;
    case FleetPart::UnderWay:
        return Tone::UnderWay;
    default:
        return Tone::Unknown;
    }
}

/// A shape with room between it and the word, which a style sheet cannot give.
QPixmap chipShape(const QWidget &chips, Tone tone)
{
    const QPixmap shape =
        common::shapePixmap(tone, common::themeOf(chips.palette()).colour(tone), chips.devicePixelRatioF());
    const QSize size(common::shapeSize + common::space::tiny, common::shapeSize);
    QPixmap icon(size * chips.devicePixelRatioF());
    icon.setDevicePixelRatio(chips.devicePixelRatioF());
    icon.fill(Qt::transparent);
    QPainter(&icon).drawPixmap(chips.isRightToLeft() ? common::space::tiny : 0, 0, shape);
    return icon;
}

} // namespace

PartChips::PartChips(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new FlowLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(common::space::small);
    auto *group = new QButtonGroup(this);
    for (size_t i = 0; i < partCount; ++i) {
        auto *chip = new QPushButton(this);
        setLook(chip, Look::Chip);
        chip->setCheckable(true);
        chip->setIconSize(QSize(common::shapeSize + common::space::tiny, common::shapeSize));
        group->addButton(chip, static_cast<int>(i));
        layout->addWidget(chip);
        m_chips[i] = chip;
    }
    dress();
    choose(FleetPart::All);
    connect(group, &QButtonGroup::idClicked, this, [this](int id) { Q_EMIT chosen(static_cast<FleetPart>(id)); });
}

void PartChips::count(const models::GatewayModel &fleet)
{
    std::array<int, partCount> counts{};
    for (const models::GatewayRow &row : fleet.rows()) {
        for (size_t i = 0; i < partCount; ++i)
            counts[i] += models::isIn(static_cast<FleetPart>(i), *row.gateway) ? 1 : 0;
    }
    for (size_t i = 0; i < partCount; ++i) {
        const auto part = static_cast<FleetPart>(i);
        QPushButton *chip = m_chips[i];
        chip->setText(words(part, QLocale().toString(counts[i])));
        // Who needs attention is in the others too: the tray leads to all of them at once.
        const bool any = counts[i] > 0 && part != FleetPart::NeedsAttention;
        chip->setVisible(part == FleetPart::All || part == FleetPart::Connected || any || chip->isChecked());
    }
}

void PartChips::dress()
{
    for (size_t i = 0; i < partCount; ++i) {
        const auto part = static_cast<FleetPart>(i);
        if (part != FleetPart::All)
            m_chips[i]->setIcon(chipShape(*this, toneOf(part)));
    }
}

void PartChips::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        dress();
}

void PartChips::choose(FleetPart part)
{
    m_chips[static_cast<size_t>(part)]->setChecked(true);
}

} // namespace flowgate::ui
