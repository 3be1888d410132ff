// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"
#include "app/fleet/fleet.h"
#include "app/journal/eventlog.h"
#include "domain/clockwatch.h"
#include "domain/rollout.h"
#include "domain/rolloutturn.h"
#include "domain/selector.h"
#include "domain/targetsight.h"
#include "store/error.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <map>

namespace flowgate::app {

/// What it brings to whom: "base@3 to 'env=lab'".
[[nodiscard]] QString subjectOf(const domain::Rollout &rollout);

/// Drives all rollouts: lets the rules take turns as gateways change and time passes, writes each step down together
/// with what it changes in the gateways, and gives later arrivals what the rollouts in force want for them.
/// @thread io
class RolloutDriver final : public QObject, public FleetObserver
{
    Q_OBJECT
public:
    /// Soon: with what else is written | AtOnce | OrRefused: at once, or not at all where the database takes nothing.
    enum class Keep { Soon, AtOnce, OrRefused };
    /// Writes a rollout, and the gateways that changed so far, as one: no kill leaves one without the other. @p done
    /// tells how it went, on the io thread.
    using Save =
        std::function<void(const domain::Rollout &, Keep, std::function<void(const store::Outcome<void> &)> done)>;

    RolloutDriver(const domain::Clock &clock, Fleet &fleet, EventLog &events, Save save);
    ~RolloutDriver() override;

    /// Takes over what the database knew; what was under way gets its time anew, our downtime does not count.
    void restore(std::vector<domain::Rollout> rollouts);
    /// Nobody looked for a while: the same.
    void observedAgain();

    [[nodiscard]] const std::map<QString, domain::Rollout> &rollouts() const { return m_rollouts; }
    /// Takes up an ended rollout of an earlier run, so that a person can act on it; nothing if it is known.
    void adopt(domain::Rollout rollout);
    /// Takes up a rollout in force that is on disk already: gateways that match get its version.
    void putInForce(const domain::Rollout &rollout);
    [[nodiscard]] const domain::Rollout *find(const QString &id) const;

    /// Writes the rollout down durably, then begins; done gives its id after the commit.
    void start(domain::Rollout rollout, Done<QString> done);
    void halt(const QString &id, const QString &by, Done<Nothing> done);
    void resume(const QString &id, const QString &by, Done<Nothing> done);
    void rollBack(const QString &id, const QString &by, Done<Nothing> done);
    void end(const QString &id, const QString &by, Done<Nothing> done);

    /// Takes the turns that are due. Timers do so after each change of a gateway and while something is under way.
    void takeTurns();

    /// Writes all of them anew, after the database had refused some.
    void rewrite();

    /// Calls @p then once, when nothing more can happen to the rollout by itself, unless @p guard is gone by then.
    void whenSettled(const QString &id, QObject *guard, std::function<void(const domain::Rollout &)> then);

    void gatewayChanged(const FleetChange &change) override;
    void gatewayForgotten(const domain::GatewayId &id) override;
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession how) override;

Q_SIGNALS:
    /// A rollout is new or differs; valid during the call.
    void rolloutChanged(const flowgate::domain::Rollout &rollout);
    /// Nothing more is expected of this target: proven, unproven, failed or back.
    void targetEnded(const flowgate::domain::GatewayId &gateway);

private:
    using Act = std::function<bool(domain::Rollout &)>;
    void act(const QString &id, const QString &kind, const QString &text, const QString &by, const Act &act,
             Done<Nothing> done);
    void scheduleTurns();
    using Earlier = QHash<domain::GatewayId, QHash<domain::ConfigHash, std::vector<domain::TargetSight>>>;
    void takeTurns(domain::Rollout &rollout, const Earlier &earlier);
    void keepTurn(const domain::Rollout &rollout, bool settled);
    void carryOut(const std::vector<domain::RolloutAction> &actions, domain::milliseconds patience);
    void noteOutcome(const domain::Rollout &before, const domain::Rollout &after);
    [[nodiscard]] QString whoDidNotGoBack(const domain::Rollout &rollout) const;
    void watchOpenTargets();
    void considerEverybody();
    void considerArrivals();
    void considerArrival(const domain::Gateway &gateway, const std::map<QString, domain::Selector> &inForce);
    void tellWaiters();

    struct Waiter
    {
        QString id;
        QPointer<QObject> guard;
        std::function<void(const domain::Rollout &)> then;
    };

    const domain::Clock &m_clock;
    domain::ClockWatch m_clockWatch;
    Fleet &m_fleet;
    EventLog &m_events;
    Save m_save;
    std::map<QString, domain::Rollout> m_rollouts;
    QSet<QString> m_starting; ///< being written, not begun
    QSet<QString> m_settling; ///< their end is being written
    std::vector<Waiter> m_waiters;
    QSet<domain::GatewayId> m_arrivals;
    QHash<domain::GatewayId, QSet<domain::ConfigHash>>
        m_watched;     ///< open targets, and the versions that they are about
    Earlier m_earlier; ///< what was seen of them since the last turns
    QTimer m_soon;     ///< after the current message, so that the fleet is not changed from within a call of its own
    QTimer m_tick;     ///< deadlines and soaks
};

} // namespace flowgate::app
