// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/pausewatch.h"
#include "tests/support/manualclock.h"

#include <QTest>

using namespace flowgate::domain;
using namespace flowgate::tests;
using namespace std::chrono_literals;

class TestPauseWatch final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void looksEachSecond()
    {
        ManualClock clock;
        PauseWatch watch(clock);
        for (int i = 0; i < 100; ++i) {
            clock.advance(1s);
            QVERIFY(!watch.takePause());
        }
        clock.advance(6s); // late, as a busy machine is
        QVERIFY(!watch.takePause());
    }

    void theProcessStoodStill()
    {
        ManualClock clock;
        PauseWatch watch(clock);
        clock.advance(1s);
        QVERIFY(!watch.takePause());
        const WallTime until = clock.now();
        clock.advance(2min);
        QCOMPARE(watch.takePause(), std::optional(until));
        QVERIFY(!watch.takePause()); // once
    }

    void theMachineSlept()
    {
        ManualClock clock;
        PauseWatch watch(clock);
        const WallTime until = clock.now();
        clock.sleep(3s); // short, and yet nobody looked
        clock.advance(1s);
        QCOMPARE(watch.takePause(), std::optional(until));
    }

    void theMachineSaysThatItSlept_data()
    {
        QTest::addColumn<milliseconds>("stood"); // this process, while the machine was awake
        QTest::addColumn<milliseconds>("slept");
        QTest::addColumn<bool>("isPause");
        QTest::addRow("slept for hours") << milliseconds(200) << milliseconds(8h) << true;
        QTest::addRow("stood still for less than would be told from a busy machine")
            << milliseconds(3s) << milliseconds(0) << true;
        QTest::addRow("called off at once: we looked on") << milliseconds(900) << milliseconds(0) << false;
        QTest::addRow("a timer that is a little late") << milliseconds(1400) << milliseconds(0) << false;
    }

    void theMachineSaysThatItSlept()
    {
        QFETCH(milliseconds, stood);
        QFETCH(milliseconds, slept);
        QFETCH(bool, isPause);
        ManualClock clock;
        PauseWatch watch(clock);
        clock.advance(1s);
        for (const bool lookFirst : {false, true}) { // once, whichever comes first
            QVERIFY(!watch.takePause());
            watch.fallAsleep();
            const WallTime until = clock.now();
            const auto expected = isPause ? std::optional(until) : std::nullopt;
            clock.advance(stood);
            clock.sleep(slept);
            QCOMPARE(lookFirst ? watch.takePause() : watch.wake(), expected);
            QVERIFY(!watch.wake());
            clock.advance(6s); // and from then on a look may be late again
            QVERIFY(!watch.takePause());
        }
    }

    void aStepOfTheClockIsNone()
    {
        ManualClock clock;
        PauseWatch watch(clock);
        clock.stepWall(2h);
        clock.advance(1s);
        QVERIFY(!watch.takePause());
        clock.stepWall(-5h);
        clock.advance(1s);
        QVERIFY(!watch.takePause());
        // Both at once: it is the length of the pause that counts, on the clock as it is now.
        clock.stepWall(1h);
        clock.advance(1min);
        QCOMPARE(watch.takePause(), std::optional(clock.now() - 1min));
    }
};

QTEST_APPLESS_MAIN(TestPauseWatch)
#include "tst_pausewatch.moc"
