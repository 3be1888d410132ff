// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelines/timelinefeed.h"

#include "ui/common/errortext.h"
#include "ui/timelines/timelineview.h"
#include "ui/workspace.h"

#include <algorithm>

namespace flowgate::ui {

using namespace std::chrono_literals;

namespace {
constexpr int mostRows = 300; // a screen of the highest kind, and as much again above and below it
}

TimelineFeed::TimelineFeed(TimelineView &view, models::TimelineModel &model, Workspace &workspace)
    : QObject(&view)
    , m_view(view)
    , m_model(model)
    , m_workspace(workspace)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(40ms);
    m_later.setSingleShot(true);
    m_later.setInterval(500ms); // what happened is on disk by then
    connect(&m_soon, &QTimer::timeout, this, &TimelineFeed::ask);
    connect(&m_later, &QTimer::timeout, this, &TimelineFeed::ask);
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&view, &TimelineView::viewMoved, this, soon);
    connect(&model, &QAbstractItemModel::rowsInserted, this, soon);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, soon);
    connect(&model, &QAbstractItemModel::layoutChanged, this, soon);
    connect(&workspace, &Workspace::fleetApplied, this, &TimelineFeed::noteDelta);
    connect(&workspace.events(), &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_later.isActive())
            m_later.start();
    });
}

void TimelineFeed::setKinds(const std::vector<domain::SpanKind> &kinds)
{
    m_kinds = kinds;
    ask();
}

void TimelineFeed::noteDelta(const app::FleetDelta &delta)
{
    const bool concerns = std::ranges::any_of(
        delta.changed, [this](const app::GatewayPtr &gateway) { return m_asked.contains(gateway->id); });
    if (concerns && !m_later.isActive())
        m_later.start();
}

std::vector<domain::GatewayId> TimelineFeed::seen() const
{
    const int rows = m_model.rowCount();
    const int height = std::max(m_view.verticalHeader()->defaultSectionSize(), 1);
    const int page = m_view.viewport()->height() / height + 1;
    const int first = std::max(m_view.rowAt(0) - page, 0);
    const int end = std::min({first + 3 * page, rows, first + mostRows});
    std::vector<domain::GatewayId> ids;
    for (int row = first; row < end; ++row)
        ids.push_back(m_model.rows()[size_t(row)].gateway);
    return ids;
}

void TimelineFeed::ask()
{
    if (!m_view.isVisible())
        return;
    if (m_isWaiting) {
        m_isOld = true;
        return;
    }
    app::TimelineWish wish{seen(), m_view.drawnWindow()};
    m_model.setWindow(wish.window);
    m_asked = QSet<domain::GatewayId>(wish.gateways.begin(), wish.gateways.end());
    wish.gateways.emplace_back(); // and what happened to none
    // As much again on both sides: what is moved to is there already.
    const domain::milliseconds around = wish.window.to - wish.window.from;
    wish.window.from -= around;
    wish.window.to += around;
    m_isWaiting = true;
    m_workspace.operations().timelines(
        this, wish, [this, kinds = m_kinds](const app::Outcome<std::vector<domain::Timeline>> &timelines) {
            m_isWaiting = false;
            if (timelines && kinds == m_kinds) {
                m_model.fill(*timelines, kinds);
                if (!timelines->empty())
                    m_view.setFleetMarks(timelines->back().marks);
            }
            Q_EMIT answered(timelines ? QString() : common::text(timelines.error()));
            if (std::exchange(m_isOld, false))
                m_soon.start();
        });
}

} // namespace flowgate::ui
