// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/secretmasking.h"
#include "domain/unmatchedtelemetry.h"
#include "endpoint/orderedpool.h"
#include "store/storethread.h"
#include "telemetry/telemetrysink.h"

namespace flowgate::app {

/// Takes the gateways' own metrics and logs to the database, log lines without the secrets that we know, and tells of
/// new log lines.
/// @thread io
class OwnTelemetry final : public telemetry::TelemetrySink
{
public:
    /// While so many jobs wait for the disk, clients are asked to come again: OpAMP goes first.
    static constexpr int mostPending = 20'000;

    OwnTelemetry(const domain::Clock &clock, const Fleet &fleet, SecretMasking &masking, store::StoreThread &store)
        : m_clock(clock)
        , m_fleet(fleet)
        , m_masking(masking)
        , m_store(store)
    {
    }

    [[nodiscard]] Verdict takeMetrics(telemetry::MetricBatch batch) override;
    [[nodiscard]] Verdict takeLogs(telemetry::LogBatch batch) override;

    /// What came that belongs to no gateway: counted by whoever finds that out.
    [[nodiscard]] domain::UnmatchedTally &unmatched() { return m_unmatched; }

    /// Where rows are unpacked for whoever looks at them: a day of a gateway is 70,000 points, which neither the
    /// database thread nor this one has the time for.
    [[nodiscard]] endpoint::OrderedPool &readers() { return m_readers; }

    /// Is called with what one request brought, when it comes. @return a key for unfollow()
    using Follower = std::function<void(const telemetry::LogBatch &)>;
    int followLogs(Follower follower);
    void unfollow(int key);

private:
    template<typename Record>
    Verdict take(const telemetry::Batch<Record> &batch, store::TelemetryKind kind);

    const domain::Clock &m_clock;
    const Fleet &m_fleet;
    SecretMasking &m_masking;
    store::StoreThread &m_store;
    std::vector<std::pair<int, Follower>> m_followers;
    int m_nextKey = 1;
    domain::UnmatchedTally m_unmatched;
    endpoint::OrderedPool m_readers{1, 64};
};

} // namespace flowgate::app
