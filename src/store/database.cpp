// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include "store/dialect.h"
#include "store/sql.h"

#include <iterator>

namespace flowgate::store {

using namespace domain;

namespace {

void append(std::vector<Damage> &all, std::vector<Damage> &&some)
{
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
}

/// Hands the value of @p part to @p take; after an error nothing more is done.
template<typename T, typename Take>
void collect(Outcome<void> &done, Outcome<T> part, Take take)
{
    if (part)
        take(std::move(*part));
    else
        done = domain::unexpected(part.error());
}

} // namespace

Database::Database(Sql &sql)
    : gateways(sql)
    , spans(sql)
    , blobs(sql)
    , configs(sql)
    , rollouts(sql)
    , events(sql)
    , components(sql)
    , settings(sql)
    , observer(sql)
    , telemetry(sql)
    , tokens(sql)
    , m_sql(sql)
{
}

Outcome<void> Database::succeed(const GatewayId &before, const GatewayId &now)
{
    return spans.take(before, now)
        .and_then([&] { return telemetry.take(before, now); })
        .and_then([&] { return events.take(before, now); })
        .and_then([&] { return gateways.forget(before); });
}

Outcome<Snapshot> Database::snapshot()
{
    Snapshot all;
    Outcome<void> done;
    collect(done, gateways.all(), [&](LoadedGateways &&part) {
        all.gateways = std::move(part.gateways);
        append(all.damaged, std::move(part.damaged));
    });
    if (done)
        collect(done, spans.open(), [&](LoadedSpans &&part) {
            all.openSpans = std::move(part.spans);
            append(all.damaged, std::move(part.damaged));
        });
    if (done)
        collect(done, rollouts.active(), [&](LoadedRollouts &&part) {
            all.rollouts = std::move(part.rollouts);
            append(all.damaged, std::move(part.damaged));
        });
    if (done)
        collect(done, components.all(), [&](LoadedComponents &&part) {
            all.components = std::move(part.lists);
            append(all.damaged, std::move(part.damaged));
        });
    if (done)
        collect(done, configs.versions(), [&](auto &&part) { all.versions = std::move(part); });
    if (done)
        collect(done, configs.marks(), [&](auto &&part) { all.marks = std::move(part); });
    if (done)
        collect(done, settings.all(), [&](auto &&part) { all.settings = std::move(part); });
    if (done)
        collect(done, tokens.all(), [&](auto &&part) { all.tokens = std::move(part); });
    if (done)
        collect(done, observer.last(), [&](auto &&part) { all.previousRun = part; });
    return done.map([&] { return std::move(all); });
}

Outcome<ConfigSet> Database::effective(const GatewayId &gateway)
{
    return gateways.get(gateway).and_then([this](const Gateway &known) -> Outcome<ConfigSet> {
        if (!known.effective)
            return domain::unexpected(StoreError{StoreErrorKind::NotFound, QStringLiteral("effective config")});
        const EffectiveConfig &effective = known.effective->value;
        Outcome<ConfigSet> set = blobs.get(effective.hash);
        // Wire form has lost the name of a single file.
        if (set && set->files.size() == 1 && effective.files.size() == 1) {
            auto file = set->files.extract(set->files.begin());
            file.key() = effective.files.first();
            set->files.insert(std::move(file));
        }
        return set;
    });
}

Outcome<void> Database::limitSize(qint64 bytes)
{
    return dialect::limitSize(m_sql, bytes);
}

} // namespace flowgate::store
