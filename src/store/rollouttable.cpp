// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rollouttable.h"

#include "store/codec.h"
#include "store/sql.h"
#include "store/storedwords.h"
#include "store/values.h"

#include <set>

namespace flowgate::store {

using namespace domain;

namespace {

#define ROLLOUT_COLUMNS                                                                                                \
    "id, config, version, hash, selector, options, state, created_at, started_by, wave, in_force, given_up FROM "      \
    "rollouts "

Outcome<Rollout> headOf(const Row &row)
{
    const auto damaged = [&row](const char *what) {
        return domain::unexpected(StoreError{
            StoreErrorKind::Damaged, QStringLiteral("rollout %1: %2").arg(row.text(0), QLatin1StringView(what))});
    };
    Rollout rollout;
    rollout.id = row.text(0);
    rollout.ref = {row.text(1), row.count(2), ConfigHash(row.bytes(3))};
    rollout.selector = row.text(4);
    auto options = codec::decode<RolloutOptions>(row.bytes(5));
    if (!options)
        return damaged(codec::text(options.error()));
    rollout.options = std::move(*options);
    const auto state = rolloutStateFromWord(row.text(6));
    if (!state)
        return damaged("unknown state");
    rollout.state = *state;
    rollout.createdAt = row.time(7);
    rollout.by = row.text(8);
    rollout.wave = row.count(9);
    rollout.inForce = row.flag(10);
    rollout.isGivenUp = row.flag(11);
    return rollout;
}

Outcome<RolloutTarget> targetOf(const Row &row)
{
    const auto step = targetStepFromWord(row.text(2));
    const auto backStep = words::backStep.find(row.text(10));
    auto seen = codec::decode<std::vector<Sighting>>(row.bytes(12));
    if (!step || !backStep || !seen)
        return domain::unexpected(StoreError{StoreErrorKind::Damaged, QStringLiteral("rollout target")});
    RolloutTarget target;
    target.gateway = GatewayId(row.bytes(0));
    target.wave = row.count(1);
    target.step = *step;
    target.since = row.time(3);
    target.error = row.text(4);
    target.sentAt = row.timeIfAny(5);
    target.healthyFrom = row.timeIfAny(6);
    if (!row.isNull(7))
        target.back = ConfigRef{row.text(7), row.count(8), ConfigHash(row.bytes(9))};
    target.backStep = *backStep;
    target.backAt = row.time(11);
    target.seen = std::move(*seen);
    target.begunAt = row.timeIfAny(13);
    target.soaked = row.flag(14);
    target.restarts = row.count(15);
    target.resent = row.flag(16);
    return target;
}

Outcome<void> readTargets(Sql &sql, Rollout &rollout)
{
    return sql.each("SELECT uid, wave, step, since, error, sent_at, healthy_from, back_config, back_version, "
                    "back_hash, back_step, back_at, seen, begun_at, soaked, restarts, resent FROM rollout_targets "
                    "WHERE rollout = ? ORDER BY place, uid",
                    {bound(rollout.id)}, [&](const Row &row) {
                        return targetOf(row).map(
                            [&](RolloutTarget &&target) { rollout.targets.push_back(std::move(target)); });
                    });
}

Outcome<void> writeTarget(Sql &sql, const QString &rollout, int place, const RolloutTarget &target)
{
    QVariantList values;
    values << bound(rollout) << bound(target.gateway) << bound(place) << bound(target.wave) << bound(word(target.step))
           << bound(target.since) << bound(target.error) << bound(target.sentAt) << bound(target.healthyFrom);
    if (target.back)
        values << bound(target.back->config) << bound(target.back->version) << bound(target.back->hash);
    else
        values << QVariant() << QVariant() << QVariant();
    values << bound(words::backStep.of(target.backStep)) << bound(target.backAt) << bound(codec::encode(target.seen))
           << bound(target.begunAt) << bound(target.soaked) << bound(target.restarts) << bound(target.resent);
    return sql.write(R"(
INSERT INTO rollout_targets (rollout, uid, place, wave, step, since, error, sent_at, healthy_from,
    back_config, back_version, back_hash, back_step, back_at, seen, begun_at, soaked, restarts, resent)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (rollout, uid) DO UPDATE SET place = excluded.place, wave = excluded.wave, step = excluded.step,
    since = excluded.since, error = excluded.error, sent_at = excluded.sent_at, healthy_from = excluded.healthy_from,
    back_config = excluded.back_config, back_version = excluded.back_version, back_hash = excluded.back_hash,
    back_step = excluded.back_step, back_at = excluded.back_at, seen = excluded.seen, begun_at = excluded.begun_at,
    soaked = excluded.soaked, restarts = excluded.restarts, resent = excluded.resent)",
                     values);
}

} // namespace

Outcome<void> RolloutTable::putHead(const Rollout &rollout)
{
    return m_sql.write(R"(
INSERT INTO rollouts (id, config, version, hash, selector, options, state, created_at, started_by, wave, in_force,
    given_up)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET config = excluded.config, version = excluded.version, hash = excluded.hash,
    selector = excluded.selector, options = excluded.options, state = excluded.state,
    created_at = excluded.created_at, started_by = excluded.started_by, wave = excluded.wave,
    in_force = excluded.in_force, given_up = excluded.given_up)",
                       {bound(rollout.id), bound(rollout.ref.config), bound(rollout.ref.version),
                        bound(rollout.ref.hash), bound(rollout.selector), bound(codec::encode(rollout.options)),
                        bound(word(rollout.state)), bound(rollout.createdAt), bound(rollout.by), bound(rollout.wave),
                        bound(rollout.inForce), bound(rollout.isGivenUp)});
}

Outcome<void> RolloutTable::put(const Rollout &rollout)
{
    std::set<QByteArray> kept;
    for (const RolloutTarget &target : rollout.targets)
        kept.insert(target.gateway.bytes());
    std::vector<QByteArray> unwanted;
    Outcome<void> done = putHead(rollout).and_then([&] {
        return m_sql.each("SELECT uid FROM rollout_targets WHERE rollout = ?", {bound(rollout.id)},
                          [&](const Row &row) {
                              if (!kept.contains(row.bytes(0)))
                                  unwanted.push_back(row.bytes(0));
                              return Outcome<void>();
                          });
    });
    for (auto uid = unwanted.cbegin(); done && uid != unwanted.cend(); ++uid)
        done =
            m_sql.write("DELETE FROM rollout_targets WHERE rollout = ? AND uid = ?", {bound(rollout.id), bound(*uid)});
    int place = 0;
    for (auto target = rollout.targets.cbegin(); done && target != rollout.targets.cend(); ++target)
        done = writeTarget(m_sql, rollout.id, place++, *target);
    return done;
}

Outcome<void> RolloutTable::putTargets(const QString &rollout, const std::vector<RolloutTarget> &targets)
{
    for (const RolloutTarget &target : targets) {
        // A known target keeps its place, a new one comes last.
        int place = 0;
        Outcome<void> done =
            m_sql.each("SELECT COALESCE((SELECT place FROM rollout_targets WHERE rollout = ? AND uid = ?), "
                       "(SELECT MAX(place) + 1 FROM rollout_targets WHERE rollout = ?), 0)",
                       {bound(rollout), bound(target.gateway), bound(rollout)}, [&](const Row &row) {
                           place = row.count(0);
                           return Outcome<void>();
                       });
        if (done)
            done = writeTarget(m_sql, rollout, place, target);
        if (!done)
            return done;
    }
    return {};
}

Outcome<LoadedRollouts> RolloutTable::active()
{
    LoadedRollouts loaded;
    std::vector<Rollout> heads;
    const auto note = [&loaded](const QString &id, const StoreError &error) {
        loaded.damaged.push_back({QStringLiteral("rollouts"), id, error.detail});
    };
    const Outcome<void> done = m_sql.each(
        "SELECT " ROLLOUT_COLUMNS "WHERE state IN ('running', 'halted', 'rolling_back') OR in_force OR EXISTS "
        "(SELECT 1 FROM rollout_targets t WHERE t.rollout = rollouts.id AND t.back_step IN ('asked', 'sent')) "
        "ORDER BY created_at, id",
        {}, [&](const Row &row) {
            auto head = headOf(row);
            if (head)
                heads.push_back(std::move(*head));
            else
                note(row.text(0), head.error());
            return Outcome<void>();
        });
    if (!done)
        return domain::unexpected(done.error());
    for (Rollout &rollout : heads) {
        const Outcome<void> read = readTargets(m_sql, rollout);
        if (read)
            loaded.rollouts.push_back(std::move(rollout));
        else if (read.error().kind == StoreErrorKind::Damaged)
            note(rollout.id, read.error());
        else
            return domain::unexpected(read.error());
    }
    return loaded;
}

Outcome<Rollout> RolloutTable::get(const QString &id)
{
    Outcome<Rollout> rollout = domain::unexpected(StoreError{StoreErrorKind::NotFound, QStringLiteral("rollout")});
    return m_sql
        .each("SELECT " ROLLOUT_COLUMNS "WHERE id = ?", {bound(id)},
              [&](const Row &row) {
                  rollout = headOf(row);
                  return Outcome<void>();
              })
        .and_then([&]() -> Outcome<void> {
            if (!rollout)
                return domain::unexpected(rollout.error());
            return readTargets(m_sql, *rollout);
        })
        .and_then([&] { return std::move(rollout); });
}

Outcome<std::vector<RolloutHead>> RolloutTable::list(int limit)
{
    std::vector<RolloutHead> heads;
    Outcome<void> done = m_sql.each("SELECT " ROLLOUT_COLUMNS "ORDER BY created_at DESC, id DESC LIMIT ?",
                                    {bound(limit)}, [&](const Row &row) {
                                        if (auto head = headOf(row))
                                            heads.push_back({std::move(*head), {}});
                                        return Outcome<void>();
                                    });
    for (auto head = heads.begin(); done && head != heads.end(); ++head) {
        done = m_sql.each("SELECT step, COUNT(*) FROM rollout_targets WHERE rollout = ? GROUP BY step",
                          {bound(head->rollout.id)}, [&](const Row &row) {
                              if (const auto step = targetStepFromWord(row.text(0)))
                                  head->counts[*step] = row.count(1);
                              return Outcome<void>();
                          });
    }
    if (!done)
        return domain::unexpected(done.error());
    return heads;
}

} // namespace flowgate::store
