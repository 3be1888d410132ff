// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/domain/fakefleet.h"

#include "domain/decideoffer.h"
#include "domain/liveness.h"
#include "domain/standing.h"

namespace flowgate::tests {

namespace {

char nameOf(const GatewayId &id)
{
    return id.bytes().at(0);
}

} // namespace

void FakeFleet::add(char name, char runs, Capabilities capabilities)
{
    Gateway gateway = sampleGateway(name);
    gateway.capabilities = capabilities;
    gateway.healthReport = {runningHealth(), now, false};
    if (runs != '\0') {
        gateway.wanted = configRef(runs);
        gateway.lastProven = configRef(runs);
        gateway.outcomes.insert(configHash(runs), {OfferOutcome::State::Applied, at(-1000), at(-500), {}});
        reportStatus(gateway, configHash(runs), ApplyStatus::Applied, at(-500));
        reportEffective(gateway, true, at(-500));
    } else {
        reportStatus(gateway, {}, ApplyStatus::Unset);
    }
    m_gateways.insert_or_assign(name, gateway);
    refresh();
}

void FakeFleet::start(const std::vector<WaveSize> &waves, const std::function<void(Rollout &)> &change)
{
    rollout = {};
    rollout.id = u"r1"_s;
    rollout.ref = configRef('B', 2);
    rollout.selector = u"all"_s;
    rollout.options.waves = waves;
    rollout.createdAt = now;
    for (const bool connected : {true, false}) {
        for (const auto &[name, gateway] : m_gateways) {
            if ((gateway.presence.state == PresenceState::Connected) != connected)
                continue;
            RolloutTarget target;
            target.gateway = gateway.id;
            target.since = now;
            rollout.targets.push_back(target);
        }
    }
    const std::vector<int> assigned = assignWaves(static_cast<int>(rollout.targets.size()), waves);
    for (size_t i = 0; i < assigned.size(); ++i)
        rollout.targets[i].wave = assigned[i];
    if (change)
        change(rollout);
    turns();
}

RolloutTarget &FakeFleet::target(char name)
{
    for (RolloutTarget &target : rollout.targets) {
        if (target.gateway == gatewayId(name))
            return target;
    }
    qFatal("no target %c", name);
}

void FakeFleet::applies(char name, char config, bool contains)
{
    Gateway &one = gateway(name);
    const bool reportsStatus = one.capabilities.has(Capability::ReportsRemoteConfig);
    if (reportsStatus) {
        one.outcomes[configHash(config)].state = OfferOutcome::State::Applied;
        reportStatus(one, configHash(config), ApplyStatus::Applied, now);
    }
    if (one.capabilities.has(Capability::ReportsEffectiveConfig))
        reportEffective(one, contains, now);
    isHealthy(name, true);
}

void FakeFleet::reports(char name, char config, ApplyStatus status, const QString &error)
{
    Gateway &one = gateway(name);
    reportStatus(one, configHash(config), status, now, error);
    OfferOutcome &outcome = one.outcomes[configHash(config)];
    outcome.state = status == ApplyStatus::Failed    ? OfferOutcome::State::Failed
                    : status == ApplyStatus::Applied ? OfferOutcome::State::Applied
                                                     : OfferOutcome::State::Applying;
    outcome.at = now;
    outcome.error = error;
    heard(name);
}

void FakeFleet::showsEffective(char name, bool contains)
{
    reportEffective(gateway(name), contains, now);
    heard(name);
}

void FakeFleet::heard(char name)
{
    refresh();
    offer(name); // a message is answered before any turn
    see(name, false, false);
    if (!m_isHeld)
        turns();
}

void FakeFleet::see(char name, bool restarted, bool isOurs)
{
    refresh();
    for (const RolloutTarget &one : rollout.targets) {
        if (one.gateway != gatewayId(name))
            continue;
        for (const auto &hash :
             {std::optional(rollout.ref.hash), one.back ? std::optional(one.back->hash) : std::nullopt}) {
            if (!hash)
                continue;
            TargetSight seen = sightOf(gateway(name), *hash);
            seen.restarted = restarted;
            seen.restartIsOurs = isOurs;
            addSight(m_earlier[{name, *hash}], std::move(seen));
        }
    }
}

void FakeFleet::together(const std::function<void()> &play)
{
    m_isHeld = true;
    play();
    m_isHeld = false;
    turns();
}

void FakeFleet::restarts(char name, bool isOurs)
{
    ComponentHealth health = runningHealth(++m_starts);
    gateway(name).healthReport = {health, now, false};
    see(name, true, isOurs);
    if (!m_isHeld)
        turns();
}

void FakeFleet::misses(char name)
{
    gateway(name).effective->stale = true;
    gateway(name).remoteConfig->stale = true;
    heard(name);
}

void FakeFleet::reportsAll(char name)
{
    gateway(name).effective->stale = false;
    gateway(name).remoteConfig->stale = false;
    heard(name);
}

void FakeFleet::isHealthy(char name, bool healthy, const QString &error)
{
    ComponentHealth health = runningHealth();
    health.healthy = healthy;
    health.lastError = error;
    gateway(name).healthReport = {health, now, false};
    heard(name);
}

void FakeFleet::isStarting(char name)
{
    gateway(name).startingSince = now;
    gateway(name).healthReport = {ComponentHealth{}, now, false};
    heard(name);
}

void FakeFleet::disconnects(char name)
{
    gateway(name).presence.state = PresenceState::Lost;
    m_session.remove(name);
    see(name, false, false);
    if (!m_isHeld)
        turns();
}

void FakeFleet::connects(char name)
{
    gateway(name).presence.state = PresenceState::Connected;
    gateway(name).startingSince = now;
    heard(name);
}

void FakeFleet::forget(char name)
{
    m_gateways.erase(name);
    turns();
}

void FakeFleet::wait(qint64 seconds)
{
    for (qint64 i = 0; i < seconds; ++i) {
        now += std::chrono::seconds(1);
        for (auto &[name, gateway] : m_gateways) {
            if (gateway.presence.state == PresenceState::NotObserved)
                gateway.presence.state =
                    overdue(gateway.presence, gateway.polls, m_startedAt, now, {}).value_or(gateway.presence.state);
        }
        turns();
    }
}

bool FakeFleet::act(bool done)
{
    if (done)
        turns();
    return done;
}

bool FakeFleet::rollBack()
{
    return act(rollBackRollout(rollout, now));
}

void FakeFleet::killAndRestart(qint64 seconds)
{
    now += std::chrono::seconds(seconds);
    carriesOut = true;
    isKilled = false;
    m_session.clear();
    m_startedAt = now;
    for (auto &[name, gateway] : m_gateways)
        gateway.presence.state = PresenceState::NotObserved;
    restartDeadlines(rollout, now);
    turns();
}

void FakeFleet::takeOver(char name, char config)
{
    supersede(rollout, {gatewayId(name)}, now);
    gateway(name).wanted = configRef(config);
    offer(name);
    turns();
}

std::optional<TargetSight> FakeFleet::sight(const GatewayId &id, const ConfigHash &hash) const
{
    const auto found = m_gateways.find(nameOf(id));
    return found == m_gateways.end() ? std::nullopt : std::optional(sightOf(found->second, hash));
}

void FakeFleet::refresh()
{
    for (auto &[name, gateway] : m_gateways) {
        // The effective config is judged anew against what is wanted now: it contains what was reported as applied.
        if (gateway.wanted && gateway.effective && !isContainmentCurrent(gateway))
            gateway.containment =
                Containment{gateway.wanted->hash,
                            gateway.effective->value.hash,
                            gateway.remoteConfig && gateway.remoteConfig->value.hash == gateway.wanted->hash,
                            {}};
        refreshStandings(gateway, now);
    }
}

void FakeFleet::turns()
{
    refresh();
    const auto earlier = std::exchange(m_earlier, {});
    bool isFirst = true; // what was seen before is looked at once
    const SightOf look = [&](const GatewayId &id, const ConfigHash &hash) {
        auto seen = sight(id, hash);
        const auto before = earlier.find({nameOf(id), hash});
        if (seen && isFirst && before != earlier.end())
            seen->earlier = before->second;
        return seen;
    };
    for (int turn = 0; turn < 20 && !isKilled; ++turn) {
        RolloutTurn result = takeTurn(rollout, look, now);
        isFirst = false;
        QVERIFY(result.changed == !(result.rollout == rollout));
        QVERIFY2(result.changed || result.actions.empty(), "actions of a turn that says nothing changed are lost");
        if (!result.changed)
            return;
        rollout = std::move(result.rollout);
        isKilled = !carriesOut && !result.actions.empty();
        if (isKilled)
            return;
        carryOut(result.actions);
        refresh();
    }
    QVERIFY2(isKilled, "the turns do not come to rest");
}

void FakeFleet::carryOut(const std::vector<RolloutAction> &actions)
{
    for (const RolloutAction &action : actions) {
        const char name = nameOf(action.gateway);
        Gateway &one = gateway(name);
        const ConfigHash &hash = action.ref.hash;
        switch (action.kind) {
        case RolloutAction::Kind::Want:
            ++wants;
            one.wanted = action.ref;
            one.repeats = {};
            if (action.retry)
                one.outcomes.remove(hash);
            QVERIFY2(one.outcomes.value(hash).state != OfferOutcome::State::Failed, "X6a: wants what failed here");
            m_session[name].remove(hash);
            offer(name);
            break;
        case RolloutAction::Kind::SendAgain:
            QCOMPARE(one.wanted->hash, hash);
            offer(name, true);
            break;
        case RolloutAction::Kind::WantNothing:
            one.wanted.reset();
            break;
        case RolloutAction::Kind::RememberFailed:
            one.outcomes[hash].state = OfferOutcome::State::Failed;
            one.outcomes[hash].error = action.error;
            one.lastFailed = {action.ref, action.error, now};
            break;
        case RolloutAction::Kind::RememberSilent:
            one.outcomes[hash].state = OfferOutcome::State::Unanswered;
            break;
        case RolloutAction::Kind::RememberProven:
            one.lastProven = action.ref;
            break;
        }
    }
}

void FakeFleet::offer(char name, bool again)
{
    Gateway &one = gateway(name);
    if (one.presence.state != PresenceState::Connected || !one.wanted)
        return;
    const ConfigHash hash = one.wanted->hash;
    const OfferDecision decision =
        decideOffer(one, {m_session[name].contains(hash), again, now, rollout.options.timeout});
    if (!std::holds_alternative<Send>(decision))
        return;
    if (std::get<Send>(decision).isRepeat)
        noteRepeat(one.repeats, hash, now);
    m_session[name].insert(hash);
    m_sent[name] += QChar::fromLatin1(hash.bytes().at(0));
    one.outcomes[hash] = {OfferOutcome::State::Sent, now, now, {}};
    one.startingSince = now;
}

QString FakeFleet::steps(bool errors) const
{
    QStringList parts;
    for (const RolloutTarget &target : rollout.targets) {
        QString part = QChar::fromLatin1(nameOf(target.gateway)) + u": "_s + word(target.step);
        if (errors && !target.error.isEmpty())
            part += u" ["_s + target.error + u']';
        parts.append(part);
    }
    return parts.join(u", "_s);
}

} // namespace flowgate::tests
