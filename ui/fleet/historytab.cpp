// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/historytab.h"

#include "ui/common/errortext.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/fleet/timelinestrip.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/statusdelegate.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>

namespace flowgate::ui {

using namespace std::chrono_literals;

namespace {

constexpr int roomForDetails = 640; // width, at a text of 100 %
constexpr int mostEvents = 2000;

/// Whether its spans may have changed: a heartbeat alone makes none.
bool hasOtherStates(const domain::Gateway &a, const domain::Gateway &b)
{
    return a.id != b.id || a.presence.state != b.presence.state || a.presence.since != b.presence.since ||
           !(a.health == b.health) || !(a.config == b.config);
}

} // namespace

HistoryTab::HistoryTab(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_range(new QComboBox(this))
    , m_part(new QComboBox(this))
    , m_strip(new TimelineStrip(workspace.clock(), this))
    , m_trouble(new PlainLabel(this, TextKind::Bad))
{
    m_range->addItem(tr("Last hour"), 1);
    m_range->addItem(tr("Last 24 hours"), 24);
    m_range->addItem(tr("Last 7 days"), 7 * 24);
    m_range->setAccessibleName(tr("How far back"));
    m_part->addItem(tr("Everything"), static_cast<int>(models::HistoryModel::Part::Everything));
    m_part->addItem(tr("States"), static_cast<int>(models::HistoryModel::Part::States));
    m_part->addItem(tr("Events"), static_cast<int>(models::HistoryModel::Part::Events));
    m_part->setAccessibleName(tr("What to list"));
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    m_table = makeTable(&m_rows, tr("History"), workspace, this);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidths(m_table, {74, 250, 130});
    auto *top = new QWidget(this);
    auto *topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::small);
    topLayout->setSpacing(common::space::small);
    auto *choices = new QHBoxLayout;
    choices->setSpacing(common::space::small);
    choices->addWidget(m_range);
    choices->addWidget(m_part);
    choices->addStretch(1);
    topLayout->addLayout(choices);
    topLayout->addWidget(m_strip);
    topLayout->addWidget(m_trouble);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(top);
    layout->addWidget(m_table, 1);

    // The recorder writes a moment after the change is told.
    m_loadSoon.setSingleShot(true);
    m_loadSoon.setInterval(500);
    connect(&m_loadSoon, &QTimer::timeout, this, &HistoryTab::load);
    connect(m_range, &QComboBox::currentIndexChanged, this, &HistoryTab::load);
    connect(m_part, &QComboBox::currentIndexChanged, this, &HistoryTab::list);
    connect(&workspace.events(), &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                for (int row = first; row <= last; ++row)
                    add(m_workspace.events().events()[size_t(row)]);
            });
    connect(&workspace, &Workspace::second, m_strip, qOverload<>(&QWidget::update));
}

domain::milliseconds HistoryTab::range() const
{
    return std::chrono::hours(m_range->currentData().toInt());
}

/// What it was about stands beside it where there is room, else below it.
void HistoryTab::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool narrow = width() < common::scaled(roomForDetails, font());
    m_table->setColumnHidden(static_cast<int>(models::HistoryColumn::Detail), narrow);
    if (auto *delegate = qobject_cast<StatusDelegate *>(m_table->itemDelegate()))
        delegate->setTwoLines(narrow);
}

void HistoryTab::show(const app::GatewayPtr &gateway)
{
    const bool another = !m_gateway || m_gateway->id != gateway->id;
    const bool moved = !m_gateway || hasOtherStates(*m_gateway, *gateway);
    m_gateway = gateway;
    if (another) {
        m_spans.clear();
        m_events.clear();
        m_strip->show({}, range());
        list();
        load();
    } else if (moved) {
        m_loadSoon.start();
    }
}

void HistoryTab::list()
{
    m_rows.show(m_spans, m_events, static_cast<models::HistoryModel::Part>(m_part->currentData().toInt()));
}

/// A live one; those before it are asked for.
void HistoryTab::add(const domain::Event &event)
{
    if (!m_gateway || event.gateway != m_gateway->id || event.at < m_workspace.now() - range())
        return;
    m_events.push_back(event);
    list();
}

void HistoryTab::load()
{
    if (!m_gateway)
        return;
    const domain::WallTime since = m_workspace.now() - range();
    m_workspace.operations().eventsOf(
        this, m_gateway->id, since, mostEvents,
        [this, id = m_gateway->id, asked = range()](const app::Outcome<std::vector<domain::Event>> &events) {
            if (m_gateway->id != id || asked != range() || !events)
                return; // the timeline's answer says what is wrong with the database
            m_events = *events;
            list();
        });
    m_workspace.operations().timeline(
        this, m_gateway->id, since,
        [this, id = m_gateway->id, asked = range()](const app::Outcome<std::vector<domain::Span>> &spans) {
            if (m_gateway->id != id || asked != range())
                return; // late: another gateway or another range is looked at
            m_trouble->setVisible(!spans);
            if (!spans)
                return m_trouble->setText(common::text(spans.error()));
            m_spans = *spans;
            m_strip->show(*spans, asked);
            list();
        });
}

} // namespace flowgate::ui
