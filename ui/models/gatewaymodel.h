// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "ui/models/tablemodel.h"

#include <QCoreApplication>

#include <array>

namespace flowgate::models {

/// A gateway with what is asked of it for each comparison.
struct GatewayRow
{
    app::GatewayPtr gateway; ///< never null
    QString name;
    QString version;                                  ///< service.version as reported; may be empty
    QString labels;                                   ///< "env=lab, site=ber"
    domain::WallTime lastSeen{};                      ///< newer than the gateway's own where only heartbeats came since
    std::optional<domain::milliseconds> pollInterval; ///< as domain::pollInterval(), likewise newer
};

/// What bare heartbeats and polls move, which are no changes of a gateway.
struct Seen
{
    domain::GatewayId id;
    domain::WallTime at{}; ///< when it was last heard of
    std::optional<domain::milliseconds> pollInterval;
};
using SeenTimes = std::vector<Seen>;

enum class GatewayColumn { Name, Presence, Health, Config, Wanted, Version, Labels, LastSeen, Count };

/// The fleet. Values are shared with the io thread and never modified. Rows keep the order they came in: sorting is
/// GatewayFilterModel's part.
class GatewayModel final : public TableModel<GatewayRow, GatewayColumn>
{
    Q_OBJECT
public:
    enum Role {
        SortRole = models::SortRole, ///< name, states as numbers from bad to good, times in milliseconds
        GatewayRole = OwnRole,       ///< app::GatewayPtr
    };

    using TableModel::TableModel;

    /// Writes values, removes what was forgotten and adds new rows with one insert. A gateway without changes to the
    /// eye costs no more than one that has some.
    void apply(const app::FleetDelta &delta);

    /// A column each for these labels or attributes, behind the others; those that stay keep their place.
    void setKeys(const QStringList &keys);
    [[nodiscard]] const QStringList &keys() const { return m_keys; }

    /// Takes newer moments; unknown gateways are passed over. Announces the LastSeen column alone, once.
    void noteSeen(const SeenTimes &times);

    [[nodiscard]] app::GatewayPtr find(const domain::GatewayId &id) const;
    [[nodiscard]] int rowOf(const domain::GatewayId &id) const { return m_rowOf.value(id, -1); }
    /// Display name, or the end of the id for a gateway that is not here.
    [[nodiscard]] QString nameOf(const domain::GatewayId &id) const;
    [[nodiscard]] domain::WallTime lastSeenOf(const domain::GatewayId &id) const;
    /// Nothing for a gateway that does not poll, or of which it is not known yet.
    [[nodiscard]] std::optional<domain::milliseconds> pollIntervalOf(const domain::GatewayId &id) const;
    [[nodiscard]] int connectedCount() const;

protected:
    [[nodiscard]] QVariant cell(const GatewayRow &row, Column column, int role) const override;
    [[nodiscard]] QString title(Column column) const override;
    [[nodiscard]] bool isNumeric(Column column) const override { return column == Column::LastSeen; }
    [[nodiscard]] int moreColumns() const override { return static_cast<int>(m_keys.size()); }

private:
    QHash<domain::GatewayId, int> m_rowOf;
    QStringList m_keys;
};

/// The last eight digits of an id: version 7 ids share their beginning.
[[nodiscard]] QString shortId(const domain::GatewayId &id);

} // namespace flowgate::models

Q_DECLARE_METATYPE(flowgate::app::GatewayPtr)
