// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/addressgroup.h"
#include "net/attemptlimiter.h"

#include <QTest>

using namespace flowgate;
using net::AttemptLimiter;
using namespace std::chrono_literals;
using domain::milliseconds;

namespace {

QHostAddress address(const char *text)
{
    return QHostAddress(QString::fromLatin1(text));
}

constexpr AttemptLimiter::Limits three{3, 60s, 90s};

} // namespace

/// ER5, SEC6: who fails too often waits.
class TestAttemptLimiter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void waits_data()
    {
        QTest::addColumn<QList<int>>("failuresAt"); // seconds
        QTest::addColumn<int>("now");
        QTest::addColumn<int>("wait");
        QTest::addRow("SEC6 nothing was tried") << QList<int>{} << 0 << 0;
        QTest::addRow("SEC6 one less than the limit") << QList<int>{0, 1} << 2 << 0;
        QTest::addRow("SEC6 the last one begins the pause") << QList<int>{0, 1, 2} << 2 << 90;
        QTest::addRow("SEC6 a pause runs out") << QList<int>{0, 1, 2} << 91 << 1;
        QTest::addRow("SEC6 a pause ends") << QList<int>{0, 1, 2} << 92 << 0;
        QTest::addRow("SEC6 further ones make it no longer") << QList<int>{0, 1, 2, 50, 60} << 61 << 31;
        QTest::addRow("SEC6 behind a pause it is counted anew") << QList<int>{0, 1, 2, 92, 93} << 94 << 0;
        QTest::addRow("SEC6 and the limit is the same") << QList<int>{0, 1, 2, 92, 93, 94} << 94 << 90;
        QTest::addRow("SEC6 seldom enough") << QList<int>{0, 59, 60, 119, 120} << 121 << 0;
    }

    void waits()
    {
        QFETCH(QList<int>, failuresAt);
        QFETCH(int, now);
        QFETCH(int, wait);
        AttemptLimiter limiter;
        limiter.setLimits(three);
        for (const int at : failuresAt)
            limiter.noteFailure(address("192.0.2.1"), std::chrono::seconds(at));
        QCOMPARE(limiter.wait(address("192.0.2.1"), std::chrono::seconds(now)),
                 milliseconds(std::chrono::seconds(wait)));
        QCOMPARE(limiter.wait(address("192.0.2.2"), std::chrono::seconds(now)), milliseconds(0));
    }

    void countsAddresses_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<bool>("isOne");
        const auto row = [](const char *name, const char *first, const char *second, bool isOne) {
            QTest::addRow("%s", name) << QString::fromLatin1(first) << QString::fromLatin1(second) << isOne;
        };
        row("SEC6 two of IPv4", "192.0.2.1", "192.0.2.2", false);
        row("SEC6 one of IPv4", "192.0.2.1", "192.0.2.1", true);
        row("SEC6 an IPv6 host has many", "2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true);
        row("SEC6 another network of IPv6", "2001:db8:0:1::1", "2001:db8:0:2::1", false);
    }

    void countsAddresses()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QFETCH(bool, isOne);
        AttemptLimiter limiter;
        limiter.setLimits(three);
        for (int i = 0; i < 3; ++i)
            limiter.noteFailure(QHostAddress(first), 1s);
        QCOMPARE(limiter.wait(QHostAddress(second), 1s) > 0ms, isOne);
    }

    void limitsCanBeChanged()
    {
        AttemptLimiter limiter;
        limiter.setLimits(three);
        const QHostAddress one = address("192.0.2.1");
        for (int i = 0; i < 3; ++i)
            limiter.noteFailure(one, 0s);
        limiter.setLimits({3, 60s, 1h});
        QCOMPARE(limiter.wait(one, 0s), milliseconds(90s)); // a pause that has begun stays
        limiter.setLimits({0, 60s, 90s});
        QCOMPARE(limiter.wait(one, 0s), milliseconds(0)); // off: nobody waits
        for (int i = 0; i < 9; ++i)
            limiter.noteFailure(address("192.0.2.9"), 0s);
        QCOMPARE(limiter.size(), qsizetype(1)); // and nothing is counted
    }

    /// SEC6: an attacker with many addresses fills no memory, and what ran out makes room.
    void memoryIsBounded()
    {
        AttemptLimiter limiter;
        limiter.setLimits(three);
        for (quint32 i = 0; i < 3 * AttemptLimiter::mostAddresses; ++i)
            limiter.noteFailure(QHostAddress(0x0a000000U + i), 0s);
        QCOMPARE(limiter.size(), AttemptLimiter::mostAddresses);
        for (int i = 0; i < 3; ++i)
            limiter.noteFailure(address("192.0.2.1"), 61s);
        QVERIFY(limiter.wait(address("192.0.2.1"), 61s) > 0ms);
        QCOMPARE(limiter.size(), qsizetype(1));
    }
};

QTEST_GUILESS_MAIN(TestAttemptLimiter)
#include "tst_attemptlimiter.moc"
