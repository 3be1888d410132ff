// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/orderedpool.h"
#include "tests/support/patience.h"

#include <QTest>

#include <condition_variable>

using flowgate::endpoint::OrderedPool;

namespace {

/// Lets pool work wait until the test says so.
class Gate
{
public:
    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_open = true;
        m_changed.notify_all();
    }
    void pass()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_open; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_open = false;
};

} // namespace

class TestOrderedPool : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsTheOrderOfAKey();
    void keysDoNotWaitForEachOther();
    void hasALimit();
    void moreJobsFromDone();
    void goesWithJobsQueued();
};

void TestOrderedPool::keepsTheOrderOfAKey()
{
    OrderedPool pool(4, 1000);
    std::vector<int> results;
    for (int i = 0; i < 200; ++i)
        QVERIFY(pool.submit(
            "a", [i] { return i; }, [&results](int value) { results.push_back(value); }));
    QCOMPARE(pool.jobs("a"), qsizetype(200));
    QTRY_COMPARE(results.size(), std::size_t(200));
    QVERIFY(std::ranges::is_sorted(results));
    QVERIFY(!pool.isBusy("a"));
}

void TestOrderedPool::keysDoNotWaitForEachOther()
{
    OrderedPool pool(2, 1000);
    Gate gate;
    QByteArrayList order;
    const auto note = [&order](const QByteArray &name) { order.append(name); };
    QVERIFY(pool.submit(
        "slow",
        [&gate] {
            gate.pass();
            return QByteArray("slow");
        },
        note));
    QVERIFY(pool.submit(
        "fast", [] { return QByteArray("fast"); }, note));
    QTRY_COMPARE(order, QByteArrayList{"fast"});
    QVERIFY(pool.isBusy("slow"));
    gate.open();
    QTRY_COMPARE(order, (QByteArrayList{"fast", "slow"}));
}

void TestOrderedPool::hasALimit()
{
    OrderedPool pool(1, 3);
    Gate gate;
    int done = 0;
    const auto submit = [&](const QByteArray &key) {
        return pool.submit(
            key,
            [&gate] {
                gate.pass();
                return 1;
            },
            [&done](int) { ++done; });
    };
    QVERIFY(submit("a") && submit("a") && submit("b"));
    QVERIFY(!submit("c"));
    QCOMPARE(pool.jobs("c"), qsizetype(0));
    gate.open();
    QTRY_COMPARE(done, 3);
    QVERIFY(submit("c"));
    QTRY_COMPARE(done, 4);
}

void TestOrderedPool::moreJobsFromDone()
{
    OrderedPool pool(1, 2);
    std::vector<int> results;
    bool busyInDone = true;
    QVERIFY(pool.submit(
        "a", [] { return 1; },
        [&](int value) {
            results.push_back(value);
            busyInDone = pool.isBusy("a");
            QVERIFY(pool.submit(
                "a", [] { return 2; }, [&](int next) { results.push_back(next); }));
        }));
    QTRY_COMPARE(results, (std::vector{1, 2}));
    QVERIFY(!busyInDone);
}

void TestOrderedPool::goesWithJobsQueued()
{
    bool called = false;
    auto alive = std::make_shared<int>(1);
    {
        OrderedPool pool(1, 100);
        for (int i = 0; i < 50; ++i)
            QVERIFY(pool.submit(
                "a", [alive] { return *alive; }, [&called](int) { called = true; }));
    }
    QCOMPARE(alive.use_count(), 1L);
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(TestOrderedPool)
#include "tst_orderedpool.moc"
