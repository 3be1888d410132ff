// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/gatewayfiltermodel.h"

#include "domain/attention.h"
#include "ui/common/words.h"
#include "ui/models/gatewayfacts.h"

#include <QRegularExpression>

namespace flowgate::models {

namespace {

bool hasText(const domain::Attributes &attributes, const QString &text)
{
    return std::ranges::any_of(attributes, [&](const domain::Attribute &attribute) {
        return domain::attributeText(attribute.value).contains(text, Qt::CaseInsensitive);
    });
}

/// "healthy" must not find the unhealthy ones: state words are matched from their beginning.
bool showsState(const domain::Gateway &gateway, const QString &text)
{
    const auto begins = [&](const common::StateWord &shown) {
        return shown.word.startsWith(text, Qt::CaseInsensitive);
    };
    return begins(common::stateWord(gateway.presence.state)) || begins(common::stateWord(gateway.health.state)) ||
           begins(common::stateWord(gateway.config.state));
}

bool hasText(const GatewayRow &row, const QString &text)
{
    const domain::Gateway &gateway = *row.gateway;
    if (row.name.contains(text, Qt::CaseInsensitive) || row.labels.contains(text, Qt::CaseInsensitive) ||
        common::versionText(gateway.wanted).contains(text, Qt::CaseInsensitive) || showsState(gateway, text))
        return true;
    if (text.size() >= 4 && domain::uuidText(gateway.id).contains(text, Qt::CaseInsensitive))
        return true;
    return gateway.description && (hasText(gateway.description->value.identifying, text) ||
                                   hasText(gateway.description->value.nonIdentifying, text));
}

} // namespace

bool isIn(FleetPart part, const domain::Gateway &gateway)
{
    using domain::ConfigState;
    const ConfigState config = gateway.config.state;
    switch (part) {
    case FleetPart::All:
    case FleetPart::Count:
        return true;
    case FleetPart::Connected:
        return gateway.presence.state == domain::PresenceState::Connected;
    case FleetPart::Away:
        return gateway.presence.state != domain::PresenceState::Connected;
    case FleetPart::Unhealthy:
        return gateway.health.state == domain::HealthState::Unhealthy;
    case FleetPart::ConfigFailed:
        return config == ConfigState::Failed;
    case FleetPart::Drifted:
        return config == ConfigState::Drifted;
    case FleetPart::UnderWay:
        return config == ConfigState::Offered || config == ConfigState::Applying || config == ConfigState::Applied;
    case FleetPart::ToApprove:
        return gateway.admission == domain::Admission::Pending;
    case FleetPart::NeedsAttention:
        return domain::attentionOf(gateway) != domain::Attention::None;
    }
    return true;
}

GatewayFilterModel::GatewayFilterModel(GatewayModel &fleet, QObject *parent)
    : SortFilterModel(parent)
    , m_fleet(fleet)
{
    setSourceModel(&fleet);
}

bool GatewayFilterModel::looksLikeSelector(const QString &text)
{
    static const QRegularExpression words(QStringLiteral("\\s(in|notin)\\s*\\("));
    return text == u"all" || text.contains(u'=') || text.contains(u'!') || text.contains(words);
}

std::optional<domain::SelectorError> GatewayFilterModel::setFilter(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed == m_filterText)
        return {};
    if (looksLikeSelector(trimmed)) {
        auto selector = domain::Selector::parse(trimmed);
        if (!selector)
            return selector.error();
        m_filter = std::move(*selector);
    } else if (trimmed.isEmpty()) {
        m_filter = std::monostate();
    } else {
        m_filter = trimmed;
    }
    m_filterText = trimmed;
    invalidateFilter();
    return {};
}

void GatewayFilterModel::setPart(FleetPart part)
{
    if (part == m_part)
        return;
    m_part = part;
    invalidateFilter();
}

void GatewayFilterModel::setGroup(const std::optional<FleetGroup> &group)
{
    if (group == m_group)
        return;
    m_group = group;
    invalidateFilter();
}

std::optional<QString> GatewayFilterModel::asSelector() const
{
    if (m_part != FleetPart::All || std::holds_alternative<QString>(m_filter))
        return {};
    const bool all = std::holds_alternative<std::monostate>(m_filter) || m_filterText == u"all";
    if (!m_group)
        return all ? QStringLiteral("all") : m_filterText;
    const QString term = m_group->value ? selectorTerm(m_group->key, *m_group->value) : u'!' + m_group->key;
    if (term.isEmpty())
        return {};
    return all ? term : m_filterText + u',' + term;
}

app::GatewayPtr GatewayFilterModel::gatewayAt(const QModelIndex &index) const
{
    const GatewayRow *row = m_fleet.rowAt(mapToSource(index));
    return row ? row->gateway : nullptr;
}

std::vector<app::GatewayPtr> GatewayFilterModel::shown() const
{
    std::vector<app::GatewayPtr> list;
    list.reserve(static_cast<size_t>(rowCount()));
    for (int row = 0; row < rowCount(); ++row)
        list.push_back(gatewayAt(index(row, 0)));
    return list;
}

QModelIndex GatewayFilterModel::indexOf(const domain::GatewayId &id, GatewayColumn column) const
{
    const int row = m_fleet.rowOf(id);
    return row >= 0 ? mapFromSource(m_fleet.at(row, column)) : QModelIndex();
}

Qt::ItemFlags GatewayFilterModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = SortFilterModel::flags(index);
    return index.column() == static_cast<int>(GatewayColumn::Labels) ? flags | Qt::ItemIsEditable : flags;
}

bool GatewayFilterModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const app::GatewayPtr gateway = gatewayAt(index);
    if (!gateway || role != Qt::EditRole || index.column() != static_cast<int>(GatewayColumn::Labels))
        return false;
    Q_EMIT labelsTyped(gateway, value.toString());
    return true;
}

bool GatewayFilterModel::fits(const GatewayRow &row) const
{
    if (!isIn(m_part, *row.gateway))
        return false;
    if (const auto *selector = std::get_if<domain::Selector>(&m_filter))
        return selector->matches(*row.gateway);
    if (const auto *text = std::get_if<QString>(&m_filter))
        return hasText(row, *text);
    return true;
}

bool GatewayFilterModel::filterAcceptsRow(int row, const QModelIndex &) const
{
    const GatewayRow &candidate = m_fleet.rows()[size_t(row)];
    return fits(candidate) && (!m_group || factOf(*candidate.gateway, m_group->key) == m_group->value);
}

std::optional<QString> selectorOf(const std::vector<app::GatewayPtr> &gateways)
{
    if (gateways.empty())
        return {};
    QStringList ids;
    for (const app::GatewayPtr &gateway : gateways)
        ids.append(domain::uuidText(gateway->id));
    ids.sort();
    const QString text =
        ids.size() == 1 ? QStringLiteral("id=%1").arg(ids.front()) : QStringLiteral("id in (%1)").arg(ids.join(u','));
    return text.size() <= domain::Selector::longest ? std::optional(text) : std::nullopt;
}

std::optional<QString> reachOf(const GatewayFilterModel &shown, const std::vector<app::GatewayPtr> &picked)
{
    if (picked.empty() || static_cast<int>(picked.size()) == shown.rowCount()) {
        if (const auto selector = shown.asSelector(); selector && (picked.size() != 1 || shown.rowCount() != 1))
            return selector;
    }
    return selectorOf(picked.empty() ? shown.shown() : picked);
}

} // namespace flowgate::models
