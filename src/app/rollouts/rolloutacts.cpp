// SPDX-License-Identifier: GPL-3.0-or-later
// What people do to rollouts, as against what the rules make of them.
#include "app/journal/storewords.h"
#include "app/rollouts/rolloutdriver.h"

namespace flowgate::app {

using domain::Rollout;

void RolloutDriver::start(Rollout rollout, Done<QString> done)
{
    const QString id = rollout.id;
    QSet<domain::GatewayId> covered;
    for (const domain::RolloutTarget &target : rollout.targets) {
        if (target.step != domain::TargetStep::Skipped)
            covered.insert(target.gateway);
    }
    m_starting.insert(id);
    const Rollout &kept = m_rollouts.insert_or_assign(id, std::move(rollout)).first->second;
    // On disk before it is sent: a crash in between must not lose what the operator was told is under way.
    m_save(kept, Keep::OrRefused, [this, id, covered, done](const store::Outcome<void> &saved) {
        m_starting.remove(id);
        if (!saved) {
            m_rollouts.erase(id);
            return done(storeFailed(saved.error()));
        }
        for (auto &[otherId, other] : m_rollouts) {
            if (otherId != id && domain::supersede(other, covered, m_clock.now())) {
                m_save(other, Keep::Soon, {});
                Q_EMIT rolloutChanged(other);
            }
        }
        const Rollout &begun = m_rollouts.at(id);
        m_events.add(QStringLiteral("rollout_started"), QStringLiteral("Rollout of %1 started").arg(subjectOf(begun)),
                     {}, begun.by);
        Q_EMIT rolloutChanged(begun);
        done(id);
        scheduleTurns();
    });
}

void RolloutDriver::act(const QString &id, const QString &kind, const QString &text, const QString &by,
                        const Act &change, Done<Nothing> done)
{
    const auto found = m_rollouts.find(id);
    if (found == m_rollouts.end() || m_starting.contains(id))
        return done(failed(FailureCode::RolloutNotFound, id));
    Rollout changed = found->second;
    if (!change(changed))
        return done(
            failed(FailureCode::WrongState,
                   QStringLiteral("the rollout is %1: this cannot be done now").arg(domain::word(changed.state))));
    const Rollout before = std::exchange(found->second, changed);
    m_save(changed, Keep::OrRefused, [this, before, changed, kind, text, by, done](const store::Outcome<void> &saved) {
        if (!saved) {
            const auto now = m_rollouts.find(before.id);
            if (now != m_rollouts.end() && now->second == changed)
                now->second = before;
            return done(storeFailed(saved.error()));
        }
        m_events.add(kind, QStringLiteral("Rollout of %1 %2").arg(subjectOf(changed), text), {}, by);
        Q_EMIT rolloutChanged(changed);
        done(Nothing{});
        scheduleTurns();
    });
}

void RolloutDriver::halt(const QString &id, const QString &by, Done<Nothing> done)
{
    act(
        id, QStringLiteral("rollout_halted"), QStringLiteral("halted"), by,
        [](Rollout &rollout) { return domain::haltRollout(rollout); }, std::move(done));
}

void RolloutDriver::resume(const QString &id, const QString &by, Done<Nothing> done)
{
    act(
        id, QStringLiteral("rollout_resumed"), QStringLiteral("resumed"), by,
        [this](Rollout &rollout) { return domain::resumeRollout(rollout, m_clock.now()); }, std::move(done));
}

void RolloutDriver::rollBack(const QString &id, const QString &by, Done<Nothing> done)
{
    act(
        id, QStringLiteral("rollout_rolling_back"), QStringLiteral("is being rolled back"), by,
        [this](Rollout &rollout) { return domain::rollBackRollout(rollout, m_clock.now()); }, std::move(done));
}

void RolloutDriver::end(const QString &id, const QString &by, Done<Nothing> done)
{
    act(
        id, QStringLiteral("rollout_ended"), QStringLiteral("ended"), by,
        [](Rollout &rollout) { return domain::endRollout(rollout); }, std::move(done));
}

} // namespace flowgate::app
