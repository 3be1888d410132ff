// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/rollbackturn.h"

#include <algorithm>

namespace flowgate::domain {

namespace {

bool isByHand(const RolloutTarget &target)
{
    return target.step == TargetStep::RollingBack || target.step == TargetStep::Waiting;
}

} // namespace

void RollbackTurn::begin(RolloutTarget &target, const std::optional<ConfigRef> &proven) const
{
    target.back = proven && proven->hash != m_turn.rollout.ref.hash ? proven : std::nullopt;
    if (!target.back)
        return m_turn.noteEnd(target, sighted::noProven);
    putBack(target);
}

void RollbackTurn::putBack(RolloutTarget &target) const
{
    m_turn.act(RolloutAction::Kind::Want, target, *target.back, {}, true);
    target.backStep = BackStep::Sent;
    target.backAt = m_turn.now;
    target.healthyFrom.reset();
    target.soaked = false;
    target.restarts = 0;
    target.resent = false;
    m_turn.noteEnd(target, sighted::putBack);
}

void RollbackTurn::judge(RolloutTarget &target) const
{
    const auto back = target.back ? m_turn.sightOf(target.gateway, target.back->hash) : std::nullopt;
    const auto here = m_turn.sightOf(target.gateway, m_turn.rollout.ref.hash);
    if (!back || !here)
        return giveUp(target, QStringLiteral("the gateway was forgotten"));
    if (!isStillOurs(target, *back, *here))
        return;
    if (!isReached(target, *back))
        return target.healthyFrom.reset(); // the soak begins anew when it is back
    for (const TargetSight &earlier : back->earlier) {
        if (!earlier.isWanted)
            continue;
        if (const QString why = follow(target, earlier); !why.isEmpty())
            return giveUp(target, why);
    }
    if (const QString why = follow(target, *back); !why.isEmpty())
        return giveUp(target, why);
    judgeSent(target, *back);
}

/// Puts the version before in place where that was not done yet: a person just asked for it, or a kill came between
/// writing it down and doing it.
bool RollbackTurn::isStillOurs(RolloutTarget &target, const TargetSight &back, const TargetSight &here) const
{
    const bool isAsked = target.backStep == BackStep::Asked;
    if (!back.isWanted && !here.isWanted) {
        const QString why = QStringLiteral("another version is wanted by now");
        giveUp(target, why);
        if (isAsked) // it had left this version before anybody asked
            m_turn.moveTo(target, TargetStep::Skipped, why);
        return false;
    }
    if (!isAsked && back.isWanted)
        return true;
    if (!isAsked && target.step == TargetStep::Failed && !here.failedHere)
        m_turn.act(RolloutAction::Kind::RememberFailed, target, m_turn.rollout.ref, target.error);
    putBack(target);
    return false;
}

/// Whether the gateway is there to take the version before. One that a person wants back waits while it is offline and
/// begins anew when it returns.
bool RollbackTurn::isReached(RolloutTarget &target, const TargetSight &back) const
{
    if (!isByHand(target))
        return true;
    if (back.isAwaited)
        return false; // after our own start or pause: to be back any moment
    if (target.step == TargetStep::Waiting) {
        if (!back.connected)
            return false;
        target.backAt = m_turn.now;
        m_turn.moveTo(target, TargetStep::RollingBack);
        return true;
    }
    // Not at once: a connection may break for a moment.
    const bool isGone = !back.connected && (!back.sentAt || m_turn.now - target.backAt >= m_turn.timeout());
    if (isGone)
        m_turn.moveTo(target, TargetStep::Waiting, QStringLiteral("offline; rolled back when it returns"));
    if (back.sentAt && !target.resent) // the time to answer begins with the sending: a poller may be slow to come
        target.backAt = std::max(target.backAt, *back.sentAt);
    return !isGone;
}

QString RollbackTurn::follow(RolloutTarget &target, const TargetSight &back) const
{
    if (back.failedHere)
        return QStringLiteral("the version before failed, too") +
               (back.error.isEmpty() ? QString() : QStringLiteral(": ") + back.error);
    if (m_turn.isRestartTooMany(target, back, target.backAt))
        return restartedTooOften(target.restarts);
    if (!back.isAllSeen()) {
        target.healthyFrom.reset();
    } else if (!target.healthyFrom) {
        target.healthyFrom = m_turn.now;
        if (!target.soaked)
            m_turn.note(target, sighted::back);
        target.soaked = true;
    }
    return {};
}

void RollbackTurn::judgeSent(RolloutTarget &target, const TargetSight &back) const
{
    if (target.healthyFrom) {
        if (m_turn.now - *target.healthyFrom >= m_turn.rollout.options.soak)
            conclude(target, back);
        return;
    }
    const milliseconds passed = m_turn.now - target.backAt;
    const bool isSent = (back.sentAt && *back.sentAt >= target.backAt) || back.isAnswered();
    if (back.isAppliedByWordOnly() && 2 * passed >= m_turn.timeout())
        m_turn.resend(target, *target.back);
    const milliseconds patience =
        isSent || !isByHand(target) ? m_turn.allowance(target) : std::max(m_turn.timeout(), longestUntilSent);
    if (passed < patience)
        return;
    if (!isSent && isByHand(target))
        return giveUp(target, QStringLiteral("it could not be sent"));
    if (!back.isAnswered()) {
        const QString why = whatItAnswered(back, target.backAt, m_turn.within());
        m_turn.act(RolloutAction::Kind::RememberSilent, target, *target.back, why);
        return giveUp(target, why);
    }
    if (!back.connected)
        return giveUp(target, QStringLiteral("the connection was lost and not back") + m_turn.within());
    giveUp(target, QStringLiteral("not seen to run again") + m_turn.within() +
                       (back.healthError.isEmpty() ? QString() : QStringLiteral(": ") + back.healthError));
}

void RollbackTurn::conclude(RolloutTarget &target, const TargetSight &back) const
{
    const QString why = back.whyUnproven();
    if (!why.isEmpty() && !isByHand(target))
        return giveUp(target, {});
    target.backStep = BackStep::Done;
    if (!why.isEmpty())
        return m_turn.moveTo(target, TargetStep::Unproven, QStringLiteral("rolled back, not proven: ") + why);
    // A version that a person rolled back from must not be what the next failure goes back to.
    m_turn.act(RolloutAction::Kind::RememberProven, target, *target.back);
    m_turn.moveTo(target, TargetStep::RolledBack, QString(target.error));
}

void RollbackTurn::giveUp(RolloutTarget &target, const QString &why) const
{
    target.backStep = BackStep::NotProven;
    m_turn.noteEnd(target, sighted::notBack);
    if (isByHand(target))
        m_turn.moveTo(target, TargetStep::Failed, QStringLiteral("did not go back: ") + why);
}

} // namespace flowgate::domain
