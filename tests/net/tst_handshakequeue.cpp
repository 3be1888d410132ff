// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/handshakequeue.h"

#include <QTest>

using namespace flowgate::net;
using namespace std::chrono_literals;

namespace {

QHostAddress v4(int host)
{
    return QHostAddress(quint32(0x0a000000 + host));
}

} // namespace

/// Which TLS handshake goes when there is no room for the next.
class TestHandshakeQueue final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theOldestSilentOneOfTheAddressGoes()
    {
        HandshakeQueue queue(100, 3);
        const auto first = queue.begin(v4(1), 0ms);
        const auto second = queue.begin(v4(1), 1ms);
        const auto third = queue.begin(v4(1), 2ms);
        QVERIFY(first.key && second.key && third.key && !third.dropped);
        queue.spoke(*first.key);
        const auto fourth = queue.begin(v4(1), 3ms);
        QCOMPARE(fourth.dropped, second.key);
        QVERIFY(fourth.key.has_value());
        QCOMPARE(queue.size(), 3);
    }

    // One that speaks is given the time that a handshake takes; then its place is needed.
    void onesThatSpeakStayForAWhile()
    {
        HandshakeQueue queue(100, 2);
        const auto first = queue.begin(v4(1), 0ms);
        const auto second = queue.begin(v4(1), 0ms);
        queue.spoke(*first.key);
        queue.spoke(*second.key);
        const auto early = queue.begin(v4(1), HandshakeQueue::enough - 1ms);
        QVERIFY(!early.key && !early.dropped);
        const auto late = queue.begin(v4(1), HandshakeQueue::enough);
        QCOMPARE(late.dropped, first.key);
        QVERIFY(late.key.has_value());
    }

    void manyAddressesShutNobodyOut()
    {
        HandshakeQueue queue(1000, 64);
        for (int i = 0; i < 1600; ++i)
            QVERIFY(queue.begin(v4(i % 40), 0ms).key);
        QCOMPARE(queue.size(), 1000);
        const auto honest = queue.begin(v4(99), 1ms);
        QVERIFY(honest.key && honest.dropped);
        queue.spoke(*honest.key);
        // It is none of those that go for further ones of the others.
        for (int i = 0; i < 5000; ++i)
            QVERIFY(queue.begin(v4(i % 40), 1s).dropped != honest.key);
        queue.end(*honest.key);
        QCOMPARE(queue.size(), 999);
    }

    void anIpv6HostHasOneShare()
    {
        HandshakeQueue queue(100, 2);
        const auto first = queue.begin(QHostAddress(QStringLiteral("2001:db8::1")), 0ms);
        QVERIFY(queue.begin(QHostAddress(QStringLiteral("2001:db8::2")), 0ms).key);
        QCOMPARE(queue.begin(QHostAddress(QStringLiteral("2001:db8::3")), 0ms).dropped, first.key);
        QVERIFY(!queue.begin(QHostAddress(QStringLiteral("2001:db8:0:1::1")), 0ms).dropped);
    }

    void whatEndsMakesRoom()
    {
        HandshakeQueue queue(1, 1);
        const auto first = queue.begin(v4(1), 0ms);
        queue.spoke(*first.key);
        QVERIFY(!queue.begin(v4(2), 0ms).key);
        queue.end(*first.key);
        queue.end(*first.key);
        QVERIFY(queue.begin(v4(2), 0ms).key);
    }

    void noRoomAtAll()
    {
        HandshakeQueue queue(0, 10);
        QVERIFY(!queue.begin(v4(1), 0ms).key);
        queue.setLimits(1, 10);
        QVERIFY(queue.begin(v4(1), 0ms).key);
    }
};

QTEST_GUILESS_MAIN(TestHandshakeQueue)
#include "tst_handshakequeue.moc"
