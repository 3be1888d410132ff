// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/rolloutturn.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

/// Most sightings that are kept of one target, but for those that end it: a gateway may flap as often as it likes.
constexpr size_t mostSightings = 200;
/// So long may a connected gateway take until the config goes out to it: longer than any pause between HTTP polls.
constexpr milliseconds longestUntilSent{300'000};

/// Whether @p what was seen at the target after the last @p marker.
bool isSeenSince(const RolloutTarget &target, QStringView marker, QStringView what)
{
    for (auto it = target.seen.rbegin(); it != target.seen.rend() && it->what != marker; ++it) {
        if (it->what == what)
            return true;
    }
    return false;
}

/// Nothing happened to the target since this control plane began to observe it again.
bool isJustRestored(const RolloutTarget &target)
{
    return !target.seen.empty() && target.seen.back().what == sighted::observedAgain;
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
        if (target.seen.size() < mostSightings || (!isUnderWay(step) && step != TargetStep::Waiting))
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
        else if (target.step == TargetStep::Waiting && isToBeTakenBack(m_rollout, target))
            takeBack(target, *sight);
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
        if (target.step == TargetStep::Queued) {
            if (sight.failedHere && !retry)
                return moveTo(target, TargetStep::Skipped, QStringLiteral("failed here before: ") + sight.error);
            if (target.sentAt && !sight.isWanted && !isBackWanted(target)) // tried before; another one took over since
                return moveTo(target, TargetStep::Skipped, QStringLiteral("another version is wanted by now"));
            target.back =
                sight.lastProven && sight.lastProven->hash != m_rollout.ref.hash ? sight.lastProven : std::nullopt;
            act(RolloutAction::Kind::Want, target, m_rollout.ref, {}, retry);
            target.sentAt.reset();
        } else {
            if (!sight.isWanted && !wantAgain(target, sight))
                return;
            if (sight.sentAt && *sight.sentAt >= target.since)
                target.sentAt = sight.sentAt; // it was sent the moment the gateway came back
        }
        target.healthyFrom.reset();
        target.backStep = BackStep::None;
        // After our own restart nobody is connected yet: if that counted as offline, every wave would begin at once.
        if (sight.connected || sight.isAwaited)
            moveTo(target, TargetStep::Offered);
        else
            moveTo(target, TargetStep::Waiting, sight.whenReached());
    }

    [[nodiscard]] bool isBackWanted(const RolloutTarget &target) const
    {
        const auto sight = target.back ? m_sightOf(target.gateway, target.back->hash) : std::nullopt;
        return sight && sight->isWanted;
    }

    /// Another version is wanted. Right after a restart that means that a kill came between writing the rollout down
    /// and carrying out what it asked for; at any other time somebody else decided.
    bool wantAgain(RolloutTarget &target, const TargetSight &sight)
    {
        if (!isJustRestored(target)) {
            moveTo(target, TargetStep::Skipped, QStringLiteral("another version is wanted by now"));
            return false;
        }
        act(RolloutAction::Kind::Want, target, m_rollout.ref, {}, sight.failedHere);
        target.seen.push_back({m_now, QStringLiteral("wanted_again")});
        return true;
    }

    /// The rollout was stopped before this offline gateway came back: it must not get the config then.
    void takeBack(RolloutTarget &target, const TargetSight &sight)
    {
        if (sight.isWanted && target.back)
            act(RolloutAction::Kind::Want, target, *target.back, {}, true);
        else if (sight.isWanted && !sight.lastProven && !sight.sentAt)
            act(RolloutAction::Kind::WantNothing, target, m_rollout.ref);
        const bool mayGoOn = m_rollout.state == RolloutState::Halted || m_rollout.state == RolloutState::Failed;
        moveTo(target, mayGoOn ? TargetStep::Queued : TargetStep::Skipped,
               mayGoOn ? QString() : QStringLiteral("stopped before it was sent"));
    }

    void judgeUnderWay(RolloutTarget &target, const TargetSight &sight)
    {
        if (!sight.isWanted) {
            wantAgain(target, sight);
            return;
        }
        if (sight.failedHere)
            return fail(target, sight,
                        sight.error.isEmpty() ? QStringLiteral("the gateway reported FAILED") : sight.error);
        if (!target.sentAt)
            noteSent(target, sight);
        if (!target.sentAt)
            return judgeUnsent(target, sight);
        if (sight.status == ApplyStatus::Applying && target.step == TargetStep::Offered)
            moveTo(target, TargetStep::Applying);
        if (isUnhealthyWithIt(target, sight))
            return fail(target, sight, QStringLiteral("unhealthy: ") + sight.healthError);

        if (sight.isAllSeen()) {
            if (target.step != TargetStep::Soaking)
                moveTo(target, TargetStep::Soaking);
            if (!target.healthyFrom)
                target.healthyFrom = m_now;
            if (m_now - *target.healthyFrom >= m_rollout.options.soak)
                prove(target, sight);
            return;
        }
        if (target.step == TargetStep::Soaking) {
            moveTo(target, TargetStep::Applying);
            target.healthyFrom.reset();
        }
        if (sight.isAppliedByWordOnly() && 2 * (m_now - *target.sentAt) >= m_rollout.options.timeout)
            sendAgain(target, m_rollout.ref, word(TargetStep::Offered));
        judgeDeadline(target, sight);
    }

    /// Once since the last @p marker: a gateway that cannot run it must not be asked for ever (RC9).
    void sendAgain(RolloutTarget &target, const ConfigRef &ref, QStringView marker)
    {
        if (isSeenSince(target, marker, sighted::sentAgain))
            return;
        target.seen.push_back({m_now, sighted::sentAgain.toString()});
        act(RolloutAction::Kind::SendAgain, target, ref);
    }

    /// The clock starts when the config goes out, or now where the gateway has it already and is sent nothing.
    void noteSent(RolloutTarget &target, const TargetSight &sight) const
    {
        if (sight.sentAt && *sight.sentAt >= target.since)
            target.sentAt = sight.sentAt;
        else if (sight.isAnswered())
            target.sentAt = m_now;
    }

    void judgeUnsent(RolloutTarget &target, const TargetSight &sight)
    {
        const milliseconds waited =
            m_now - std::max(target.since, target.seen.empty() ? target.since : target.seen.back().at);
        if (!sight.connected) {
            // Not at once: a connection may break for a moment, and the next wave must not begin for that.
            if (!sight.isAwaited && waited >= m_rollout.options.timeout)
                moveTo(target, TargetStep::Waiting, sight.whenReached());
        } else if (!sight.approved) {
            moveTo(target, TargetStep::Skipped, QStringLiteral("not approved"));
        } else if (!sight.accepts) {
            moveTo(target, TargetStep::Skipped, QStringLiteral("does not accept remote configs"));
        } else if (waited >= std::max(m_rollout.options.timeout, longestUntilSent)) {
            moveTo(target, TargetStep::Unanswered, QStringLiteral("it could not be sent"));
        }
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
        const bool soakedBefore = isSeenSince(target, word(TargetStep::Offered), word(TargetStep::Soaking));
        const milliseconds allowance =
            m_rollout.options.timeout + (soakedBefore ? 2 * m_rollout.options.soak : milliseconds(0));
        if (m_now - *target.sentAt < allowance)
            return;
        if (!sight.isAnswered()) {
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
        putBack(target);
    }

    void putBack(RolloutTarget &target)
    {
        act(RolloutAction::Kind::Want, target, *target.back, {}, true);
        target.backStep = BackStep::Sent;
        target.backAt = m_now;
        target.healthyFrom.reset();
        target.seen.push_back({m_now, sighted::putBack.toString()});
    }

    void judgeBack(RolloutTarget &target)
    {
        const auto sight = target.back ? m_sightOf(target.gateway, target.back->hash) : std::nullopt;
        const auto here = m_sightOf(target.gateway, m_rollout.ref.hash);
        if (!sight || !here || (!sight->isWanted && !here->isWanted))
            return giveUpBack(target); // somebody else decided what is wanted there
        // Asked for by a person and not done yet; or a kill came between writing it down and doing it.
        const bool isAsked = !isSeenSince(target, sighted::backAsked, sighted::putBack);
        if (isAsked || !sight->isWanted) {
            if (!isAsked && target.step == TargetStep::Failed && !here->failedHere)
                act(RolloutAction::Kind::RememberFailed, target, m_rollout.ref, target.error);
            return putBack(target);
        }
        if (sight->failedHere)
            return giveUpBack(target);
        if (sight->isAllSeen()) {
            if (!target.healthyFrom) {
                target.healthyFrom = m_now;
                if (!isSeenSince(target, sighted::putBack, sighted::back))
                    target.seen.push_back({m_now, sighted::back.toString()});
            }
            if (m_now - *target.healthyFrom >= m_rollout.options.soak)
                concludeBack(target, *sight);
            return;
        }
        target.healthyFrom.reset();
        if (sight->isAppliedByWordOnly() && 2 * (m_now - target.backAt) >= m_rollout.options.timeout)
            sendAgain(target, *target.back, sighted::putBack);
        const bool soakedBefore = isSeenSince(target, sighted::putBack, sighted::back);
        if (m_now - target.backAt >=
            m_rollout.options.timeout + (soakedBefore ? 2 * m_rollout.options.soak : milliseconds(0)))
            giveUpBack(target);
    }

    void concludeBack(RolloutTarget &target, const TargetSight &sight)
    {
        target.backStep = BackStep::Done;
        // A version that a person rolled back from must not be what the next failure goes back to.
        if (sight.unprovableParts().isEmpty())
            act(RolloutAction::Kind::RememberProven, target, *target.back);
        moveTo(target, TargetStep::RolledBack, QString(target.error));
    }

    void giveUpBack(RolloutTarget &target)
    {
        target.backStep = BackStep::NotProven;
        target.seen.push_back({m_now, QStringLiteral("not_back")});
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

RolloutTurn takeTurn(Rollout rollout, const SightOf &sightOf, WallTime now)
{
    return Turn(std::move(rollout), sightOf, now).take();
}

} // namespace flowgate::domain
