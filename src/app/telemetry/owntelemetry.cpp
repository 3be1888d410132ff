// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/owntelemetry.h"

#include "telemetry/batchcodec.h"

#include <algorithm>

namespace flowgate::app {

using Verdict = telemetry::TelemetrySink::Verdict;
using namespace std::chrono_literals;

template<typename Record>
Verdict OwnTelemetry::take(const telemetry::Batch<Record> &batch, store::TelemetryKind kind)
{
    const domain::Gateway *gateway = m_fleet.find(batch.gateway);
    if (!gateway || gateway->admission != domain::Admission::Approved)
        return Verdict::Unknown;
    if (m_store.stats().pending > mostPending)
        return Verdict::Busy;
    const auto [first, last] = std::ranges::minmax(batch.records, {}, &Record::at);
    store::TelemetryBatch packed;
    packed.gateway = batch.gateway;
    packed.kind = kind;
    // A clock that is far ahead must not put a batch out of reach of those who look for it, and of those who tidy up.
    packed.at = std::min(last.at, m_clock.now() + 1h);
    packed.began = std::min(first.at, packed.at);
    packed.records = static_cast<int>(batch.records.size());
    packed.body = telemetry::packed(batch.records);
    store::Job job;
    job.bytes = packed.body.size();
    job.work = [packed = std::move(packed)](store::Database &database) { return database.telemetry.add(packed); };
    return m_store.post(std::move(job)) ? Verdict::Taken : Verdict::Busy;
}

Verdict OwnTelemetry::takeMetrics(telemetry::MetricBatch batch)
{
    return take(batch, store::TelemetryKind::Metrics);
}

Verdict OwnTelemetry::takeLogs(telemetry::LogBatch batch)
{
    const domain::Gateway *gateway = m_fleet.find(batch.gateway);
    if (gateway && !m_masking.maskLogs(*gateway, batch.records))
        return Verdict::Busy; // its configs are being read: it is asked to send them again
    const Verdict verdict = take(batch, store::TelemetryKind::Logs);
    if (verdict == Verdict::Taken) {
        const auto followers = m_followers; // one may leave while it is told
        for (const auto &[key, follower] : followers)
            follower(batch);
    }
    return verdict;
}

int OwnTelemetry::followLogs(Follower follower)
{
    m_followers.emplace_back(m_nextKey, std::move(follower));
    return m_nextKey++;
}

void OwnTelemetry::unfollow(int key)
{
    std::erase_if(m_followers, [key](const auto &entry) { return entry.first == key; });
}

} // namespace flowgate::app
