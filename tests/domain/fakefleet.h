// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rolloutturn.h"
#include "tests/domain/samples.h"

#include <QSet>

#include <map>

namespace flowgate::tests {

/// Gateways that do as they are told, and a driver that carries out what a rollout asks for: enough of the app layer to
/// write scenarios down. Gateways are named by one character, configs by the character that their hash is made of.
class FakeFleet
{
public:
    /// A connected supervisor that runs config @p runs, proven, or none ('\0').
    void add(char name, char runs = 'A', Capabilities capabilities = Capabilities(supervisorBits));
    /// A rollout of config B to all gateways, offline ones last, as the app plans it.
    void start(const std::vector<WaveSize> &waves = {{100, true}}, const std::function<void(Rollout &)> &change = {});

    [[nodiscard]] Gateway &gateway(char name) { return m_gateways.at(name); }
    [[nodiscard]] RolloutTarget &target(char name);

    // What gateways do. Each is followed by turns.
    void applies(char name, char config, bool contains = true); ///< APPLIED, effective and healthy
    void reports(char name, char config, ApplyStatus status, const QString &error = {});
    void showsEffective(char name, bool contains);
    void isHealthy(char name, bool healthy, const QString &error = {});
    void isStarting(char name);
    void disconnects(char name);
    void connects(char name);
    void forget(char name);
    void restarts(char name, bool isOurs = false); ///< another start time, healthy as before
    void misses(char name);                        ///< messages of it are lost: its full state is asked for
    void reportsAll(char name);                    ///< and sent
    void heard(char name);                         ///< a message without anything new
    /// All that @p play does comes in one read: the rollout takes no turn in between.
    void together(const std::function<void()> &play);

    // What people and the machine do.
    void wait(qint64 seconds); ///< second by second
    bool halt() { return act(haltRollout(rollout)); }
    bool resume() { return act(resumeRollout(rollout, now)); }
    bool rollBack();
    bool end() { return act(endRollout(rollout)); }
    /// The process was killed and is back @p seconds later: nobody is connected yet.
    void killAndRestart(qint64 seconds);
    /// A newer rollout of config @p config covers this gateway.
    void takeOver(char name, char config);

    /// Turns until nothing changes. Fails the test if that takes too long.
    void turns();
    /// "A: step, B: step" in the order of targets, an error behind it in brackets where @p errors.
    [[nodiscard]] QString steps(bool errors = false) const;
    [[nodiscard]] QString state() const { return word(rollout.state); }
    /// Which configs went out to this gateway, in order: "BA".
    [[nodiscard]] QString sentTo(char name) const { return m_sent.value(name); }
    /// What the gateway should run: the character of its hash.
    [[nodiscard]] QChar wantedBy(char name) { return QChar::fromLatin1(gateway(name).wanted->hash.bytes().at(0)); }
    [[nodiscard]] std::optional<TargetSight> sight(const GatewayId &id, const ConfigHash &hash) const;

    Rollout rollout;
    WallTime now = at();
    bool carriesOut = true; ///< off: killed after the next turn that asks for something, before anything is done
    bool isKilled = false;  ///< takes no turns until it is restarted
    int wants = 0;

private:
    bool act(bool done);
    void carryOut(const std::vector<RolloutAction> &actions);
    void offer(char name, bool again = false);
    void refresh();
    void see(char name, bool restarted, bool isOurs);

    std::map<char, Gateway> m_gateways;
    QHash<char, QSet<ConfigHash>> m_session; ///< what went out on the present connection
    QHash<char, QString> m_sent;
    std::map<std::pair<char, ConfigHash>, std::vector<TargetSight>> m_earlier; ///< since the last turns
    bool m_isHeld = false;
    quint64 m_starts = 1'790'000'000'000'000'000;
    WallTime m_startedAt = now; ///< since when it observes without a pause
};

} // namespace flowgate::tests
