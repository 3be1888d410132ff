// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/travel/pastview.h"

#include "ui/common/errortext.h"
#include "ui/common/metrics.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/fleet/filterfield.h"
#include "ui/fleet/partchips.h"
#include "ui/models/pastfleet.h"
#include "ui/travel/momentbar.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/fillcolumn.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/wrapbar.h"
#include "ui/workspace.h"

#include <QHeaderView>
#include <QLocale>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace flowgate::ui {

using models::GatewayColumn;

namespace {

/// Since when and why, where that is known.
template<typename State>
QString factText(domain::SpanKind kind, const domain::Standing<State> &standing)
{
    QString text = QStringLiteral("%1: %2").arg(common::kindWord(kind), common::stateWord(standing.state).word);
    if (standing.since != domain::WallTime{})
        text = PastView::tr("%1, since %2", "a state, a moment").arg(text, common::exactTime(standing.since));
    return standing.why.isEmpty() ? text : text + QStringLiteral(" \u00b7 ") + common::oneLine(standing.why, 300);
}

} // namespace

PastView::PastView(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_shown(m_then)
    , m_bar(new MomentBar(workspace.clock(), this))
    , m_filter(new FilterField(m_then, this))
    , m_chips(new PartChips(this))
    , m_count(new PlainLabel(this, TextKind::Quiet))
    , m_trouble(new PlainLabel(this, TextKind::Bad))
    , m_chosen(new PlainLabel(this, TextKind::Quiet))
    , m_stack(new QStackedWidget(this))
    , m_table(makeTable(&m_shown, tr("Gateways at that moment"), workspace, this))
    , m_empty(new EmptyState(this))
{
    makeSearch(*m_filter, tr("Filter the gateways"));
    m_table->setObjectName(QStringLiteral("pastTable"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(static_cast<int>(GatewayColumn::Name), Qt::AscendingOrder);
    setWidths(m_table, {170, 130, 150, 150});
    fillWith(m_table, static_cast<int>(GatewayColumn::Labels), 80);
    // Of these only today is known.
    for (const GatewayColumn column : {GatewayColumn::Wanted, GatewayColumn::Version, GatewayColumn::LastSeen})
        m_table->setColumnHidden(static_cast<int>(column), true);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    m_chosen->setWordWrap(true);
    m_chosen->setContentsMargins(common::space::page, common::space::small, common::space::page, common::space::small);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto *tools = new QVBoxLayout;
    tools->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::small);
    tools->setSpacing(common::space::small);
    tools->addWidget(m_bar);
    tools->addWidget(new WrapBar(m_filter, {m_count}, 240, this));
    tools->addWidget(m_chips);
    tools->addWidget(m_trouble);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(tools);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_chosen);

    m_askSoon.setSingleShot(true);
    m_askSoon.setInterval(60);
    connect(&m_askSoon, &QTimer::timeout, this, &PastView::ask);
    m_late.setSingleShot(true);
    m_late.setInterval(250);
    connect(&m_late, &QTimer::timeout, this, &PastView::tellLate);
    connect(m_bar, &MomentBar::momentChanged, this, [this] {
        if (!m_askSoon.isActive())
            m_askSoon.start();
    });
    connect(m_bar, &MomentBar::backRequested, this, &PastView::backRequested);
    connect(m_filter, &QLineEdit::textChanged, this, [this] {
        const auto wrong = m_shown.setFilter(m_filter->text());
        m_trouble->setText(wrong ? common::text(*wrong) : QString());
        m_trouble->setVisible(wrong.has_value());
        count();
    });
    connect(m_chips, &PartChips::chosen, this, [this](models::FleetPart part) {
        m_chips->choose(part);
        m_shown.setPart(part);
        count();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PastView::tellChosen);
    addPageKey(*this, tr("Back to now"), QKeySequence(Qt::Key_Escape), [this] { Q_EMIT backRequested(); });
    addPageKey(*this, tr("A minute earlier"), QKeySequence(Qt::ALT | Qt::Key_Left),
               [this] { m_bar->setMoment(m_bar->moment() - std::chrono::minutes(1)); });
    addPageKey(*this, tr("A minute later"), QKeySequence(Qt::ALT | Qt::Key_Right),
               [this] { m_bar->setMoment(m_bar->moment() + std::chrono::minutes(1)); });
    count();
}

void PastView::start()
{
    m_at.reset();
    m_hasFailed = false;
    count();
    m_bar->start();
}

/// One question at a time: while the slider is pulled the last moment is what matters.
void PastView::ask()
{
    if (m_isWaiting || !isVisible())
        return;
    m_isWaiting = true;
    m_hasFailed = false;
    m_late.start();
    const domain::WallTime at = m_bar->moment();
    m_workspace.operations().fleetAt(this, at, [this, at](const app::Outcome<domain::FleetMoment> &moment) {
        m_isWaiting = false;
        if (at != m_bar->moment())
            return ask();
        m_late.stop();
        m_trouble->setVisible(!moment);
        if (!moment)
            return fail(moment.error());
        m_at = at;
        show(*moment);
    });
}

void PastView::fail(const app::Failure &failure)
{
    m_hasFailed = true;
    m_trouble->setText(common::text(failure));
    m_bar->setNote(m_at ? tr("Below it is still %1.").arg(common::exactTime(*m_at)) : QString());
    count();
}

/// With thousands of gateways the database takes a moment: what is on the screen meanwhile is not of the time above it.
void PastView::tellLate()
{
    m_bar->setNote(m_at ? tr("That moment is being read. Below it is still %1.").arg(common::exactTime(*m_at))
                        : tr("That moment is being read."));
}

void PastView::show(const domain::FleetMoment &moment)
{
    m_then.apply(models::pastDelta(moment, m_workspace.fleet(), m_then));
    m_unknown = m_workspace.fleet().rowCount() - m_then.rowCount();
    m_bar->setChanges(moment.changeBefore, moment.changeAfter);
    m_bar->setNote(moment.observed
                       ? tr("Nothing here is live, and nothing can be changed. Labels are today's.")
                       : tr("Nobody was looking at that moment: this control plane was not running, or the machine "
                            "slept. Configs are as they were last seen."));
    count();
    tellChosen();
}

void PastView::count()
{
    m_chips->count(m_then);
    const QLocale locale;
    QString text = tr("%1 of %2 shown").arg(locale.toString(m_shown.rowCount()), locale.toString(m_then.rowCount()));
    if (m_unknown > 0)
        text += QStringLiteral(" \u00b7 ") + tr("%n not known then", "", m_unknown);
    m_count->setText(text);
    m_count->setVisible(m_at.has_value());
    tellWhatIsMissing();
    m_stack->setCurrentWidget(!m_at || m_shown.rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_table);
}

void PastView::tellWhatIsMissing()
{
    if (!m_at && m_hasFailed)
        m_empty->show(tr("That moment could not be read"), tr("Choose it again, or another one."));
    else if (!m_at)
        m_empty->show(tr("That moment is being read"), tr("What every gateway was like then is in the history."));
    else if (m_then.rowCount() == 0)
        m_empty->show(tr("Nothing is known of that moment"),
                      tr("No gateway had connected yet, or this part of the history is no longer kept."));
    else
        m_empty->show(tr("No gateway matches"), tr("No gateway was like that at this moment."));
}

void PastView::tellChosen()
{
    const app::GatewayPtr gateway = m_shown.gatewayAt(m_table->currentIndex());
    if (!gateway)
        return m_chosen->setText(tr("Choose a gateway to read since when it was so, and why."));
    m_chosen->setText(QStringList{
        factText(domain::SpanKind::Presence,
                 domain::Standing<domain::PresenceState>{gateway->presence.state, gateway->presence.since, {}}),
        factText(domain::SpanKind::Health, gateway->health), factText(domain::SpanKind::Config, gateway->config)}
                          .join(u'\n'));
}

} // namespace flowgate::ui
