// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/fleet.h"
#include "app/journal/eventlog.h"
#include "domain/failingparts.h"
#include "store/storethread.h"

#include <QObject>
#include <QTimer>

#include <array>

namespace flowgate::app {

/// Writes down what happens to gateways: their latest value, their spans, effective configs, notable events. Gathers
/// for 100 ms, so that a burst makes one write; every transition makes its own span.
/// @thread io
class Recorder final : public QObject, public FleetObserver
{
    Q_OBJECT
public:
    Recorder(const domain::Clock &clock, const Fleet &fleet, EventLog &events, store::StoreThread &store);

    /// Takes over the open spans. Where a gateway's state differs from its open span (our own downtime lies between),
    /// the span ends when we last observed.
    void restore(const store::SpansByGateway &open, const std::vector<domain::Gateway> &gateways,
                 domain::WallTime observedUntil);

    void gatewayChanged(const FleetChange &change) override;
    void offerTooLarge(const domain::Gateway &gateway, qsizetype bytes) override;
    void gatewaysForgotten(const QList<domain::GatewayId> &ids) override;
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession how) override;
    void linkFlaps(const domain::Gateway &gateway, const domain::LinkWatch::Flapping &flapping) override;
    void cloneFound(const domain::Gateway &gateway, const domain::GatewayId &given, const QString &peer) override;
    /// Gateways that changed, in whole, and their spans. Call it before the store is closed.
    void flush();
    /// The same and @p job as one: both are on disk, or none is.
    void flushWith(store::Job job);
    /// Writes every gateway anew, after the database had refused some.
    void rewrite();
    /// Keeps the effective config that this gateway reports now for as long as its history.
    void keepEffective(const domain::GatewayId &id);
    /// The observer's 10 s tick: last seen and number of gateways that were heard.
    void touch(const QSet<domain::GatewayId> &seen);

private:
    using OpenSpans = std::array<std::optional<domain::Span>, 3>;

    void advance(const domain::GatewayId &id, domain::SpanKind kind, const QString &state, const QString &detail,
                 domain::WallTime at);
    void advanceParts(const domain::Gateway &gateway, domain::WallTime at);
    void noteEvents(const FleetChange &change);
    void notePresence(const FleetChange &change, const QString &name);
    void noteClosed(const FleetChange &change, const QString &name);
    void noteHealth(const FleetChange &change, const QString &name);
    void noteConfig(const FleetChange &change, const QString &name);

    const domain::Clock &m_clock;
    const Fleet &m_fleet;
    EventLog &m_events;
    store::StoreThread &m_store;
    QHash<domain::GatewayId, OpenSpans> m_open;
    QHash<domain::GatewayId, domain::OpenParts> m_openParts; ///< of those that have any
    QSet<domain::GatewayId> m_dirty;
    std::vector<std::pair<domain::GatewayId, domain::SpanStep>> m_steps;
    QTimer m_timer;
};

} // namespace flowgate::app
