// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/statuspart.h"

#include "ui/common/metrics.h"
#include "ui/common/statusshape.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QStyle>

namespace flowgate::ui {

namespace {
constexpr int side = common::space::small;
constexpr int gap = 6;
} // namespace

StatusPart::StatusPart(QWidget *parent)
    : PlainLabel(parent, TextKind::Quiet)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    auto *copy = new QAction(tr("Copy"), this);
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    addAction(copy);
}

void StatusPart::show(const QString &text, std::optional<common::Tone> tone, const QString &more)
{
    m_tone = tone;
    setText(text);
    setAccessibleName(text);
    setToolTip(common::toolTip(more.isEmpty() ? text : text + u'\n' + more));
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

int StatusPart::shapeRoom() const
{
    return m_tone ? common::scaled(common::shapeSize, font()) + gap : 0;
}

QSize StatusPart::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return {2 * side + shapeRoom() + metrics.horizontalAdvance(text()) + 1, metrics.height() + common::space::small};
}

QSize StatusPart::minimumSizeHint() const
{
    if (m_keepsRoom)
        return sizeHint();
    const int some = fontMetrics().horizontalAdvance(QStringLiteral("mmmmm\u2026"));
    return {std::min(2 * side + shapeRoom() + some, sizeHint().width()), sizeHint().height()};
}

void StatusPart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setLayoutDirection(text().isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    const common::Theme &theme = common::themeOf(palette());
    const auto mirrored = [this](const QRect &box) { return QStyle::visualRect(layoutDirection(), rect(), box); };
    QRect box = rect().adjusted(side, 0, -side, 0);
    if (m_tone) {
        const int size = common::scaled(common::shapeSize, font());
        const QRect shape(box.left(), box.center().y() - size / 2 + 1, size, size);
        common::paintShape(painter, mirrored(shape), *m_tone, theme.colour(*m_tone));
        box.setLeft(box.left() + shapeRoom());
    }
    const bool isBad = m_tone == common::Tone::Bad;
    painter.setPen(isBad ? theme.bad : theme.quiet);
    painter.drawText(mirrored(box),
                     int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft) | Qt::AlignAbsolute) |
                         Qt::AlignVCenter,
                     fontMetrics().elidedText(text(), Qt::ElideRight, box.width()));
}

} // namespace flowgate::ui
