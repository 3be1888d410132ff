// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/targetturn.h"

#include "domain/rollbackturn.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

/// Nothing happened to the target since this control plane began to observe it again.
bool isJustRestored(const RolloutTarget &target)
{
    return !target.seen.empty() && target.seen.back().what == sighted::observedAgain;
}

/// Unhealthy counts once it was seen after the config took effect: before, it may be the state that the config is to
/// end. Reports of one read bear one time, so their order decides, too. What ran well with it once and is unhealthy now
/// is so with it, whatever it said in between.
/// @param before  what was seen before @p sight since the last turn; may be null
bool isUnhealthyWithIt(const RolloutTarget &target, const TargetSight &sight, const TargetSight *before)
{
    if (!sight.reportsHealth || sight.health != HealthState::Unhealthy)
        return false;
    if (target.step == TargetStep::Soaking)
        return true;
    const bool isNews = before && before->status == ApplyStatus::Applied && before->health != HealthState::Unhealthy;
    return sight.status == ApplyStatus::Applied && (target.soaked || sight.healthAt > sight.statusAt || isNews);
}

/// Why a gateway that said APPLIED is not proven; empty where nothing speaks against it but what it left out.
QString whatSpeaksAgainst(const TargetSight &sight, const QString &within)
{
    if (sight.reportsEffective && sight.contains == false)
        return QStringLiteral("applied, but the effective config does not contain it") + within;
    const bool isUnwell = sight.health != HealthState::Healthy && sight.health != HealthState::NotReported;
    if (!sight.reportsHealth || !isUnwell)
        return {};
    const QString error = sight.healthError.isEmpty() ? QString() : QStringLiteral(": ") + sight.healthError;
    return QStringLiteral("applied, but not healthy") + within + error;
}

} // namespace

bool TargetTurn::mayBegin(RolloutTarget &target, const TargetSight &sight, bool retry) const
{
    const auto skip = [&](const QString &why) {
        m_turn.moveTo(target, TargetStep::Skipped, why);
        return false;
    };
    if (!sight.approved)
        return skip(QStringLiteral("not approved"));
    if (sight.connected && !sight.accepts)
        return skip(QStringLiteral("does not accept remote configs"));
    if (target.step == TargetStep::Waiting)
        return sight.isWanted || wantAgain(target, sight);
    if (sight.failedHere && !retry)
        return skip(QStringLiteral("failed here before: ") + sight.error);
    if (target.sentAt && !sight.isWanted && !isRollbackWanted(target)) // tried before; another one took over since
        return skip(QStringLiteral("another version is wanted by now"));
    return true;
}

void TargetTurn::begin(RolloutTarget &target, const TargetSight &sight) const
{
    const bool retry = m_turn.rollout.options.force || target.sentAt.has_value();
    if (!mayBegin(target, sight, retry))
        return;
    const WallTime waitsSince = target.since;
    const bool hasWaited = target.step == TargetStep::Waiting;
    target.begunAt = hasWaited ? waitsSince : m_turn.now;
    target.sentAt.reset();
    target.healthyFrom.reset();
    target.soaked = false;
    target.restarts = 0;
    target.resent = false;
    target.backStep = BackStep::None;
    if (!hasWaited) {
        const auto &proven = sight.lastProven;
        target.back = proven && proven->hash != m_turn.rollout.ref.hash ? proven : std::nullopt;
        m_turn.act(RolloutAction::Kind::Want, target, m_turn.rollout.ref, {}, retry);
    }
    // After our own restart nobody is connected yet: if that counted as offline, every wave would begin at once.
    if (!sight.connected && !sight.isAwaited)
        return m_turn.moveTo(target, TargetStep::Waiting, sight.whenReached());
    if (target.step == TargetStep::Queued)
        target.error = sight.whyUnsent();
    else
        m_turn.moveTo(target, TargetStep::Queued, sight.whyUnsent());
    if (hasWaited)
        noteSent(target, sight); // it was sent the moment the gateway came back
}

bool TargetTurn::isRollbackWanted(const RolloutTarget &target) const
{
    const auto sight = target.back ? m_turn.sightOf(target.gateway, target.back->hash) : std::nullopt;
    return sight && sight->isWanted;
}

/// Another version is wanted. Right after a restart that means that a kill came between writing the rollout down and
/// carrying out what it asked for; at any other time somebody else decided.
bool TargetTurn::wantAgain(RolloutTarget &target, const TargetSight &sight) const
{
    if (!isJustRestored(target)) {
        m_turn.moveTo(target, TargetStep::Skipped, QStringLiteral("another version is wanted by now"));
        return false;
    }
    m_turn.act(RolloutAction::Kind::Want, target, m_turn.rollout.ref, {}, sight.failedHere);
    m_turn.note(target, u"wanted_again");
    return true;
}

void TargetTurn::takeBack(RolloutTarget &target, const TargetSight &sight) const
{
    if (sight.isWanted && target.back)
        m_turn.act(RolloutAction::Kind::Want, target, *target.back, {}, true);
    else if (sight.isWanted && !sight.lastProven && !sight.sentAt)
        m_turn.act(RolloutAction::Kind::WantNothing, target, m_turn.rollout.ref);
    target.begunAt.reset();
    const RolloutState state = m_turn.rollout.state;
    const bool mayGoOn = (state == RolloutState::Halted || state == RolloutState::Failed) && !m_turn.rollout.isGivenUp;
    m_turn.moveTo(target, mayGoOn ? TargetStep::Queued : TargetStep::Skipped,
                  mayGoOn ? QString() : QStringLiteral("stopped before it was sent"));
}

void TargetTurn::judge(RolloutTarget &target, const TargetSight &sight) const
{
    if (!sight.isWanted) {
        (void)wantAgain(target, sight);
        return;
    }
    const TargetSight *before = nullptr;
    const size_t asked = m_turn.actions.size();
    for (const TargetSight &earlier : sight.earlier) {
        // What the gateway said before the version became the desired one is about another version.
        if (earlier.isWanted)
            follow(target, earlier, before);
        if (!isUnderWay(target) || m_turn.actions.size() != asked)
            return;
        before = &earlier;
    }
    follow(target, sight, before);
    if (!isUnderWay(target))
        return;
    if (!target.sentAt)
        return judgeUnsent(target, sight);
    if (target.step == TargetStep::Soaking)
        return judgeSoak(target, sight);
    if (sight.isAppliedByWordOnly() && 2 * (m_turn.now - *target.sentAt) >= m_turn.timeout())
        m_turn.resend(target, m_turn.rollout.ref);
    judgeDeadline(target, sight);
}

/// One step of the gateway, as it was reported.
void TargetTurn::follow(RolloutTarget &target, const TargetSight &sight, const TargetSight *before) const
{
    if (sight.failedHere)
        return fail(target, sight, sight.error.isEmpty() ? QStringLiteral("the gateway reported FAILED") : sight.error);
    if (!target.sentAt)
        noteSent(target, sight);
    if (!target.sentAt)
        return;
    if (sight.status == ApplyStatus::Applying && target.step == TargetStep::Offered)
        m_turn.moveTo(target, TargetStep::Applying);
    if (isUnhealthyWithIt(target, sight, before))
        return fail(target, sight, QStringLiteral("unhealthy: ") + sight.healthError);
    if (m_turn.isRestartTooMany(target, sight, *target.sentAt))
        return fail(target, sight, restartedTooOften(target.restarts));
    if (sight.isAllSeen()) {
        if (target.step != TargetStep::Soaking)
            m_turn.moveTo(target, TargetStep::Soaking);
        target.soaked = true;
        if (!target.healthyFrom)
            target.healthyFrom = m_turn.now;
    } else if (target.step == TargetStep::Soaking) {
        m_turn.moveTo(target, TargetStep::Applying);
        target.healthyFrom.reset();
    }
}

/// The clock starts when the config goes out, or now where the gateway has it already and is sent nothing.
void TargetTurn::noteSent(RolloutTarget &target, const TargetSight &sight) const
{
    if (sight.sentAt && target.begunAt && *sight.sentAt >= *target.begunAt) {
        target.sentAt = sight.sentAt;
        m_turn.moveTo(target, TargetStep::Offered, {}, *sight.sentAt);
    } else if (sight.isAnswered() && !sight.isStale) {
        target.sentAt = m_turn.now;
        m_turn.moveTo(target, TargetStep::Applying);
    }
}

void TargetTurn::judgeUnsent(RolloutTarget &target, const TargetSight &sight) const
{
    const WallTime begun = target.begunAt.value_or(target.since);
    const milliseconds waited = m_turn.now - std::max(begun, target.seen.empty() ? begun : target.seen.back().at);
    if (!sight.connected) {
        // Not at once: a connection may break for a moment, and the next wave must not begin for that.
        if (!sight.isAwaited && waited >= m_turn.timeout())
            m_turn.moveTo(target, TargetStep::Waiting, sight.whenReached());
    } else if (!sight.approved) {
        m_turn.moveTo(target, TargetStep::Skipped, QStringLiteral("not approved"));
    } else if (!sight.accepts) {
        m_turn.moveTo(target, TargetStep::Skipped, QStringLiteral("does not accept remote configs"));
    } else if (waited >= std::max(m_turn.timeout(), longestUntilSent)) {
        m_turn.moveTo(target, TargetStep::Unanswered,
                      sight.isStale ? QStringLiteral("not sent: its full state was asked for and did not come")
                                    : QStringLiteral("it could not be sent"));
    } else {
        target.error = sight.whyUnsent();
    }
}

void TargetTurn::judgeSoak(RolloutTarget &target, const TargetSight &sight) const
{
    if (m_turn.now - *target.healthyFrom >= m_turn.rollout.options.soak)
        prove(target, sight);
}

/// "Failed" is what was seen to fail; where the proof is just not complete in time, the target is unanswered, and
/// nothing is put back by itself.
void TargetTurn::judgeDeadline(RolloutTarget &target, const TargetSight &sight) const
{
    if (m_turn.now - *target.sentAt < m_turn.allowance(target))
        return;
    const QString within = m_turn.within();
    if (!sight.isAnswered())
        return giveUp(target, sight, whatItAnswered(sight, *target.sentAt, within));
    if (!sight.connected)
        return giveUp(target, sight, QStringLiteral("the connection was lost and not back") + within);
    if (sight.isStale)
        return giveUp(target, sight,
                      QStringLiteral("messages of it were lost, and its full state did not come") + within);
    if (sight.status == ApplyStatus::Applying)
        return giveUp(target, sight, QStringLiteral("still APPLYING") + m_turn.after());
    if (sight.reportsStatus && sight.status != ApplyStatus::Applied)
        return giveUp(target, sight, QStringLiteral("received, and no outcome reported") + within);
    if (const QString error = whatSpeaksAgainst(sight, within); !error.isEmpty())
        return fail(target, sight, error);
    giveUp(target, sight,
           (sight.reportsEffective && !sight.contains)
               ? QStringLiteral("applied, but its effective config was not reported") + within
               : QStringLiteral("applied, but its health was not reported") + within);
}

void TargetTurn::prove(RolloutTarget &target, const TargetSight &sight) const
{
    if (const QString why = sight.whyUnproven(); !why.isEmpty())
        return m_turn.moveTo(target, TargetStep::Unproven, why);
    m_turn.act(RolloutAction::Kind::RememberProven, target, m_turn.rollout.ref);
    m_turn.moveTo(target, TargetStep::Proven);
}

void TargetTurn::fail(RolloutTarget &target, const TargetSight &sight, const QString &error) const
{
    m_turn.act(RolloutAction::Kind::RememberFailed, target, m_turn.rollout.ref, error);
    m_turn.moveTo(target, TargetStep::Failed, error);
    if (m_turn.rollout.options.putBack)
        RollbackTurn(m_turn).begin(target, sight.lastProven);
}

void TargetTurn::giveUp(RolloutTarget &target, const TargetSight &sight, const QString &error) const
{
    if (sight.status != ApplyStatus::Applied)
        m_turn.act(RolloutAction::Kind::RememberSilent, target, m_turn.rollout.ref, error);
    m_turn.moveTo(target, TargetStep::Unanswered, error);
}

} // namespace flowgate::domain
