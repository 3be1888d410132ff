// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clockwatch.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace flowgate::domain;
using namespace flowgate::tests;

class TestClockWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsStepsFromTime_data()
    {
        QTest::addColumn<qint64>("passes"); // ms
        QTest::addColumn<qint64>("sleeps");
        QTest::addColumn<qint64>("steps");
        QTest::addColumn<qint64>("told");
        QTest::addRow("nothing") << qint64(0) << qint64(0) << qint64(0) << qint64(0);
        QTest::addRow("an hour passes") << qint64(3'600'000) << qint64(0) << qint64(0) << qint64(0);
        QTest::addRow("an hour asleep") << qint64(0) << qint64(3'600'000) << qint64(0) << qint64(0);
        QTest::addRow("slewed by a second") << qint64(5000) << qint64(0) << qint64(1000) << qint64(0);
        QTest::addRow("forward") << qint64(5000) << qint64(7000) << qint64(60'000) << qint64(60'000);
        QTest::addRow("back") << qint64(5000) << qint64(0) << qint64(-60'000) << qint64(-60'000);
    }

    void tellsStepsFromTime()
    {
        QFETCH(qint64, passes);
        QFETCH(qint64, sleeps);
        QFETCH(qint64, steps);
        QFETCH(qint64, told);
        ManualClock clock;
        ClockWatch watch(clock);
        clock.advance(milliseconds(passes));
        clock.sleep(milliseconds(sleeps));
        clock.stepWall(milliseconds(steps));
        QCOMPARE(watch.takeStep().count(), told);
        QCOMPARE(watch.takeStep().count(), qint64(0)); // told once
    }
};

QTEST_GUILESS_MAIN(TestClockWatch)
#include "tst_clockwatch.moc"
