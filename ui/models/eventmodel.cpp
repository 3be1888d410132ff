// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/eventmodel.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/models/rowtext.h"

#include <QSet>

namespace flowgate::models {

using common::oneLine;

namespace {

/// The same fact told twice: live, before it has a number, and from the database.
auto factOf(const domain::Event &event)
{
    return std::tie(event.at, event.kind, event.text);
}

} // namespace

QString eventLine(const domain::Event &event, const QString &gatewayName)
{
    return QStringList{domain::rfc3339(event.at), plainCell(oneLine(event.kind)), plainCell(oneLine(gatewayName)),
                       plainCell(oneLine(event.text)), plainCell(oneLine(event.by))}
        .join(u'\t');
}

EventModel::EventModel(NameOf nameOf, QObject *parent)
    : QAbstractTableModel(parent)
    , m_nameOf(std::move(nameOf))
{
}

void EventModel::add(const domain::Event &event)
{
    beginInsertRows({}, 0, 0);
    m_events.push_front(event);
    endInsertRows();
    trim();
}

void EventModel::addHistory(std::vector<domain::Event> events)
{
    std::ranges::sort(events, [](const domain::Event &a, const domain::Event &b) {
        return std::tie(a.at, a.number) > std::tie(b.at, b.number);
    });
    std::erase_if(events, [this](const domain::Event &event) {
        return std::ranges::any_of(m_events, [&](const domain::Event &here) { return factOf(here) == factOf(event); });
    });
    const int room = most - rowCount();
    if (static_cast<int>(events.size()) > room)
        events.resize(size_t(std::max(room, 0)));
    if (events.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(events.size()) - 1);
    m_events.insert(m_events.end(), events.begin(), events.end());
    endInsertRows();
}

void EventModel::trim()
{
    const int over = rowCount() - most;
    if (over <= 0)
        return;
    beginRemoveRows({}, most, rowCount() - 1);
    m_events.resize(size_t(most));
    endRemoveRows();
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant EventModel::data(const QModelIndex &at, int role) const
{
    if (!checkIndex(at, CheckIndexOption::IndexIsValid))
        return {};
    const domain::Event &event = m_events[size_t(at.row())];
    if (role == EventRole)
        return QVariant::fromValue(event);
    if (role == IdRole)
        return event.gateway ? event.gateway->bytes() : QByteArray();
    const bool shows = role == Qt::DisplayRole;
    const bool sorts = role == SortRole;
    switch (static_cast<Column>(at.column())) {
    case Column::At:
        if (shows || role == Qt::ToolTipRole)
            return common::exactTime(event.at);
        return sorts || role == TimeRole ? QVariant(common::toMs(event.at)) : QVariant();
    case Column::Kind:
        return shows || sorts ? QVariant(common::eventKindWord(event.kind)) : QVariant();
    case Column::Gateway:
        if (!event.gateway)
            return {};
        return shows || sorts ? QVariant(oneLine(m_nameOf(*event.gateway), 200)) : QVariant();
    case Column::Text:
        if (role == Qt::ToolTipRole)
            return common::toolTip(event.text);
        return shows || sorts ? QVariant(oneLine(event.text, 600)) : QVariant();
    case Column::By:
        return shows || sorts ? QVariant(common::authorWord(event.by)) : QVariant();
    case Column::Count:
        break;
    }
    return {};
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::At:
        return tr("Time");
    case Column::Kind:
        return tr("Kind");
    case Column::Gateway:
        return tr("Gateway");
    case Column::Text:
        return tr("What happened");
    case Column::By:
        return tr("By");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
