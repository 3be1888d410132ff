// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelines/pastlist.h"

#include "ui/common/errortext.h"
#include "ui/common/metrics.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/statusdelegate.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace flowgate::ui {

using namespace std::chrono_literals;

namespace {

constexpr int roomForDetails = 640; // width, at a text of 100 %
constexpr int grains = 2000;        // rows that a person may read; what is shorter is told together

/// Whether its spans may have changed: a heartbeat alone makes none.
bool hasOtherStates(const domain::Gateway &a, const domain::Gateway &b)
{
    return a.id != b.id || a.presence.state != b.presence.state || a.presence.since != b.presence.since ||
           !(a.health == b.health) || !(a.config == b.config) || !(a.healthReport == b.healthReport);
}

} // namespace

PastList::PastList(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_part(new QComboBox(this))
    , m_note(new PlainLabel(this, TextKind::Bad))
{
    m_part->addItem(tr("Everything"), static_cast<int>(models::HistoryModel::Part::Everything));
    m_part->addItem(tr("States"), static_cast<int>(models::HistoryModel::Part::States));
    m_part->addItem(tr("Events"), static_cast<int>(models::HistoryModel::Part::Events));
    m_part->setAccessibleName(tr("What to list"));
    m_note->setWordWrap(true);
    m_note->hide();
    m_table = makeTable(&m_rows, tr("History"), workspace, this);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidths(m_table, {74, 300, 130});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_table, 1);

    m_loadSoon.setSingleShot(true);
    m_loadSoon.setInterval(400ms); // what happened is on disk by then
    connect(&m_loadSoon, &QTimer::timeout, this, &PastList::load);
    connect(m_part, &QComboBox::currentIndexChanged, this, &PastList::list);
    connect(&workspace.timeWindow(), &TimeWindow::changed, this, [this] {
        if (!m_loadSoon.isActive())
            m_loadSoon.start();
    });
    connect(&workspace.events(), &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                for (int row = first; m_gateway && row <= last; ++row) {
                    if (m_workspace.events().events()[size_t(row)].gateway == m_gateway->id)
                        m_loadSoon.start();
                }
            });
}

void PastList::setTableName(const QString &objectName)
{
    m_table->setObjectName(objectName);
}

/// What it was about stands beside it where there is room, else below it.
void PastList::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool narrow = width() < common::scaled(roomForDetails, font());
    m_table->setColumnHidden(static_cast<int>(models::HistoryColumn::Detail), narrow);
    if (auto *delegate = qobject_cast<StatusDelegate *>(m_table->itemDelegate()))
        delegate->setTwoLines(narrow);
}

void PastList::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    load();
}

void PastList::show(const app::GatewayPtr &gateway)
{
    const bool another = !gateway || !m_gateway || m_gateway->id != gateway->id;
    const bool moved = another || hasOtherStates(*m_gateway, *gateway);
    m_gateway = gateway;
    if (another) {
        m_timeline = {};
        list();
        Q_EMIT loaded();
        load();
    } else if (moved) {
        m_loadSoon.start();
    }
}

void PastList::list()
{
    m_rows.show(m_timeline.spans, m_timeline.marks,
                static_cast<models::HistoryModel::Part>(m_part->currentData().toInt()));
}

void PastList::load()
{
    if (!m_gateway || !isVisible())
        return;
    const TimeWindow &window = m_workspace.timeWindow();
    const app::TimelineWish wish{{m_gateway->id}, {window.from(), window.to(), window.length() / grains}, true, grains};
    m_workspace.operations().timelines(
        this, wish,
        [this, id = m_gateway->id, asked = wish.window.from](const app::Outcome<std::vector<domain::Timeline>> &past) {
            const domain::milliseconds moved = m_workspace.timeWindow().from() - asked;
            if (!m_gateway || m_gateway->id != id || moved < 0ms || moved > m_workspace.timeWindow().length())
                return; // late: another gateway or another stretch of time is looked at
            m_note->setVisible(!past);
            if (!past)
                return m_note->setText(common::text(past.error()));
            m_timeline = past->empty() ? domain::Timeline() : past->front();
            list();
            Q_EMIT loaded();
        });
}

} // namespace flowgate::ui
