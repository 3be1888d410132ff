// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recorder.h"
#include "tests/app/fleetrig.h"
#include "tests/domain/samples.h"

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
};

QTEST_GUILESS_MAIN(TestRecorder)
#include "tst_recorder.moc"
