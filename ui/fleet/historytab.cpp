// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/historytab.h"

#include "ui/common/errortext.h"
#include "ui/common/theme.h"
#include "ui/fleet/timelinestrip.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QTableView>

namespace flowgate::ui {

using namespace std::chrono_literals;

namespace {

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
    auto *table = makeTable(&m_rows, tr("History"), workspace, this);
    table->horizontalHeader()->setObjectName(QStringLiteral("historyHeader"));
    table->horizontalHeader()->setStretchLastSection(false);
    table->horizontalHeader()->setSectionResizeMode(static_cast<int>(models::HistoryColumn::Detail),
                                                    QHeaderView::Stretch);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidths(table, {58, 176, 130});
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
    layout->addWidget(table, 1);

    // The recorder writes a moment after the change is told.
    m_loadSoon.setSingleShot(true);
    m_loadSoon.setInterval(500);
    connect(&m_loadSoon, &QTimer::timeout, this, &HistoryTab::load);
    connect(m_range, &QComboBox::currentIndexChanged, this, &HistoryTab::load);
    connect(m_part, &QComboBox::currentIndexChanged, this, &HistoryTab::list);
    connect(&workspace, &Workspace::second, m_strip, qOverload<>(&QWidget::update));
}

domain::milliseconds HistoryTab::range() const
{
    return std::chrono::hours(m_range->currentData().toInt());
}

void HistoryTab::show(const app::GatewayPtr &gateway)
{
    const bool another = !m_gateway || m_gateway->id != gateway->id;
    const bool moved = !m_gateway || hasOtherStates(*m_gateway, *gateway);
    m_gateway = gateway;
    if (another) {
        m_spans.clear();
        m_strip->show({}, range());
        list();
        load();
    } else if (moved) {
        m_loadSoon.start();
    }
}

/// Events come live and are in memory; states are asked for.
void HistoryTab::list()
{
    if (!m_gateway)
        return;
    const domain::WallTime since = m_workspace.now() - range();
    std::vector<domain::Event> events;
    for (const domain::Event &event : m_workspace.events().events()) {
        if (event.gateway == m_gateway->id && event.at >= since)
            events.push_back(event);
    }
    m_rows.show(m_spans, events, static_cast<models::HistoryModel::Part>(m_part->currentData().toInt()));
}

void HistoryTab::load()
{
    if (!m_gateway)
        return;
    m_workspace.operations().timeline(
        this, m_gateway->id, m_workspace.now() - range(),
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
