// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelines/rangebar.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/common/timeaxis.h"
#include "ui/timelines/timewindow.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>

namespace flowgate::ui {

using namespace std::chrono_literals;

namespace {

constexpr double step = 0.5;
constexpr double factor = 2;
constexpr int roomForText = 470; // width of the bar, at a text of 100 %

} // namespace

RangeBar::RangeBar(TimeWindow &window, QWidget *parent)
    : QWidget(parent)
    , m_window(window)
    , m_range(new QComboBox(this))
    , m_text(new PlainLabel(this, TextKind::Quiet))
{
    const auto add = [this](const QString &text, domain::milliseconds length) {
        m_range->addItem(text, qint64(length.count()));
    };
    add(tr("Last 15 minutes"), 15min);
    add(tr("Last hour"), 1h);
    add(tr("Last 6 hours"), 6h);
    add(tr("Last 24 hours"), 24h);
    add(tr("Last 7 days"), 7 * 24h);
    add(tr("Last 30 days"), 30 * 24h);
    m_range->setAccessibleName(tr("Stretch of time"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(common::space::tiny);
    layout->addWidget(m_range);
    connect(addStep(QStringLiteral("earlier"), tr("Earlier")), &QPushButton::clicked, this,
            [this] { m_window.pan(-step); });
    connect(addStep(QStringLiteral("later"), tr("Later")), &QPushButton::clicked, this,
            [this] { m_window.pan(step); });
    connect(addStep(QStringLiteral("shorter"), tr("A shorter stretch of time")), &QPushButton::clicked, this,
            [this] { m_window.zoom(1 / factor); });
    connect(addStep(QStringLiteral("longer"), tr("A longer stretch of time")), &QPushButton::clicked, this,
            [this] { m_window.zoom(factor); });
    m_now = new QPushButton(tr("Now"), this);
    m_now->setToolTip(tr("Go on with the clock"));
    connect(m_now, &QPushButton::clicked, this, [this] { m_window.goLive(); });
    layout->addWidget(m_now);
    layout->addWidget(m_text);
    layout->addStretch(1);
    connect(m_range, &QComboBox::activated, this, &RangeBar::choose);
    connect(&m_window, &TimeWindow::changed, this, &RangeBar::follow);
    follow();
}

QPushButton *RangeBar::addStep(const QString &icon, const QString &name)
{
    auto *button = new QPushButton(lineIcon(icon), QString(), this);
    setLook(button, Look::Flat);
    button->setToolTip(name);
    button->setAccessibleName(name);
    layout()->addWidget(button);
    return button;
}

void RangeBar::choose()
{
    if (const QVariant length = m_range->currentData(); length.isValid())
        m_window.showLast(domain::milliseconds(length.toLongLong()));
}

/// What was moved by hand is none of the choices, and is named as it is.
void RangeBar::follow()
{
    const QSignalBlocker quiet(m_range);
    const int own = m_range->findData(QVariant());
    const int known = m_window.isLive() ? m_range->findData(qint64(m_window.length().count())) : -1;
    if (known >= 0) {
        m_range->setCurrentIndex(known);
        if (own >= 0)
            m_range->removeItem(own);
    } else {
        if (own < 0)
            m_range->addItem(tr("By hand"));
        m_range->setCurrentIndex(m_range->count() - 1);
    }
    m_now->setEnabled(!m_window.isLive());
    const QString text =
        m_window.isLive() ? QString() : common::stretchText(m_window.from(), m_window.to(), m_window.clock().now());
    m_text->setText(text);
    m_range->setToolTip(text);
}

void RangeBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_text->setVisible(width() >= common::scaled(roomForText, font()));
}

} // namespace flowgate::ui
