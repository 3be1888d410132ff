// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rollouts/rolloutdriver.h"

#include "app/rollouts/rolloutwords.h"

#include <algorithm>

namespace flowgate::app {

using domain::Rollout;
using domain::RolloutAction;

namespace {

/// A rollout in which something may still happen.
bool isLive(const Rollout &rollout)
{
    return rollout.inForce || rollout.state == domain::RolloutState::Running ||
           rollout.state == domain::RolloutState::RollingBack || !domain::isSettled(rollout);
}

/// Something may still come of it, by itself or when the gateway returns.
bool isOpen(const domain::RolloutTarget &target)
{
    return domain::isUnderWay(target) || target.step == domain::TargetStep::Waiting || domain::isGoingBack(target);
}

} // namespace

QString subjectOf(const Rollout &rollout)
{
    return QStringLiteral("%1@%2 to '%3'").arg(rollout.ref.config).arg(rollout.ref.version).arg(rollout.selector);
}

RolloutDriver::RolloutDriver(const domain::Clock &clock, Fleet &fleet, EventLog &events, Save save)
    : m_clock(clock)
    , m_clockWatch(clock)
    , m_fleet(fleet)
    , m_events(events)
    , m_save(std::move(save))
    , m_soon(this)
    , m_tick(this)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    m_tick.setInterval(200);
    connect(&m_soon, &QTimer::timeout, this, qOverload<>(&RolloutDriver::takeTurns));
    connect(&m_tick, &QTimer::timeout, this, qOverload<>(&RolloutDriver::takeTurns));
}

RolloutDriver::~RolloutDriver() = default;

void RolloutDriver::restore(std::vector<Rollout> rollouts)
{
    for (Rollout &rollout : rollouts) {
        domain::restartDeadlines(rollout, m_clock.now());
        m_rollouts.insert_or_assign(rollout.id, std::move(rollout));
    }
    watchOpenTargets(); // before the first turn: the very first report may tell of a restart
    scheduleTurns();
}

void RolloutDriver::observedAgain()
{
    for (auto &[id, rollout] : m_rollouts)
        domain::restartDeadlines(rollout, m_clock.now());
    scheduleTurns();
}

void RolloutDriver::adopt(Rollout rollout)
{
    const QString id = rollout.id;
    m_rollouts.try_emplace(id, std::move(rollout));
}

void RolloutDriver::putInForce(const Rollout &rollout)
{
    adopt(rollout);
    Q_EMIT rolloutChanged(rollout);
    considerEverybody();
    scheduleTurns();
}

void RolloutDriver::considerEverybody()
{
    for (auto id = m_fleet.gateways().keyBegin(); id != m_fleet.gateways().keyEnd(); ++id)
        m_arrivals.insert(*id);
}

const Rollout *RolloutDriver::find(const QString &id) const
{
    const auto found = m_rollouts.find(id);
    return found == m_rollouts.end() ? nullptr : &found->second;
}

void RolloutDriver::whenSettled(const QString &id, QObject *guard, std::function<void(const Rollout &)> then)
{
    m_waiters.push_back({id, guard, std::move(then)});
    m_soon.start();
}

void RolloutDriver::tellWaiters()
{
    std::vector<Waiter> ready;
    std::erase_if(m_waiters, [&](Waiter &waiter) {
        const Rollout *rollout = find(waiter.id);
        const bool underWay = m_starting.contains(waiter.id) || m_settling.contains(waiter.id);
        if (waiter.guard && rollout && (underWay || !domain::isSettled(*rollout)))
            return false;
        if (waiter.guard && rollout)
            ready.push_back(std::move(waiter));
        return true;
    });
    for (const Waiter &waiter : ready)
        waiter.then(m_rollouts.at(waiter.id));
}

void RolloutDriver::gatewayChanged(const FleetChange &change)
{
    const domain::Gateway &after = *change.after;
    const domain::Gateway *before = change.before;
    const bool mayMatchAnew = !before || before->presence.state != after.presence.state ||
                              before->labels != after.labels || before->admission != after.admission ||
                              before->description != after.description;
    if (mayMatchAnew && after.presence.state == domain::PresenceState::Connected)
        m_arrivals.insert(after.id);
    // Turns look at the latest state; what a rollout must not miss is kept in the order in which it came.
    if (const auto watched = m_watched.constFind(after.id); watched != m_watched.cend()) {
        for (const domain::ConfigHash &hash : *watched) {
            domain::TargetSight sight = domain::sightOf(after, hash);
            sight.restarted = change.restarted;
            sight.restartIsOurs = change.restartIsOurs;
            domain::addSight(m_earlier[after.id][hash], std::move(sight));
        }
    }
    scheduleTurns();
}

void RolloutDriver::gatewayForgotten(const domain::GatewayId &id)
{
    m_arrivals.remove(id);
    scheduleTurns();
}

/// A target is the gateway, by whatever uid. One that is a target under both stays as it is: the record of what was
/// done.
void RolloutDriver::gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession)
{
    for (auto &[id, rollout] : m_rollouts) {
        const auto old = std::ranges::find(rollout.targets, before, &domain::RolloutTarget::gateway);
        const auto known = std::ranges::find(rollout.targets, after.id, &domain::RolloutTarget::gateway);
        if (old == rollout.targets.end() || known != rollout.targets.end())
            continue;
        old->gateway = after.id;
        m_save(rollout, Keep::Soon, {});
        Q_EMIT rolloutChanged(rollout);
    }
    if (m_arrivals.remove(before))
        m_arrivals.insert(after.id);
    scheduleTurns();
}

void RolloutDriver::scheduleTurns()
{
    if (!m_soon.isActive() && !m_rollouts.empty())
        m_soon.start();
}

void RolloutDriver::rewrite()
{
    for (const auto &[id, rollout] : m_rollouts)
        m_save(rollout, Keep::Soon, {});
}

void RolloutDriver::takeTurns()
{
    if (const domain::milliseconds step = m_clockWatch.takeStep(); step.count() != 0) {
        for (auto &[id, rollout] : m_rollouts)
            domain::shiftDeadlines(rollout, step);
    }
    considerArrivals();
    const Earlier earlier = std::exchange(m_earlier, {});
    bool anyUnderWay = false;
    for (auto &[id, rollout] : m_rollouts) {
        if (m_starting.contains(id) || !isLive(rollout))
            continue;
        takeTurns(rollout, earlier);
        anyUnderWay |= !domain::isSettled(rollout);
    }
    watchOpenTargets();
    if (!m_arrivals.isEmpty())
        scheduleTurns();
    if (anyUnderWay && !m_tick.isActive())
        m_tick.start();
    else if (!anyUnderWay)
        m_tick.stop();
    tellWaiters();
}

void RolloutDriver::watchOpenTargets()
{
    m_watched.clear();
    for (const auto &[id, rollout] : m_rollouts) {
        if (m_starting.contains(id) || !isLive(rollout))
            continue;
        for (const domain::RolloutTarget &target : rollout.targets) {
            if (!isOpen(target))
                continue;
            QSet<domain::ConfigHash> &hashes = m_watched[target.gateway];
            hashes.insert(rollout.ref.hash);
            if (target.back)
                hashes.insert(target.back->hash);
        }
    }
}

void RolloutDriver::takeTurns(Rollout &rollout, const Earlier &earlier)
{
    bool isFirst = true; // what was seen before is looked at once
    const domain::SightOf look = [&](const domain::GatewayId &id, const domain::ConfigHash &hash) {
        const domain::Gateway *gateway = m_fleet.find(id);
        if (!gateway)
            return std::optional<domain::TargetSight>();
        auto sight = std::optional(domain::sightOf(*gateway, hash));
        if (isFirst && earlier.contains(id))
            sight->earlier = earlier[id].value(hash);
        return sight;
    };
    // A turn may make the next one possible; the bound only guards against a rule that never comes to rest.
    for (int turn = 0; turn < 50; ++turn) {
        domain::RolloutTurn result = domain::takeTurn(rollout, look, m_clock.now());
        isFirst = false;
        if (!result.changed)
            return;
        const Rollout before = std::exchange(rollout, std::move(result.rollout));
        carryOut(result.actions, rollout.options.timeout);
        keepTurn(rollout, domain::isSettled(rollout) && !domain::isSettled(before));
        noteOutcome(before, rollout);
        Q_EMIT rolloutChanged(rollout);
        // Who came or was relabelled while it ran did not match a rollout in force then.
        if (rollout.inForce && !before.inForce)
            considerEverybody();
    }
}

/// A turn may be lost in a crash, it is taken again; an end that someone waits for is told when it is on disk.
void RolloutDriver::keepTurn(const Rollout &rollout, bool settled)
{
    if (!settled)
        return m_save(rollout, Keep::Soon, {});
    m_settling.insert(rollout.id);
    m_save(rollout, Keep::AtOnce, [this, id = rollout.id](const store::Outcome<void> &) {
        m_settling.remove(id);
        m_soon.start(); // the waiters
    });
}

void RolloutDriver::carryOut(const std::vector<RolloutAction> &actions, domain::milliseconds patience)
{
    for (const RolloutAction &action : actions) {
        switch (action.kind) {
        case RolloutAction::Kind::Want:
            m_fleet.want(action.gateway, action.ref, action.retry, patience);
            break;
        case RolloutAction::Kind::SendAgain:
            m_fleet.sendAgain(action.gateway, action.ref);
            break;
        case RolloutAction::Kind::WantNothing:
            m_fleet.wantNothing(action.gateway);
            break;
        case RolloutAction::Kind::RememberFailed:
            m_fleet.rememberFailed(action.gateway, action.ref, action.error);
            break;
        case RolloutAction::Kind::RememberSilent:
            m_fleet.rememberSilent(action.gateway, action.ref, action.error);
            break;
        case RolloutAction::Kind::RememberProven:
            m_fleet.rememberProven(action.gateway, action.ref);
            break;
        }
    }
}

void RolloutDriver::noteOutcome(const Rollout &before, const Rollout &after)
{
    for (size_t i = 0; i < after.targets.size() && i < before.targets.size(); ++i) {
        const domain::RolloutTarget &target = after.targets[i];
        if (target.step == before.targets[i].step)
            continue;
        const QString step = domain::word(target.step);
        const QString reason = target.error.isEmpty() ? QString() : QStringLiteral(": ") + target.error;
        switch (target.step) {
        case domain::TargetStep::Proven:
        case domain::TargetStep::Unproven:
        case domain::TargetStep::Failed:
        case domain::TargetStep::Unanswered:
        case domain::TargetStep::RolledBack:
        case domain::TargetStep::Skipped:
            m_events.add(QStringLiteral("target_") + step,
                         QStringLiteral("%1@%2 %3 here%4")
                             .arg(after.ref.config)
                             .arg(after.ref.version)
                             .arg(said(target.step), reason),
                         target.gateway);
            Q_EMIT targetEnded(target.gateway);
            break;
        default:
            break;
        }
    }
    if (after.state == before.state)
        return;
    const bool isRollbackOver = before.state == domain::RolloutState::RollingBack;
    m_events.add(QStringLiteral("rollout_") + domain::word(after.state),
                 QStringLiteral("Rollout of %1 %2%3")
                     .arg(subjectOf(after), said(after.state), isRollbackOver ? whoDidNotGoBack(after) : QString()));
}

/// ": 2 of 3 did not go back: lab-1 (no answer within 60 s), …"; empty where all did.
QString RolloutDriver::whoDidNotGoBack(const Rollout &rollout) const
{
    constexpr int mostNamed = 5;
    QStringList named;
    int count = 0;
    int all = 0;
    for (const domain::RolloutTarget &target : rollout.targets) {
        const bool isLeft = target.step == domain::TargetStep::Failed;
        all += target.step != domain::TargetStep::Skipped ? 1 : 0;
        count += isLeft ? 1 : 0;
        const domain::Gateway *gateway = m_fleet.find(target.gateway);
        if (isLeft && gateway && named.size() < mostNamed)
            named.append(QStringLiteral("%1 (%2)").arg(domain::displayName(*gateway), target.error));
    }
    if (count == 0)
        return {};
    if (count > named.size())
        named.append(QStringLiteral("…"));
    return QStringLiteral(": %1 of %2 did not go back: %3").arg(count).arg(all).arg(named.join(QStringLiteral(", ")));
}

void RolloutDriver::considerArrivals()
{
    const auto arrivals = std::exchange(m_arrivals, {});
    if (arrivals.isEmpty())
        return;
    std::map<QString, domain::Selector> inForce;
    for (const auto &[id, rollout] : m_rollouts) {
        if (auto selector = domain::Selector::parse(rollout.selector); rollout.inForce && selector)
            inForce.emplace(id, std::move(*selector));
    }
    for (const domain::GatewayId &id : arrivals) {
        const domain::Gateway *gateway = m_fleet.find(id);
        if (gateway && gateway->admission == domain::Admission::Approved)
            considerArrival(*gateway, inForce);
    }
}

/// A gateway came back, is new, or reads differently now: the newest rollout in force that covers it wins.
void RolloutDriver::considerArrival(const domain::Gateway &gateway, const std::map<QString, domain::Selector> &inForce)
{
    const auto isTarget = [&](const domain::RolloutTarget &target) { return target.gateway == gateway.id; };
    Rollout *newest = nullptr;
    for (auto &[id, rollout] : m_rollouts) {
        if (!isLive(rollout) || (newest && newest->createdAt >= rollout.createdAt))
            continue;
        const auto selector = inForce.find(id);
        const bool isCovered = rollout.inForce ? selector != inForce.end() && selector->second.matches(gateway)
                                               : std::any_of(rollout.targets.begin(), rollout.targets.end(), isTarget);
        if (isCovered)
            newest = &rollout;
    }
    if (!newest || !newest->inForce || (gateway.wanted && gateway.wanted->hash == newest->ref.hash))
        return;
    if (std::any_of(newest->targets.begin(), newest->targets.end(), isTarget))
        return; // it had its chance in this rollout: whatever came of it stays
    domain::RolloutTarget late;
    late.gateway = gateway.id;
    late.since = m_clock.now();
    newest->targets.push_back(late);
    m_save(*newest, Keep::Soon, {});
    Q_EMIT rolloutChanged(*newest);
}

} // namespace flowgate::app
