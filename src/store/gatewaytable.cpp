// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/gatewaytable.h"

#include "store/codec.h"
#include "store/gatewayrow.h"
#include "store/sql.h"
#include "store/storedwords.h"
#include "store/values.h"

namespace flowgate::store {

using namespace domain;

namespace {

constexpr Statement upsert(R"(
INSERT INTO gateways (uid, wire_uid, first_seen, last_seen, sequence, restarts, last_start_nano, capabilities,
    description, description_at, description_stale, health_report, health_report_at, health_report_stale,
    effective_hash, effective_files, effective_at, effective_stale,
    remote_hash, remote_status, remote_error, remote_at, remote_stale, components_hash, admission,
    wanted_config, wanted_version, wanted_hash, proven_config, proven_version, proven_hash,
    failed_config, failed_version, failed_hash, failed_error, failed_at,
    presence, presence_since, transport, peer, starting_since,
    health, health_since, health_why, config, config_since, config_why, offered_connection,
    admitted_by, admitted_token, admitted_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
    ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (uid) DO UPDATE SET wire_uid = excluded.wire_uid, first_seen = excluded.first_seen,
    last_seen = excluded.last_seen, sequence = excluded.sequence, restarts = excluded.restarts,
    last_start_nano = excluded.last_start_nano, capabilities = excluded.capabilities,
    description = excluded.description, description_at = excluded.description_at,
    description_stale = excluded.description_stale, health_report = excluded.health_report,
    health_report_at = excluded.health_report_at, health_report_stale = excluded.health_report_stale,
    effective_hash = excluded.effective_hash, effective_files = excluded.effective_files,
    effective_at = excluded.effective_at, effective_stale = excluded.effective_stale,
    remote_hash = excluded.remote_hash, remote_status = excluded.remote_status,
    remote_error = excluded.remote_error, remote_at = excluded.remote_at, remote_stale = excluded.remote_stale,
    components_hash = excluded.components_hash, admission = excluded.admission,
    wanted_config = excluded.wanted_config, wanted_version = excluded.wanted_version,
    wanted_hash = excluded.wanted_hash, proven_config = excluded.proven_config,
    proven_version = excluded.proven_version, proven_hash = excluded.proven_hash,
    failed_config = excluded.failed_config, failed_version = excluded.failed_version,
    failed_hash = excluded.failed_hash, failed_error = excluded.failed_error, failed_at = excluded.failed_at,
    presence = excluded.presence, presence_since = excluded.presence_since, transport = excluded.transport,
    peer = excluded.peer, starting_since = excluded.starting_since, health = excluded.health,
    health_since = excluded.health_since, health_why = excluded.health_why, config = excluded.config,
    config_since = excluded.config_since, config_why = excluded.config_why,
    offered_connection = excluded.offered_connection, admitted_by = excluded.admitted_by,
    admitted_token = excluded.admitted_token, admitted_at = excluded.admitted_at)");

// The same columns as above, with those of containments behind them.
#define GATEWAY_ROWS                                                                                                   \
    "SELECT g.uid, wire_uid, first_seen, last_seen, sequence, restarts, last_start_nano, capabilities, "               \
    "description, description_at, description_stale, health_report, health_report_at, health_report_stale, "           \
    "effective_hash, effective_files, effective_at, effective_stale, "                                                 \
    "remote_hash, remote_status, remote_error, remote_at, remote_stale, components_hash, admission, "                  \
    "wanted_config, wanted_version, wanted_hash, proven_config, proven_version, proven_hash, "                         \
    "failed_config, failed_version, failed_hash, failed_error, failed_at, "                                            \
    "presence, presence_since, transport, peer, starting_since, "                                                      \
    "health, health_since, health_why, config, config_since, config_why, offered_connection, "                         \
    "admitted_by, admitted_token, admitted_at, "                                                                       \
    "c.wanted, c.effective, c.holds, c.differences "                                                                   \
    "FROM gateways g LEFT JOIN containments c ON c.uid = g.uid "
constexpr Statement selectAll(GATEWAY_ROWS "ORDER BY g.uid");
constexpr Statement selectOne(GATEWAY_ROWS "WHERE g.uid = ?");
constexpr int containmentColumn = 51;

Gateway wholeRow(const Row &row, std::vector<Damage> &damaged)
{
    Gateway gateway = gatewayOf(row, damaged);
    if (row.isNull(containmentColumn))
        return gateway;
    auto containment = codec::decode<Containment>(row.bytes(containmentColumn + 3));
    if (containment) {
        containment->wanted = ConfigHash(row.bytes(containmentColumn));
        containment->effective = ConfigHash(row.bytes(containmentColumn + 1));
        containment->contains = row.flag(containmentColumn + 2);
        gateway.containment = std::move(*containment);
    } else {
        damaged.push_back(
            {QStringLiteral("containments"), gateway.id.hex(), QLatin1StringView(codec::text(containment.error()))});
    }
    return gateway;
}

/// A row of `outcomes` from its column @p first on; nothing if its word is unknown.
std::optional<std::pair<ConfigHash, OfferOutcome>> outcomeOf(const Row &row, int first)
{
    const auto state = words::outcome.find(row.text(first + 1));
    if (!state)
        return {};
    return std::pair{ConfigHash(row.bytes(first)),
                     OfferOutcome{*state, row.time(first + 2), row.time(first + 3), row.text(first + 4)}};
}

void addOutcome(Gateway &gateway, const Row &row, std::vector<Damage> &damaged)
{
    if (auto outcome = outcomeOf(row, 1))
        gateway.outcomes.insert(outcome->first, std::move(outcome->second));
    else
        damaged.push_back({QStringLiteral("outcomes"), gateway.id.hex(), QStringLiteral("unknown word")});
}

} // namespace

Outcome<void> GatewayTable::put(const Gateway &gateway)
{
    return m_sql.run(upsert, gatewayValues(gateway))
        .and_then([&](int) { return putLabels(gateway); })
        .and_then([&] { return putOutcomes(gateway); })
        .and_then([&] { return putContainment(gateway); });
}

// Labels and outcomes change rarely while the gateway itself changes often: looking first saves most of the writing.
Outcome<void> GatewayTable::putLabels(const Gateway &gateway)
{
    Labels stored;
    Outcome<void> done =
        m_sql.each("SELECT name, value FROM labels WHERE uid = ?", {bound(gateway.id)}, [&](const Row &row) {
            stored.insert(row.text(0), row.text(1));
            return Outcome<void>();
        });
    if (!done || stored == gateway.labels)
        return done;
    done = m_sql.write("DELETE FROM labels WHERE uid = ?", {bound(gateway.id)});
    for (auto it = gateway.labels.cbegin(); done && it != gateway.labels.cend(); ++it) {
        done = m_sql.write("INSERT INTO labels (uid, name, value) VALUES (?, ?, ?) "
                           "ON CONFLICT (uid, name) DO UPDATE SET value = excluded.value",
                           {bound(gateway.id), bound(it.key()), bound(it.value())});
    }
    return done;
}

Outcome<void> GatewayTable::putOutcomes(const Gateway &gateway)
{
    QHash<ConfigHash, OfferOutcome> stored;
    std::vector<QByteArray> unwanted;
    Outcome<void> done = m_sql.each("SELECT hash, state, sent_at, seen_at, error FROM outcomes WHERE uid = ?",
                                    {bound(gateway.id)}, [&](const Row &row) {
                                        if (!gateway.outcomes.contains(ConfigHash(row.bytes(0))))
                                            unwanted.push_back(row.bytes(0));
                                        else if (auto outcome = outcomeOf(row, 0))
                                            stored.insert(outcome->first, std::move(outcome->second));
                                        return Outcome<void>();
                                    });
    for (const QByteArray &hash : unwanted) {
        if (!done)
            break;
        done = m_sql.write("DELETE FROM outcomes WHERE uid = ? AND hash = ?", {bound(gateway.id), bound(hash)});
    }
    for (auto it = gateway.outcomes.cbegin(); done && it != gateway.outcomes.cend(); ++it) {
        if (const auto known = stored.constFind(it.key()); known != stored.cend() && *known == *it)
            continue;
        done = m_sql.write("INSERT INTO outcomes (uid, hash, state, sent_at, seen_at, error) VALUES (?, ?, ?, ?, ?, ?) "
                           "ON CONFLICT (uid, hash) DO UPDATE SET state = excluded.state, "
                           "sent_at = excluded.sent_at, seen_at = excluded.seen_at, error = excluded.error",
                           {bound(gateway.id), bound(it.key()), bound(words::outcome.of(it->state)), bound(it->sentAt),
                            bound(it->at), bound(it->error)});
    }
    return done;
}

Outcome<void> GatewayTable::putContainment(const Gateway &gateway)
{
    if (!gateway.containment)
        return m_sql.write("DELETE FROM containments WHERE uid = ?", {bound(gateway.id)});
    const Containment &containment = *gateway.containment;
    return m_sql.write("INSERT INTO containments (uid, wanted, effective, holds, differences) VALUES (?, ?, ?, ?, ?) "
                       "ON CONFLICT (uid) DO UPDATE SET wanted = excluded.wanted, effective = excluded.effective, "
                       "holds = excluded.holds, differences = excluded.differences",
                       {bound(gateway.id), bound(containment.wanted), bound(containment.effective),
                        bound(containment.contains), bound(codec::encode(containment))});
}

Outcome<void> GatewayTable::touch(const std::vector<SeenMark> &marks)
{
    for (const SeenMark &mark : marks) {
        const auto done =
            m_sql.run("UPDATE gateways SET sequence = ?, last_seen = ? WHERE uid = ?",
                      {mark.sequence ? bits(*mark.sequence) : QVariant(), bound(mark.lastSeen), bound(mark.id)});
        if (!done)
            return domain::unexpected(done.error());
    }
    return {};
}

Outcome<void> GatewayTable::forget(const GatewayId &id)
{
    return m_sql.write("DELETE FROM gateways WHERE uid = ?", {bound(id)});
}

Outcome<LoadedGateways> GatewayTable::all()
{
    LoadedGateways loaded;
    QHash<QByteArray, size_t> placeOf;
    const auto gatewayOfRow = [&](const Row &row) -> Gateway * {
        const auto place = placeOf.constFind(row.bytes(0));
        return place == placeOf.cend() ? nullptr : &loaded.gateways[*place];
    };
    return m_sql
        .each(selectAll, {},
              [&](const Row &row) {
                  placeOf.insert(row.bytes(0), loaded.gateways.size());
                  loaded.gateways.push_back(wholeRow(row, loaded.damaged));
                  return Outcome<void>();
              })
        .and_then([&] {
            return m_sql.each("SELECT uid, name, value FROM labels", {}, [&](const Row &row) {
                if (Gateway *gateway = gatewayOfRow(row))
                    gateway->labels.insert(row.text(1), row.text(2));
                return Outcome<void>();
            });
        })
        .and_then([&] {
            return m_sql.each("SELECT uid, hash, state, sent_at, seen_at, error FROM outcomes", {},
                              [&](const Row &row) {
                                  if (Gateway *gateway = gatewayOfRow(row))
                                      addOutcome(*gateway, row, loaded.damaged);
                                  return Outcome<void>();
                              });
        })
        .map([&] { return std::move(loaded); });
}

Outcome<Gateway> GatewayTable::get(const GatewayId &id)
{
    std::optional<Gateway> gateway;
    std::vector<Damage> damaged;
    const Outcome<void> done =
        m_sql
            .each(selectOne, {bound(id)},
                  [&](const Row &row) {
                      gateway = wholeRow(row, damaged);
                      return Outcome<void>();
                  })
            .and_then([&] {
                return m_sql.each("SELECT name, value FROM labels WHERE uid = ?", {bound(id)}, [&](const Row &row) {
                    if (gateway)
                        gateway->labels.insert(row.text(0), row.text(1));
                    return Outcome<void>();
                });
            })
            .and_then([&] {
                return m_sql.each("SELECT uid, hash, state, sent_at, seen_at, error FROM outcomes WHERE uid = ?",
                                  {bound(id)}, [&](const Row &row) {
                                      if (gateway)
                                          addOutcome(*gateway, row, damaged);
                                      return Outcome<void>();
                                  });
            });
    if (!done)
        return domain::unexpected(done.error());
    if (!gateway)
        return domain::unexpected(StoreError{StoreErrorKind::NotFound, QStringLiteral("gateway")});
    if (!damaged.empty())
        return domain::unexpected(StoreError{StoreErrorKind::Damaged, damaged.front().detail});
    return *std::move(gateway);
}

} // namespace flowgate::store
