// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/historytab.h"

#include "ui/common/errortext.h"
#include "ui/common/theme.h"
#include "ui/fleet/timelinestrip.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

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
    , m_strip(new TimelineStrip(workspace.clock(), this))
    , m_trouble(new PlainLabel(this, TextKind::Bad))
{
    m_range->addItem(tr("Last hour"), 1);
    m_range->addItem(tr("Last 24 hours"), 24);
    m_range->addItem(tr("Last 7 days"), 7 * 24);
    m_range->setAccessibleName(tr("How far back"));
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    auto *table = makeTable(&m_spans, tr("History"), workspace, this);
    table->horizontalHeader()->setObjectName(QStringLiteral("historyHeader"));
    setWidths(table, {56, 72, 104, 82});
    table->horizontalHeader()->setStretchLastSection(true);
    auto *top = new QWidget(this);
    auto *topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::small);
    topLayout->setSpacing(common::space::small);
    topLayout->addWidget(m_range, 0, Qt::AlignLeft);
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
        m_spans.show({});
        m_strip->show({}, range());
        load();
    } else if (moved) {
        m_loadSoon.start();
    }
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
            m_spans.show(*spans);
            m_strip->show(*spans, asked);
        });
}

} // namespace flowgate::ui
