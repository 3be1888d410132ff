// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/rolloutturn.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

bool isProvenEnough(TargetStep step)
{
    return step == TargetStep::Proven || step == TargetStep::Unproven;
}

bool wentWrong(TargetStep step)
{
    return step == TargetStep::Failed || step == TargetStep::RolledBack || step == TargetStep::Unanswered;
}

/// One turn over one rollout; collects what changes.
class Turn
{
public:
    Turn(Rollout rollout, const SightOf &sightOf, WallTime now)
        : m_rollout(std::move(rollout))
        , m_sightOf(sightOf)
        , m_now(now)
    {
    }

    RolloutTurn take()
    {
        const Rollout before = m_rollout;
        for (RolloutTarget &target : m_rollout.targets)
            judge(target);
        concludeWaves();
        const bool changed = !(m_rollout == before);
        return {std::move(m_rollout), std::move(m_actions), changed};
    }

private:
    void moveTo(RolloutTarget &target, TargetStep step, const QString &error = {})
    {
        target.step = step;
        target.since = m_now;
        target.error = error;
        target.seen.push_back({m_now, word(step)});
    }

    void act(RolloutAction::Kind kind, const RolloutTarget &target, const ConfigRef &ref, const QString &error = {},
             bool retry = false)
    {
        m_actions.push_back({kind, target.gateway, ref, retry, error});
    }

    [[nodiscard]] bool mayBegin(const RolloutTarget &target) const
    {
        if (target.wave == 0)
            return m_rollout.inForce;
        return m_rollout.state == RolloutState::Running && target.wave <= m_rollout.wave;
    }

    void judge(RolloutTarget &target)
    {
        const std::optional<TargetSight> sight = m_sightOf(target.gateway, m_rollout.ref.hash);
        if (!sight) {
            if (target.step != TargetStep::Skipped && !wentWrong(target.step) && !isProvenEnough(target.step))
                moveTo(target, TargetStep::Skipped, QStringLiteral("the gateway was forgotten"));
            else if (target.backStep == BackStep::Sent)
                target.backStep = BackStep::NotProven;
            return;
        }
        // One move a turn: what it asks for is carried out before the next turn looks again.
        if (target.step == TargetStep::Queued && mayBegin(target))
            begin(target, *sight);
        else if (target.step == TargetStep::Waiting && sight->connected)
            begin(target, *sight);
        else if (isUnderWay(target.step))
            judgeUnderWay(target, *sight);
        else if (target.backStep == BackStep::Sent)
            judgeBack(target);
    }

    void begin(RolloutTarget &target, const TargetSight &sight)
    {
        const bool retry = m_rollout.options.force || target.sentAt.has_value();
        if (!sight.approved)
            return moveTo(target, TargetStep::Skipped, QStringLiteral("not approved"));
        if (sight.connected && !sight.accepts)
            return moveTo(target, TargetStep::Skipped, QStringLiteral("does not accept remote configs"));
        if (sight.failedHere && !retry)
            return moveTo(target, TargetStep::Skipped, QStringLiteral("failed here before: ") + sight.error);

        if (target.step == TargetStep::Waiting && !sight.isWanted)
            return moveTo(target, TargetStep::Skipped, QStringLiteral("another version is wanted by now"));
        if (target.step == TargetStep::Queued) {
            target.back =
                sight.lastProven && sight.lastProven->hash != m_rollout.ref.hash ? sight.lastProven : std::nullopt;
            act(RolloutAction::Kind::Want, target, m_rollout.ref, {}, retry);
            target.sentAt.reset();
        } else if (sight.sentAt && *sight.sentAt >= target.since) {
            target.sentAt = sight.sentAt; // it was sent the moment the gateway came back
        }
        target.healthyFrom.reset();
        target.backStep = BackStep::None;
        moveTo(target, sight.connected ? TargetStep::Offered : TargetStep::Waiting,
               sight.connected ? QString() : QStringLiteral("offline; gets it when it returns"));
    }

    void judgeUnderWay(RolloutTarget &target, const TargetSight &sight)
    {
        if (!sight.isWanted)
            return moveTo(target, TargetStep::Skipped, QStringLiteral("another version is wanted by now"));
        if (!target.sentAt) {
            // A gateway that has it already is sent nothing; otherwise the clock starts when it goes out.
            if (sight.sentAt && *sight.sentAt >= target.since)
                target.sentAt = sight.sentAt;
            else if ((sight.status && sight.status != ApplyStatus::Failed) ||
                     (!sight.reportsStatus && sight.contains == true))
                target.sentAt = m_now;
            else if (!sight.connected)
                return moveTo(target, TargetStep::Waiting, QStringLiteral("offline; gets it when it returns"));
            else
                return;
        }
        if (sight.failedHere)
            return fail(target, sight,
                        sight.error.isEmpty() ? QStringLiteral("the gateway reported FAILED") : sight.error);
        if (sight.status == ApplyStatus::Applying && target.step == TargetStep::Offered)
            moveTo(target, TargetStep::Applying);
        if (isUnhealthyWithIt(target, sight))
            return fail(target, sight, QStringLiteral("unhealthy: ") + sight.healthError);

        if (isAllSeen(sight)) {
            if (target.step != TargetStep::Soaking) {
                moveTo(target, TargetStep::Soaking);
                target.healthyFrom = m_now;
            }
            if (m_now - *target.healthyFrom >= m_rollout.options.soak)
                prove(target, sight);
            return;
        }
        if (target.step == TargetStep::Soaking) {
            moveTo(target, TargetStep::Applying);
            target.healthyFrom.reset();
        }
        judgeDeadline(target, sight);
    }

    /// Every part of the proof that this gateway can report is there.
    [[nodiscard]] static bool isAllSeen(const TargetSight &sight)
    {
        return sight.connected && (!sight.reportsStatus || sight.status == ApplyStatus::Applied) &&
               (!sight.reportsEffective || sight.contains == true) &&
               (!sight.reportsHealth || sight.health == HealthState::Healthy);
    }

    /// Unhealthy counts once it was seen after the config took effect: before, it may be the state that the config
    /// mends.
    [[nodiscard]] static bool isUnhealthyWithIt(const RolloutTarget &target, const TargetSight &sight)
    {
        if (!sight.reportsHealth || sight.health != HealthState::Unhealthy)
            return false;
        return target.step == TargetStep::Soaking ||
               (sight.status == ApplyStatus::Applied && sight.healthAt > sight.statusAt);
    }

    void judgeDeadline(RolloutTarget &target, const TargetSight &sight)
    {
        const bool soakedBefore = std::any_of(target.seen.begin(), target.seen.end(), [&](const Sighting &s) {
            return s.at >= *target.sentAt && s.what == word(TargetStep::Soaking);
        });
        const milliseconds allowance =
            m_rollout.options.timeout + (soakedBefore ? 2 * m_rollout.options.soak : milliseconds(0));
        if (m_now - *target.sentAt < allowance)
            return;
        const bool answered = sight.status.has_value() || (!sight.reportsStatus && sight.contains == true);
        if (!answered) {
            act(RolloutAction::Kind::RememberSilent, target, m_rollout.ref, QStringLiteral("no answer in time"));
            return moveTo(target, TargetStep::Unanswered,
                          QStringLiteral("no answer within %1 s").arg(m_rollout.options.timeout.count() / 1000));
        }
        fail(target, sight, reasonOfTimeout(sight));
    }

    [[nodiscard]] QString reasonOfTimeout(const TargetSight &sight) const
    {
        const QString within = QStringLiteral(" within %1 s").arg(m_rollout.options.timeout.count() / 1000);
        if (!sight.connected)
            return QStringLiteral("the connection was lost and not back") + within;
        if (sight.reportsStatus && sight.status != ApplyStatus::Applied)
            return QStringLiteral("not applied") + within;
        if (sight.reportsEffective && sight.contains != true)
            return QStringLiteral("applied, but the effective config does not contain it") + within;
        const QString error = sight.healthError.isEmpty() ? QString() : QStringLiteral(": ") + sight.healthError;
        return QStringLiteral("applied, but not healthy") + within + error;
    }

    void prove(RolloutTarget &target, const TargetSight &sight)
    {
        if (const QStringList missing = sight.unprovableParts(); !missing.isEmpty())
            return moveTo(target, TargetStep::Unproven,
                          QStringLiteral("the gateway does not report: ") + missing.join(QStringLiteral(", ")));
        act(RolloutAction::Kind::RememberProven, target, m_rollout.ref);
        moveTo(target, TargetStep::Proven);
    }

    void fail(RolloutTarget &target, const TargetSight &sight, const QString &error)
    {
        act(RolloutAction::Kind::RememberFailed, target, m_rollout.ref, error);
        moveTo(target, TargetStep::Failed, error);
        if (m_rollout.options.putBack)
            sendBack(target, sight.lastProven);
    }

    void sendBack(RolloutTarget &target, const std::optional<ConfigRef> &proven)
    {
        target.back = proven && proven->hash != m_rollout.ref.hash ? proven : std::nullopt;
        if (!target.back) {
            target.seen.push_back({m_now, QStringLiteral("no_proven_version")});
            return;
        }
        act(RolloutAction::Kind::Want, target, *target.back, {}, true);
        target.backStep = BackStep::Sent;
        target.backAt = m_now;
        target.seen.push_back({m_now, QStringLiteral("put_back")});
    }

    void judgeBack(RolloutTarget &target)
    {
        const std::optional<TargetSight> sight = m_sightOf(target.gateway, target.back->hash);
        if (!sight || !sight->isWanted || sight->failedHere) {
            target.backStep = BackStep::NotProven;
            target.seen.push_back({m_now, QStringLiteral("not_back")});
        } else if (isAllSeen(*sight)) {
            const QString error = target.error;
            target.backStep = BackStep::Done;
            moveTo(target, TargetStep::RolledBack, error);
        } else if (m_now - target.backAt >= m_rollout.options.timeout) {
            target.backStep = BackStep::NotProven;
            target.seen.push_back({m_now, QStringLiteral("not_back")});
        }
    }

    void concludeWaves()
    {
        if (m_rollout.state != RolloutState::Running)
            return;
        const auto any = [this](auto &&predicate) {
            return std::any_of(m_rollout.targets.begin(), m_rollout.targets.end(), predicate);
        };
        const auto isStep = [](TargetStep step) { return [step](const RolloutTarget &t) { return t.step == step; }; };
        if (any([](const RolloutTarget &t) { return wentWrong(t.step); })) {
            const bool more = any(isStep(TargetStep::Queued)) || any(isStep(TargetStep::Unanswered));
            m_rollout.state = more ? RolloutState::Halted : RolloutState::Failed;
            return;
        }
        const auto isQueued = [](const RolloutTarget &t) { return t.step == TargetStep::Queued && t.wave > 0; };
        while (!any([this](const RolloutTarget &t) { return t.wave <= m_rollout.wave && isUnderWay(t.step); })) {
            if (!any(isQueued)) {
                if (any([](const RolloutTarget &t) { return isProvenEnough(t.step); })) {
                    m_rollout.state = RolloutState::Succeeded;
                    m_rollout.inForce = true;
                } else if (!any(isStep(TargetStep::Waiting))) {
                    m_rollout.state = RolloutState::Failed; // everything was skipped
                }
                return;
            }
            ++m_rollout.wave;
            for (RolloutTarget &target : m_rollout.targets) {
                if (target.step == TargetStep::Queued && mayBegin(target))
                    judge(target);
            }
        }
    }

    Rollout m_rollout;
    const SightOf &m_sightOf;
    WallTime m_now;
    std::vector<RolloutAction> m_actions;
};

} // namespace

QStringList TargetSight::unprovableParts() const
{
    QStringList missing;
    if (!reportsStatus)
        missing.append(QStringLiteral("remote config status"));
    if (!reportsEffective)
        missing.append(QStringLiteral("effective config"));
    if (!reportsHealth)
        missing.append(QStringLiteral("health"));
    return missing;
}

TargetSight sightOf(const Gateway &gateway, const ConfigHash &hash)
{
    TargetSight sight;
    sight.connected = gateway.presence.state == PresenceState::Connected;
    sight.approved = gateway.admission == Admission::Approved;
    sight.accepts = gateway.capabilities.has(Capability::AcceptsRemoteConfig);
    sight.reportsStatus = gateway.capabilities.has(Capability::ReportsRemoteConfig);
    sight.reportsEffective = gateway.capabilities.has(Capability::ReportsEffectiveConfig);
    sight.reportsHealth = gateway.capabilities.has(Capability::ReportsHealth);
    sight.isWanted = gateway.wanted && gateway.wanted->hash == hash;
    if (const auto outcome = gateway.outcomes.constFind(hash); outcome != gateway.outcomes.constEnd()) {
        if (outcome->sentAt != WallTime{})
            sight.sentAt = outcome->sentAt;
        sight.failedHere = outcome->state == OfferOutcome::State::Failed;
        sight.error = outcome->error;
    }
    if (gateway.remoteConfig && gateway.remoteConfig->value.hash == hash) {
        sight.status = gateway.remoteConfig->value.status;
        sight.statusAt = gateway.remoteConfig->at;
    }
    if (gateway.containment && gateway.effective && gateway.containment->wanted == hash &&
        gateway.containment->effective == gateway.effective->value.hash)
        sight.contains = gateway.containment->contains;
    sight.health = gateway.health.state;
    sight.healthError = gateway.health.why;
    if (gateway.healthReport)
        sight.healthAt = gateway.healthReport->at;
    sight.lastProven = gateway.lastProven;
    return sight;
}

RolloutTurn takeTurn(Rollout rollout, const SightOf &sightOf, WallTime now)
{
    return Turn(std::move(rollout), sightOf, now).take();
}

} // namespace flowgate::domain
