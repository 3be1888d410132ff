// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/travel/momentbar.h"

#include "ui/common/metrics.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

namespace flowgate::ui {

using namespace std::chrono_literals;
using domain::WallTime;

namespace {

constexpr domain::milliseconds minute = 1min;
constexpr int hour = 60; // steps of the slider

WallTime toMinute(WallTime time)
{
    return time - time.time_since_epoch() % minute;
}

QDateTime local(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(common::toMs(time));
}

} // namespace

MomentBar::MomentBar(const domain::Clock &clock, QWidget *parent)
    : QFrame(parent)
    , m_clock(clock)
    , m_title(new PlainLabel(this, TextKind::Section))
    , m_note(new PlainLabel(this, TextKind::Quiet))
    , m_span(new QComboBox(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_time(new QDateTimeEdit(this))
{
    setObjectName(QStringLiteral("momentBar"));
    setLook(this, Look::AttentionCard);
    m_note->setWordWrap(true);
    m_span->addItem(tr("Last hour"), hour);
    m_span->addItem(tr("Last 24 hours"), 24 * hour);
    m_span->addItem(tr("Last 7 days"), 7 * 24 * hour);
    m_span->setAccessibleName(tr("How far back the slider goes"));
    m_slider->setAccessibleName(tr("Minute of the past"));
    m_slider->setSingleStep(1);
    m_slider->setPageStep(10);
    m_time->setAccessibleName(tr("Moment to look at"));
    m_time->setDisplayFormat(tr("yyyy-MM-dd HH:mm", "how a moment is written"));
    auto *back = new QPushButton(tr("Back to now"), this);

    auto *words = new QHBoxLayout;
    words->setSpacing(common::space::page);
    words->addWidget(m_title);
    words->addWidget(m_note, 1);
    words->addWidget(back);
    auto *tools = new QHBoxLayout;
    tools->setSpacing(common::space::small);
    m_previous = addStep(*tools, QStringLiteral("earlier"), tr("To the change before"), [this] {
        if (m_before)
            setMoment(*m_before);
    });
    m_next = addStep(*tools, QStringLiteral("later"), tr("To the change after"), [this] {
        // A change within a minute is seen at the end of it.
        if (m_after)
            setMoment(*m_after + minute);
    });
    tools->addWidget(m_slider, 1);
    tools->addWidget(m_time);
    tools->addWidget(m_span);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::page, common::space::small, common::space::page, common::space::small);
    layout->setSpacing(common::space::small);
    layout->addLayout(words);
    layout->addLayout(tools);

    connect(back, &QPushButton::clicked, this, &MomentBar::backRequested);
    connect(m_span, &QComboBox::currentIndexChanged, this, &MomentBar::spanSlider);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) { setMoment(m_sliderFrom + value * minute); });
    connect(m_time, &QDateTimeEdit::dateTimeChanged, this,
            [this](const QDateTime &time) { setMoment(common::fromMs(time.toMSecsSinceEpoch())); });
}

QPushButton *MomentBar::addStep(QLayout &layout, const QString &icon, const QString &name, std::function<void()> run)
{
    auto *button = new QPushButton(lineIcon(icon), QString(), this);
    setLook(button, Look::Flat);
    button->setToolTip(name);
    button->setAccessibleName(name);
    connect(button, &QPushButton::clicked, this, std::move(run));
    layout.addWidget(button);
    return button;
}

WallTime MomentBar::lastMinute() const
{
    return toMinute(m_clock.now());
}

void MomentBar::start()
{
    m_moment = lastMinute();
    spanSlider();
    follow();
    Q_EMIT momentChanged();
}

/// The slider goes back from now; a moment before it is shown at its beginning.
void MomentBar::spanSlider()
{
    const QSignalBlocker quiet(m_slider);
    const int steps = m_span->currentData().toInt();
    m_sliderFrom = lastMinute() - steps * minute;
    m_slider->setRange(0, steps);
    follow();
}

void MomentBar::setMoment(WallTime moment)
{
    moment = std::min(toMinute(moment), lastMinute());
    if (moment == m_moment)
        return follow(); // what was typed or pulled too far goes back
    m_moment = moment;
    // Further back than the slider goes: it is made to go there, as far as it can.
    while (m_moment < m_sliderFrom && m_span->currentIndex() + 1 < m_span->count())
        m_span->setCurrentIndex(m_span->currentIndex() + 1);
    follow();
    Q_EMIT momentChanged();
}

void MomentBar::follow()
{
    const QSignalBlocker quietSlider(m_slider);
    const QSignalBlocker quietTime(m_time);
    m_slider->setValue(static_cast<int>((m_moment - m_sliderFrom) / minute));
    m_time->setDateTime(local(m_moment));
    const QDateTime at = local(m_moment);
    m_title->setText(at.date() == local(m_clock.now()).date()
                         ? tr("The fleet at %1").arg(QLocale().toString(at.time(), QStringLiteral("HH:mm")))
                         : tr("The fleet on %1 at %2")
                               .arg(QLocale().toString(at.date(), QLocale::ShortFormat),
                                    QLocale().toString(at.time(), QStringLiteral("HH:mm"))));
}

void MomentBar::setChanges(std::optional<WallTime> before, std::optional<WallTime> after)
{
    m_before = before;
    m_after = after;
    m_previous->setEnabled(before.has_value());
    m_previous->setToolTip(before ? tr("To the change before, at %1").arg(common::exactTime(*before))
                                  : tr("Nothing is known to have changed before."));
    m_next->setEnabled(after.has_value());
    m_next->setToolTip(after ? tr("To the change after, at %1").arg(common::exactTime(*after))
                             : tr("Nothing has changed since."));
}

void MomentBar::setNote(const QString &note)
{
    m_note->setText(note);
}

} // namespace flowgate::ui
