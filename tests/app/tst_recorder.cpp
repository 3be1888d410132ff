// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/recorder.h"
#include "tests/app/fleetrig.h"
#include "tests/domain/samples.h"
#include "tests/support/patience.h"

#include <QTemporaryDir>

using namespace flowgate::tests;
using flowgate::app::FleetChange;

/// What the recorder tells as events; what it writes is tested with the store.
class TestRecorder final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void crashLoopIsOneEvent_data()
    {
        QTest::addColumn<QStringList>("reasons"); // reported one after the other; empty: healthy
        QTest::addColumn<int>("events");          // of kind gateway_unhealthy
        QTest::newRow("each crash has its process id")
            << QStringList{u"Agent process PID=21 exited, exit code=1"_s, u"Agent process PID=34 exited, exit code=1"_s}
            << 1;
        QTest::newRow("another reason") << QStringList{u"Agent process PID=21 exited"_s, u"exporter/otlp: refused"_s}
                                        << 2;
        QTest::newRow("healthy in between") << QStringList{u"PID=21 exited"_s, QString(), u"PID=34 exited"_s} << 2;
    }

    void crashLoopIsOneEvent()
    {
        QFETCH(QStringList, reasons);
        QFETCH(int, events);
        QTemporaryDir folder;
        FleetRig rig;
        flowgate::store::StoreThread store(folder.path(), rig.clock);
        QStringList kinds;
        flowgate::app::EventLog log(rig.clock, [&](const Event &event) { kinds.append(event.kind); });
        flowgate::app::Recorder recorder(rig.clock, rig.fleet, log, store);
        Gateway before;
        before.id = gatewayId('a');
        for (const QString &reason : reasons) {
            Gateway after = before;
            after.health.state = reason.isEmpty() ? HealthState::Healthy : HealthState::Unhealthy;
            after.health.why = reason;
            FleetChange change;
            change.before = &before;
            change.after = &after;
            recorder.gatewayChanged(change);
            before = after;
        }
        QCOMPARE(kinds.count(u"gateway_unhealthy"_s), events);
    }

    // A part of a collector in trouble has a span of its own, as long as somebody looks.
    void partsInTroubleAreWritten()
    {
        QTemporaryDir folder;
        FleetRig rig;
        flowgate::store::StoreThread store(folder.path(), rig.clock);
        QVERIFY(store.open().has_value());
        flowgate::domain::Mailbox mailbox;
        flowgate::app::EventLog log(rig.clock, [](const Event &) {});
        flowgate::app::Recorder recorder(rig.clock, rig.fleet, log, store);
        Gateway gateway = sampleGateway('a');
        flowgate::store::Job put;
        put.work = [gateway](flowgate::store::Database &database) { return database.gateways.put(gateway); };
        store.post(std::move(put));
        const auto report = [&](const char *error, PresenceState presence, qint64 ms) {
            Gateway after = gateway;
            ComponentHealth root;
            root.healthy = *error == '\0';
            ComponentHealth exporter{root.healthy, 1, QString::fromLatin1(error), u"StatusRecoverableError"_s, 0, {}};
            root.components[u"exporter:otlp"_s] = exporter;
            after.healthReport = Observed<ComponentHealth>{root, at(ms), false};
            after.presence.state = presence;
            FleetChange change;
            change.before = &gateway;
            change.after = &after;
            change.at = at(ms);
            recorder.gatewayChanged(change);
            gateway = after;
        };
        report("refused", PresenceState::Connected, 0);
        report("refused", PresenceState::Connected, 2000);
        report("", PresenceState::Connected, 4000);
        report("timed out", PresenceState::Connected, 6000);
        report("timed out", PresenceState::Lost, 9000); // whatever it was since, nobody saw it
        recorder.flush();
        std::optional<std::vector<Span>> spans;
        store.ask<std::vector<Span>>(
            [id = gateway.id](flowgate::store::Database &database) { return database.spans.since(id, at()); }, &mailbox,
            [&spans](const flowgate::store::Outcome<std::vector<Span>> &found) { spans = *found; });
        QTRY_VERIFY(spans.has_value());
        std::erase_if(*spans, [](const Span &span) { return span.kind != SpanKind::Component; });
        const Span first{SpanKind::Component, u"unhealthy"_s, at(0), at(4000), u"StatusRecoverableError: refused"_s,
                         u"exporter:otlp"_s};
        const Span second{
            SpanKind::Component, u"unhealthy"_s, at(6000), at(9000), u"StatusRecoverableError: timed out"_s,
            u"exporter:otlp"_s};
        QCOMPARE(*spans, (std::vector{first, second}));
        store.close();
    }
};

QTEST_GUILESS_MAIN(TestRecorder)
#include "tst_recorder.moc"
