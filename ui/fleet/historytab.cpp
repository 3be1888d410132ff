// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/historytab.h"

#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/timelines/pastlist.h"
#include "ui/timelines/rangebar.h"
#include "ui/timelines/timelineview.h"
#include "ui/widgets/tables.h"
#include "ui/widgets/wrapbar.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QEvent>
#include <QTimer>
#include <QVBoxLayout>

namespace flowgate::ui {

using domain::SpanKind;

namespace {
constexpr int mostRows = 7;       // drawn without scrolling
constexpr int roomForRange = 330; // width, at a text of 100 %
} // namespace

HistoryTab::HistoryTab(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_view(new TimelineView(m_lanes, workspace.timeWindow(), workspace, tr("Timeline"), this))
    , m_list(new PastList(workspace, this))
{
    m_view->setColumnHidden(static_cast<int>(models::TimelineColumn::Now), true);
    setWidths(m_view, {84});
    m_list->setTableName(QStringLiteral("historyTable"));
    auto *choices = new WrapBar(new RangeBar(workspace.timeWindow(), this), {m_list->choice()}, roomForRange, this);
    choices->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::small);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(choices);
    layout->addWidget(m_view);
    layout->addSpacing(common::space::small);
    layout->addWidget(m_list, 1);
    connect(m_list, &PastList::loaded, this, &HistoryTab::draw);
    fitHeight();
}

void HistoryTab::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        QTimer::singleShot(0, this, &HistoryTab::fitHeight); // the table takes the font first
}

void HistoryTab::show(const app::GatewayPtr &gateway)
{
    m_gateway = gateway;
    m_list->show(gateway);
}

/// A row for each lane; marks are with the config, which most of them are about.
void HistoryTab::draw()
{
    const domain::Timeline &timeline = m_list->timeline();
    std::vector<domain::Event> marks;
    for (const domain::Event &event : timeline.marks) {
        if (!event.kind.startsWith(QStringLiteral("gateway_")))
            marks.push_back(event);
    }
    std::vector<models::TimelineRow> rows;
    for (models::TimelineLane &lane :
         models::lanesOf(timeline, {SpanKind::Presence, SpanKind::Health, SpanKind::Config, SpanKind::Component})) {
        models::TimelineRow row;
        row.key = QStringLiteral("%1/%2").arg(static_cast<int>(lane.kind)).arg(lane.part);
        row.name = lane.kind == SpanKind::Component ? lane.part.section(u'/', -1) : common::kindWord(lane.kind);
        row.gateway = timeline.gateway;
        row.marks = lane.kind == SpanKind::Config ? marks : std::vector<domain::Event>();
        row.lanes.push_back(std::move(lane));
        row.isKnown = true;
        rows.push_back(std::move(row));
    }
    m_lanes.setWindow(m_view->drawnWindow());
    m_lanes.show(std::move(rows));
    fitHeight();
}

void HistoryTab::fitHeight()
{
    m_view->fitRows(std::clamp(m_lanes.rowCount(), 3, mostRows));
}

} // namespace flowgate::ui
