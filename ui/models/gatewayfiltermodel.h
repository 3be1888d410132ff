// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/selector.h"
#include "ui/models/gatewaymodel.h"
#include "ui/models/sortfiltermodel.h"

#include <variant>

namespace flowgate::models {

/// Which part of the fleet a person looks at. Buttons above the table have one each.
enum class FleetPart {
    All,
    Connected,
    Away,
    Unhealthy,
    ConfigFailed,
    Drifted,
    UnderWay,
    ToApprove,
    NeedsAttention,
    Count
};

[[nodiscard]] bool isIn(FleetPart part, const domain::Gateway &gateway);

/// Gateways with this value under @p key; no value: those without the key.
struct FleetGroup
{
    QString key;
    std::optional<QString> value;

    friend bool operator==(const FleetGroup &, const FleetGroup &) = default;
};

/// The fleet as it is looked at: a filter text, a part, a group, an order.
class GatewayFilterModel final : public SortFilterModel
{
    Q_OBJECT
public:
    explicit GatewayFilterModel(GatewayModel &fleet, QObject *parent = nullptr);

    /// A text with =, !, in or notin (or "all") is a selector; any other is looked for in names, ids, labels,
    /// attributes and the beginnings of state words. A selector that cannot be read leaves the rows as they are.
    /// @return why it cannot be read, if so
    std::optional<domain::SelectorError> setFilter(const QString &text);
    void setPart(FleetPart part);
    [[nodiscard]] FleetPart part() const { return m_part; }

    void setGroup(const std::optional<FleetGroup> &group);
    /// Whether the filter and the part let it through, whatever its group.
    [[nodiscard]] bool fits(const GatewayRow &row) const;

    /// The filter as a selector, where it is one and no part narrows it; "all" where there is no filter. Else nothing.
    [[nodiscard]] std::optional<QString> asSelector() const;
    [[nodiscard]] app::GatewayPtr gatewayAt(const QModelIndex &index) const;
    [[nodiscard]] std::vector<app::GatewayPtr> shown() const;
    /// Index in @p column of the row of this gateway; invalid where it is not shown.
    [[nodiscard]] QModelIndex indexOf(const domain::GatewayId &id, GatewayColumn column = GatewayColumn::Name) const;

    /// Labels can be typed over; what was typed is only told, by labelsTyped().
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

    [[nodiscard]] static bool looksLikeSelector(const QString &text);

Q_SIGNALS:
    void labelsTyped(const flowgate::app::GatewayPtr &gateway, const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    GatewayModel &m_fleet;
    FleetPart m_part = FleetPart::All;
    std::optional<FleetGroup> m_group;
    QString m_filterText;
    std::variant<std::monostate, domain::Selector, QString> m_filter;
};

/// So many ids fit into one selector: 36 characters and a comma each.
inline constexpr int mostIdsInSelector = static_cast<int>((domain::Selector::longest - 8) / 37);

/// "id in (…)" for these gateways; nothing where it would be longer than a selector may be, or for none.
[[nodiscard]] std::optional<QString> selectorOf(const std::vector<app::GatewayPtr> &gateways);

/// Exactly the gateways that were picked, or all that are shown where none was: never more. Nothing where no selector
/// can say it.
[[nodiscard]] std::optional<QString> reachOf(const GatewayFilterModel &shown,
                                             const std::vector<app::GatewayPtr> &picked);

} // namespace flowgate::models
