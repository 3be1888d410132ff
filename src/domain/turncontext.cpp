// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/turncontext.h"

namespace flowgate::domain {

namespace {

/// Most sightings that are kept of one target, but for those that end it: a gateway may flap as often as it likes.
constexpr size_t mostSightings = 200;

QString seconds(milliseconds time)
{
    return QStringLiteral("%1 s").arg(time.count() / 1000);
}

QString statusText(const RemoteConfigStatus &status)
{
    switch (status.status) {
    case ApplyStatus::Applied:
        return QStringLiteral("APPLIED");
    case ApplyStatus::Applying:
        return QStringLiteral("APPLYING");
    case ApplyStatus::Failed:
        return status.error.isEmpty() ? QStringLiteral("FAILED") : QStringLiteral("FAILED (%1)").arg(status.error);
    default:
        return QStringLiteral("UNSET");
    }
}

} // namespace

void TurnContext::moveTo(RolloutTarget &target, TargetStep step, const QString &error, WallTime at) const
{
    target.step = step;
    target.since = at == WallTime{} ? now : at;
    target.error = error;
    if (target.seen.size() < mostSightings || (!isUnderWay(target) && step != TargetStep::Waiting))
        target.seen.push_back({target.since, word(step)});
}

void TurnContext::note(RolloutTarget &target, QStringView what) const
{
    if (target.seen.size() < mostSightings)
        target.seen.push_back({now, what.toString()});
}

void TurnContext::noteEnd(RolloutTarget &target, QStringView what) const
{
    target.seen.push_back({now, what.toString()});
}

void TurnContext::act(RolloutAction::Kind kind, const RolloutTarget &target, const ConfigRef &ref, const QString &error,
                      bool retry) const
{
    actions.push_back({kind, target.gateway, ref, retry, error});
}

void TurnContext::resend(RolloutTarget &target, const ConfigRef &ref) const
{
    if (target.resent)
        return;
    target.resent = true;
    note(target, sighted::sentAgain);
    act(RolloutAction::Kind::SendAgain, target, ref);
}

bool TurnContext::isRestartTooMany(RolloutTarget &target, const TargetSight &sight, WallTime since) const
{
    if (!sight.restarted || !target.soaked)
        return false;
    target.healthyFrom.reset();
    note(target, sighted::restarted);
    if (sight.restartIsOurs)
        return false;
    ++target.restarts;
    return now - since >= allowance(target) || target.restarts >= mostRestartsInSoak;
}

milliseconds TurnContext::allowance(const RolloutTarget &target) const
{
    return timeout() + (target.soaked ? 2 * rollout.options.soak : milliseconds(0));
}

QString TurnContext::within() const
{
    return QStringLiteral(" within ") + seconds(timeout());
}

QString TurnContext::after() const
{
    return QStringLiteral(" after ") + seconds(timeout());
}

QString restartedTooOften(int times)
{
    return times == 1 ? QStringLiteral("restarted while it was watched")
                      : QStringLiteral("restarted %1 times while it was watched").arg(times);
}

QString whatItAnswered(const TargetSight &sight, WallTime since, const QString &within)
{
    if (!sight.otherStatus || sight.otherStatusAt < since)
        return QStringLiteral("no answer") + within;
    return QStringLiteral("it reported %1 for another config (%2) and nothing about this one%3")
        .arg(statusText(*sight.otherStatus), sight.otherStatus->hash.hex().left(8), within);
}

} // namespace flowgate::domain
