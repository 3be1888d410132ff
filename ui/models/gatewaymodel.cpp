// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/gatewaymodel.h"

#include "domain/liveness.h"
#include "domain/standing.h"
#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/models/gatewayfacts.h"
#include "ui/models/labeledit.h"

namespace flowgate::models {

using common::oneLine;
using common::stateWord;

namespace {

GatewayRow rowFrom(const app::GatewayPtr &gateway)
{
    GatewayRow row;
    row.gateway = gateway;
    row.lastSeen = gateway->presence.lastSeen;
    row.pollInterval = domain::pollInterval(*gateway);
    row.name = oneLine(domain::displayName(*gateway), 200);
    if (gateway->description)
        row.version = oneLine(domain::attributeText(gateway->description->value, u"service.version"), 100);
    QStringList labels;
    for (auto it = gateway->labels.cbegin(); it != gateway->labels.cend(); ++it)
        labels.append(it.key() + u'=' + it.value());
    row.labels = oneLine(labels.join(QStringLiteral(", ")), 500);
    return row;
}

/// What wants attention first: bad, attention, under way, unknown, good.
int urgency(common::Tone tone)
{
    switch (tone) {
    case common::Tone::Bad:
        return 0;
    case common::Tone::Attention:
        return 1;
    case common::Tone::UnderWay:
        return 2;
    case common::Tone::Unknown:
        return 3;
    case common::Tone::Good:
        return 4;
    }
    return 5;
}

/// The reason of its health; of one whose health is not known now what it reported last, marked as such.
QString healthWhy(const domain::Gateway &gateway)
{
    const auto &report = gateway.healthReport;
    if (!report || domain::isHealthCurrent(gateway))
        return gateway.health.why;
    const QString last = GatewayModel::tr("Not current, last reported %1: %2")
                             .arg(common::exactTime(report->at), oneLine(common::healthText(report->value), 400));
    return gateway.health.why.isEmpty() ? last : gateway.health.why + u'\n' + last;
}

template<typename State>
QVariant stateCell(State state, const QString &quiet, domain::WallTime since, const QString &why, int role)
{
    const common::StateWord shown = stateWord(state);
    switch (role) {
    case Qt::DisplayRole:
        return shown.word;
    case SortRole:
        return urgency(shown.tone) * 100 + static_cast<int>(state);
    case ToneRole:
        return static_cast<int>(shown.tone);
    case QuietRole:
        return quiet.isEmpty() ? QVariant() : QVariant(quiet);
    case Qt::ToolTipRole: {
        QString text = since == domain::WallTime{}
                           ? shown.word
                           : GatewayModel::tr("%1 since %2").arg(shown.word, common::exactTime(since));
        if (!why.isEmpty())
            text += u'\n' + why;
        return common::toolTip(text);
    }
    default:
        return {};
    }
}

} // namespace

QString shortId(const domain::GatewayId &id)
{
    return QChar(0x2026) + id.hex().right(8);
}

void GatewayModel::apply(const app::FleetDelta &delta)
{
    std::vector<int> gone;
    for (const domain::GatewayId &id : delta.forgotten) {
        if (const int row = m_rowOf.value(id, -1); row >= 0)
            gone.push_back(row);
    }
    if (!gone.empty()) {
        removeAll(std::move(gone));
        m_rowOf.clear();
        for (size_t i = 0; i < m_rows.size(); ++i)
            m_rowOf.insert(m_rows[i].gateway->id, static_cast<int>(i));
    }

    std::vector<int> changed;
    std::vector<GatewayRow> added;
    QHash<domain::GatewayId, int> addedAt;
    for (const app::GatewayPtr &gateway : delta.changed) {
        if (const int row = m_rowOf.value(gateway->id, -1); row >= 0) {
            m_rows[size_t(row)] = rowFrom(gateway);
            changed.push_back(row);
        } else if (const int place = addedAt.value(gateway->id, -1); place >= 0) {
            added[size_t(place)] = rowFrom(gateway);
        } else {
            addedAt.insert(gateway->id, static_cast<int>(added.size()));
            added.push_back(rowFrom(gateway));
        }
    }
    announce(std::move(changed));
    if (added.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
    for (GatewayRow &row : added) {
        m_rowOf.insert(row.gateway->id, static_cast<int>(m_rows.size()));
        m_rows.push_back(std::move(row));
    }
    endInsertRows();
}

void GatewayModel::setKeys(const QStringList &keys)
{
    const int first = static_cast<int>(Column::Count);
    for (qsizetype i = m_keys.size() - 1; i >= 0; --i) {
        if (keys.contains(m_keys.at(i)))
            continue;
        beginRemoveColumns({}, first + static_cast<int>(i), first + static_cast<int>(i));
        m_keys.removeAt(i);
        endRemoveColumns();
    }
    for (const QString &key : keys) {
        if (m_keys.contains(key))
            continue;
        beginInsertColumns({}, columnCount(), columnCount());
        m_keys.append(key);
        endInsertColumns();
    }
}

void GatewayModel::noteSeen(const SeenTimes &times)
{
    int first = rowCount();
    int last = -1;
    for (const Seen &seen : times) {
        const int row = m_rowOf.value(seen.id, -1);
        if (row < 0)
            continue;
        m_rows[size_t(row)].pollInterval = seen.pollInterval;
        if (m_rows[size_t(row)].lastSeen >= seen.at)
            continue;
        m_rows[size_t(row)].lastSeen = seen.at;
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (last >= 0)
        Q_EMIT dataChanged(at(first, Column::LastSeen), at(last, Column::LastSeen));
}

domain::WallTime GatewayModel::lastSeenOf(const domain::GatewayId &id) const
{
    const int row = rowOf(id);
    return row >= 0 ? m_rows[size_t(row)].lastSeen : domain::WallTime{};
}

std::optional<domain::milliseconds> GatewayModel::pollIntervalOf(const domain::GatewayId &id) const
{
    const int row = rowOf(id);
    return row >= 0 ? m_rows[size_t(row)].pollInterval : std::nullopt;
}

app::GatewayPtr GatewayModel::find(const domain::GatewayId &id) const
{
    const int row = rowOf(id);
    return row >= 0 ? m_rows[size_t(row)].gateway : nullptr;
}

QString GatewayModel::nameOf(const domain::GatewayId &id) const
{
    const int row = rowOf(id);
    return row >= 0 ? m_rows[size_t(row)].name : shortId(id);
}

int GatewayModel::connectedCount() const
{
    return static_cast<int>(std::ranges::count_if(
        m_rows, [](const GatewayRow &row) { return row.gateway->presence.state == domain::PresenceState::Connected; }));
}

QVariant GatewayModel::cell(const GatewayRow &row, Column column, int role) const
{
    const domain::Gateway &gateway = *row.gateway;
    if (role == GatewayRole)
        return QVariant::fromValue(row.gateway);
    if (role == IdRole)
        return gateway.id.bytes();

    const auto plain = [&](const QString &text, bool mono) -> QVariant {
        if (role == Qt::DisplayRole || role == SortRole)
            return text;
        if (role == MonoRole)
            return mono;
        return {};
    };
    if (column >= Column::Count) {
        const QString key = m_keys.at(static_cast<int>(column) - static_cast<int>(Column::Count));
        return plain(oneLine(factOf(gateway, key).value_or(QString()), 200), true);
    }
    switch (column) {
    case Column::Name:
        return role == Qt::ToolTipRole ? QVariant(domain::uuidText(gateway.id)) : plain(row.name, false);
    case Column::Presence:
        if (gateway.admission != domain::Admission::Approved)
            return stateCell(gateway.admission, {}, {}, stateWord(gateway.presence.state).word, role);
        return stateCell(gateway.presence.state, {}, gateway.presence.since, gateway.presence.why, role);
    case Column::Health:
        return stateCell(gateway.health.state, {}, gateway.health.since, healthWhy(gateway), role);
    case Column::Config: {
        // While it is away nothing can be said to change: the last state stays, marked.
        const bool offline = gateway.presence.state != domain::PresenceState::Connected &&
                             gateway.config.state == domain::ConfigState::Waiting;
        return stateCell(gateway.config.state, offline ? tr("offline") : QString(), gateway.config.since,
                         gateway.config.why, role);
    }
    case Column::Wanted:
        return plain(oneLine(common::versionText(gateway.wanted), 120), true);
    case Column::Version:
        return plain(row.version, true);
    case Column::Labels:
        return role == Qt::EditRole ? QVariant(labelsText(gateway.labels)) : plain(row.labels, true);
    case Column::LastSeen:
        switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return common::exactTime(row.lastSeen);
        case SortRole:
        case TimeRole:
            return common::toMs(row.lastSeen);
        case Qt::TextAlignmentRole:
            return int(Qt::AlignRight | Qt::AlignVCenter);
        default:
            return {};
        }
    case Column::Count:
        break;
    }
    return {};
}

QString GatewayModel::title(Column column) const
{
    if (column >= Column::Count)
        return oneLine(m_keys.at(static_cast<int>(column) - static_cast<int>(Column::Count)), 60);
    switch (column) {
    case Column::Name:
        return tr("Gateway");
    case Column::Presence:
        return tr("Presence");
    case Column::Health:
        return tr("Health");
    case Column::Config:
        return tr("Config");
    case Column::Wanted:
        return tr("Wanted");
    case Column::Version:
        return tr("Version");
    case Column::Labels:
        return tr("Labels");
    case Column::LastSeen:
        return tr("Last seen");
    case Column::Count:
        break;
    }
    return {};
}

} // namespace flowgate::models
