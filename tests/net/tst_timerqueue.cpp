// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/timerqueue.h"

#include <QCoreApplication>
#include <QTest>
#include <QTimerEvent>

#include <functional>

using flowgate::net::TimerQueue;
using namespace std::chrono_literals;

namespace {

/// Notes which timers it was told of.
class Listener final : public QObject
{
public:
    std::vector<int> ids;
    std::function<void(int)> then;

protected:
    void timerEvent(QTimerEvent *event) override
    {
        ids.push_back(event->timerId());
        if (then)
            then(event->timerId());
    }
};

} // namespace

class TestTimerQueue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firesInOrderOfTime();
    void repeatsWithoutDrift();
    void zeroFiresOnceAPass();
    void handlersMayRemoveAndAdd();
    void aFiringOneIsLeftOut();
    void coarseOnesMeet();
    void knowsItsObjects();
};

void TestTimerQueue::firesInOrderOfTime()
{
    TimerQueue queue;
    Listener listener;
    queue.add(1, 30ms, Qt::PreciseTimer, &listener, 0ms);
    queue.add(2, 10ms, Qt::PreciseTimer, &listener, 0ms);
    queue.add(3, 20ms, Qt::PreciseTimer, &listener, 0ms);
    QCOMPARE(queue.untilNext(4ms), std::optional(6ms));
    QCOMPARE(queue.fireDue(9ms), 0);
    QCOMPARE(queue.fireDue(25ms), 2);
    QCOMPARE(listener.ids, (std::vector{2, 3}));
    QCOMPARE(queue.remaining(1, 25ms), 5);
    QCOMPARE(queue.remaining(1, 35ms), 0);
    QCOMPARE(queue.remaining(9, 0ms), -1);
}

void TestTimerQueue::repeatsWithoutDrift()
{
    TimerQueue queue;
    Listener listener;
    queue.add(1, 10ms, Qt::PreciseTimer, &listener, 0ms);
    QCOMPARE(queue.fireDue(13ms), 1);
    QCOMPARE(queue.untilNext(13ms), std::optional(7ms)); // due at 20, not at 23
    QCOMPARE(queue.fireDue(95ms), 1);                    // what was missed is not made up for
    QCOMPARE(queue.untilNext(95ms), std::optional(10ms));
}

void TestTimerQueue::zeroFiresOnceAPass()
{
    TimerQueue queue;
    Listener listener;
    queue.add(1, 0ms, Qt::CoarseTimer, &listener, 5ms);
    for (int pass = 0; pass < 3; ++pass)
        QCOMPARE(queue.fireDue(5ms), 1);
    QCOMPARE(queue.untilNext(5ms), std::optional(0ms));
}

void TestTimerQueue::handlersMayRemoveAndAdd()
{
    TimerQueue queue;
    Listener listener;
    for (const int id : {1, 2, 3})
        queue.add(id, 10ms, Qt::PreciseTimer, &listener, 0ms);
    listener.then = [&](int id) {
        if (id != 1)
            return;
        queue.remove(1);                                        // itself
        queue.remove(2);                                        // one that is due as well
        queue.remove(3);                                        // and one whose number
        queue.add(3, 500ms, Qt::PreciseTimer, &listener, 10ms); // comes back at once
    };
    QCOMPARE(queue.fireDue(10ms), 1);
    QCOMPARE(listener.ids, std::vector{1});
    QCOMPARE(queue.untilNext(10ms), std::optional(500ms));
}

void TestTimerQueue::aFiringOneIsLeftOut()
{
    TimerQueue queue;
    Listener listener;
    queue.add(1, 10ms, Qt::PreciseTimer, &listener, 0ms);
    int nested = -1;
    listener.then = [&](int) { nested = queue.fireDue(100ms); }; // as a nested event loop would
    QCOMPARE(queue.fireDue(10ms), 1);
    QCOMPARE(nested, 0);
    listener.then = nullptr;
    QCOMPARE(queue.fireDue(20ms), 1);
}

void TestTimerQueue::coarseOnesMeet()
{
    TimerQueue queue;
    Listener listener;
    for (int id = 1; id <= 20; ++id)
        queue.add(id, 1000ms, Qt::CoarseTimer, &listener, std::chrono::milliseconds(id));
    const auto first = *queue.untilNext(0ms);
    QVERIFY(first >= 950ms && first <= 1050ms);
    const int together = queue.fireDue(first);
    const auto second = *queue.untilNext(first);
    QCOMPARE(together + queue.fireDue(first + second), 20); // two wake-ups instead of twenty
    queue.add(30, 500ms, Qt::VeryCoarseTimer, &listener, 5'100ms);
    QVERIFY(queue.remaining(30, 5'100ms) >= 400);
}

void TestTimerQueue::knowsItsObjects()
{
    TimerQueue queue;
    Listener one;
    Listener two;
    queue.add(1, 10ms, Qt::PreciseTimer, &one, 0ms);
    queue.add(2, 20ms, Qt::CoarseTimer, &one, 0ms);
    queue.add(3, 10ms, Qt::PreciseTimer, &two, 0ms);
    const auto list = queue.of(&one);
    QCOMPARE(list.size(), 2);
    QCOMPARE(list[1].timerId, 2);
    QCOMPARE(list[1].interval, 20);
    QCOMPARE(list[1].timerType, Qt::CoarseTimer);
    QVERIFY(queue.removeAll(&one));
    QVERIFY(!queue.removeAll(&one));
    QVERIFY(!queue.remove(1));
    QCOMPARE(queue.fireDue(1000ms), 1);
    QCOMPARE(two.ids, std::vector{3});
}

QTEST_GUILESS_MAIN(TestTimerQueue)
#include "tst_timerqueue.moc"
