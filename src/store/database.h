// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/blobtable.h"
#include "store/componenttable.h"
#include "store/configtable.h"
#include "store/eventtable.h"
#include "store/gatewaytable.h"
#include "store/observertable.h"
#include "store/rollouttable.h"
#include "store/settingtable.h"
#include "store/snapshot.h"
#include "store/spantable.h"
#include "store/telemetrytable.h"
#include "store/tokentable.h"

namespace flowgate::store {

/// The tables, as a job sees them.
/// @thread store
class Database
{
public:
    explicit Database(Sql &sql);

    GatewayTable gateways;
    SpanTable spans;
    BlobTable blobs;
    ConfigTable configs;
    RolloutTable rollouts;
    EventTable events;
    ComponentTable components;
    SettingTable settings;
    ObserverTable observer;
    TelemetryTable telemetry;
    TokenTable tokens;

    [[nodiscard]] Outcome<Snapshot> snapshot();
    /// The effective config of a gateway under the file names that it reported. @errors NotFound | Damaged
    [[nodiscard]] Outcome<domain::ConfigSet> effective(const domain::GatewayId &gateway);
    /// The history of @p before goes on as that of @p now, which has to be stored, and @p before is gone. Where both have
    /// one, the older one ends where the newer one begins. Rollouts keep the id: they are the record of what was done.
    Outcome<void> succeed(const domain::GatewayId &before, const domain::GatewayId &now);
    /// The most bytes that the database file may have, rounded up to pages; what does not fit fails with DiskFull.
    /// Holds until the store is closed; never below the present size.
    Outcome<void> limitSize(qint64 bytes);

private:
    Sql &m_sql;
};

} // namespace flowgate::store
