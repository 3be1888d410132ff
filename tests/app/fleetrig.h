// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/fleet.h"
#include "tests/support/manualclock.h"

#include <map>

namespace flowgate::tests {

/// A port that keeps what was sent.
class FakePort final : public app::AgentPort
{
public:
    struct Sent
    {
        domain::ConnectionId connection;
        domain::ServerReply reply;
    };
    bool send(domain::ConnectionId connection, const domain::ServerReply &reply) override
    {
        if (broken)
            return false;
        sent.push_back({connection, reply});
        return true;
    }
    void close(domain::ConnectionId connection, const QString &) override { closed.push_back(connection); }
    void turnAway(domain::ConnectionId connection, const QString &) override { turnedAway.push_back(connection); }

    std::vector<Sent> sent;
    std::vector<domain::ConnectionId> closed;
    std::vector<domain::ConnectionId> turnedAway;
    bool broken = false;
};

/// An observer that counts.
class CountingObserver final : public app::FleetObserver
{
public:
    void gatewayChanged(const app::FleetChange &change) override
    {
        ++changes;
        restarts += change.restarted ? 1 : 0;
        presence.push_back(domain::word(change.after->presence.state));
    }
    void offerTooLarge(const domain::Gateway &, qsizetype) override { ++tooLarge; }
    void gatewayForgotten(const domain::GatewayId &) override { ++forgotten; }
    void gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, app::Succession) override
    {
        moved.emplace_back(before, after.id);
    }
    void cloneFound(const domain::Gateway &gateway, const domain::GatewayId &given, const QString &) override
    {
        clones.emplace_back(gateway.id, given);
    }

    void linkFlaps(const domain::Gateway &, const domain::LinkWatch::Flapping &flapping) override
    {
        links.append(QStringLiteral("%1 %2").arg(flapping.over ? u"over" : u"begins").arg(flapping.times));
    }

    int changes = 0;
    int restarts = 0;
    int tooLarge = 0;
    int forgotten = 0;
    std::vector<std::pair<domain::GatewayId, domain::GatewayId>> moved;
    std::vector<std::pair<domain::GatewayId, domain::GatewayId>> clones;
    QStringList links; ///< "begins 4"
    QStringList presence;
};

/// A fleet with everything around it faked: bodies come from a map, replies go to a list.
struct FleetRig
{
    ManualClock clock;
    FakePort port;
    std::map<QByteArray, app::ConfigBodies::Body> stored;
    app::ConfigBodies bodies{[this](const domain::ConfigHash &hash, std::function<void(app::ConfigBodies::Body)> then) {
        const auto found = stored.find(hash.bytes());
        then(found == stored.end() ? nullptr : found->second);
    }};
    CountingObserver observer;
    app::Fleet fleet;
    std::map<QByteArray, quint64> numbers;

    FleetRig()
        : fleet(clock, port, bodies)
    {
        fleet.addObserver(&observer);
    }

    /// Time goes by while the control plane runs.
    void pass(domain::milliseconds time)
    {
        for (const domain::milliseconds second(1000); time.count() > 0; time -= second) {
            clock.advance(std::min(time, second));
            fleet.tick();
        }
    }

    static domain::GatewayId id(char which) { return domain::GatewayId(QByteArray(16, which)); }
    static domain::Peer ws(domain::ConnectionId connection)
    {
        return {connection, domain::Transport::WebSocket, QStringLiteral("127.0.0.1:1"), {}, false, {}};
    }
    static domain::Peer http() { return {0, domain::Transport::Http, QStringLiteral("127.0.0.1:2"), {}, false, {}}; }

    /// All that the supervisor announces, as seen from a real one.
    static constexpr quint64 supervisor = 0x7dc7;

    /// A heartbeat with the next number.
    domain::AgentReport next(char which, quint64 capabilities = supervisor)
    {
        domain::AgentReport report;
        report.id = id(which);
        report.wireUid = report.id.bytes();
        report.capabilities = domain::Capabilities(capabilities);
        report.sequence = numbers[report.wireUid]++;
        report.digest = QByteArray::number(report.sequence) + report.wireUid;
        return report;
    }

    /// A first report that brings everything.
    domain::AgentReport full(char which, quint64 capabilities = supervisor)
    {
        domain::AgentReport report = next(which, capabilities);
        report.description =
            domain::AgentDescription{{{QStringLiteral("service.name"), {QStringLiteral("otelcol")}}},
                                     {{QStringLiteral("host.name"), {QStringLiteral("host-") + QLatin1Char(which)}}}};
        report.effectiveConfig = config("receivers: {}\n");
        report.remoteConfigStatus = domain::RemoteConfigStatus{};
        return report;
    }

    static domain::ConfigSet config(const QByteArray &text) { return {{{QString(), {text, {}}}}}; }

    /// A version whose body is in the "database".
    domain::ConfigRef version(const QString &name, int number, const QByteArray &text)
    {
        const domain::ConfigSet body = config(text);
        const domain::ConfigHash hash = domain::canonicalHash(body);
        stored[hash.bytes()] = std::make_shared<const domain::ConfigSet>(body);
        return {name, number, hash};
    }

    static const domain::NormalReply &normal(const domain::ServerReply &reply)
    {
        return std::get<domain::NormalReply>(reply.body);
    }

    const domain::Gateway &gateway(char which) const { return *fleet.find(id(which)); }
};

} // namespace flowgate::tests
