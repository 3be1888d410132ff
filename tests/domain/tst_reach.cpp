// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/reach.h"

#include <QTest>

using namespace flowgate::domain;

namespace {

WallTime second(int count)
{
    return WallTime(milliseconds(1'790'000'000'000 + qint64(count) * 1000));
}

Presence from(const char *peer)
{
    Presence presence;
    presence.peer = QString::fromLatin1(peer);
    return presence;
}

} // namespace

class TestReach final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cutOff_data()
    {
        QTest::addColumn<QStringList>("listened");
        QTest::addColumn<QStringList>("present");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *name, const char *listened, const char *present, bool expected) {
            const auto list = [](const char *text) {
                return QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
            };
            QTest::addRow("%s", name) << list(listened) << list(present) << expected;
        };
        row("every address, one there", "0.0.0.0", "192.168.1.5", false);
        row("every address, none there", "0.0.0.0", "", true);
        row("every address of both kinds", "::", "192.168.1.5 fe80::1", false);
        row("every address of both kinds, none there", "::", "", true);
        row("an address that is there", "192.168.1.5", "10.0.0.1 192.168.1.5", false);
        row("an address that went away", "192.168.1.5", "10.0.0.1", true);
        row("one of two went away", "192.168.1.5 10.0.0.1", "10.0.0.1", false);
        row("loopback needs no network", "127.0.0.1", "", false);
        row("loopback needs none in the other kind either", "::1 127.0.0.2", "", false);
        row("loopback beside another", "127.0.0.1 192.168.1.5", "", true);
        row("not listening", "", "", false);
    }
    void cutOff()
    {
        QFETCH(QStringList, listened);
        QFETCH(QStringList, present);
        QTEST(isCutOff({listened, present}), "expected");
    }

    void elsewhere_data()
    {
        QTest::addColumn<QString>("peer");
        QTest::addColumn<bool>("isElsewhere");
        const auto row = [](const char *peer, bool isElsewhere) {
            QTest::addRow("'%s'", peer) << QString::fromLatin1(peer) << isElsewhere;
        };
        row("127.0.0.1:51234", false);
        row("127.8.9.1:51234", false);
        row("[::1]:51234", false);
        row("[::ffff:127.0.0.1]:51234", false);
        row("", false);
        row("192.168.1.9:51234", true);
        row("12.7.0.1:51234", true);
        row("[fe80::1]:51234", true);
        row("[::12]:51234", true);
        row("[2001:db8::1]:51234", true);
    }
    void elsewhere()
    {
        QFETCH(QString, peer);
        QFETCH(bool, isElsewhere);
        Presence presence;
        presence.peer = peer;
        QCOMPARE(comesFromElsewhere(presence), isElsewhere);
        // What follows from it while there is no network.
        const NetworkTimes gone{second(5), second(2)};
        const Presence after = afterEnd(presence, {}, gone);
        QCOMPARE(after.state, isElsewhere ? PresenceState::NotObserved : PresenceState::Lost);
        QCOMPARE(after.why, isElsewhere ? noNetwork() : QString());
        QCOMPARE(audibleSince(presence, second(1), gone), isElsewhere ? std::nullopt : std::optional(second(1)));
    }

    void theEndOfAConnection_data()
    {
        using By = ConnectionEnd::By;
        QTest::addColumn<ConnectionEnd>("end");
        QTest::addColumn<PresenceState>("state");
        QTest::addColumn<QString>("why");
        const auto row = [](const char *name, By by, const char *said, PresenceState state, const char *why) {
            QTest::addRow("%s", name) << ConnectionEnd{by, QString::fromLatin1(said)} << state
                                      << QString::fromLatin1(why);
        };
        row("S14 a break is lost", By::Break, "no answer", PresenceState::Lost, "no answer");
        row("S14 a Close without a goodbye is lost", By::Peer, "Close 1000", PresenceState::Lost, "Close 1000");
        row("we closed: not observed, never lost", By::Us, "its token was revoked", PresenceState::NotObserved,
            "closed by Flowgate: its token was revoked");
        row("nobody knows who closed: not observed", By::Protocol, "Close 1002", PresenceState::NotObserved,
            "closed after a WebSocket error: Close 1002");
    }
    void theEndOfAConnection()
    {
        QFETCH(ConnectionEnd, end);
        Presence before = from("127.0.0.1:1");
        before.state = PresenceState::Connected;
        const Presence after = afterEnd(before, end, {});
        QTEST(after.state, "state");
        QTEST(after.why, "why");
        QCOMPARE(after.peer, before.peer);
    }

    void withANetwork()
    {
        const NetworkTimes back{{}, second(8)};
        QCOMPARE(afterEnd(from("192.168.1.9:1"), {}, back).state, PresenceState::Lost);
        QCOMPARE(audibleSince(from("192.168.1.9:1"), second(1), back), std::optional(second(8)));
        QCOMPARE(audibleSince(from("192.168.1.9:1"), second(9), back), std::optional(second(9)));
        QCOMPARE(audibleSince(from("127.0.0.1:1"), second(1), back), std::optional(second(1)));
        QCOMPARE(audibleSince(from("192.168.1.9:1"), second(1), {}), std::optional(second(1))); // it was never gone
    }
};

QTEST_APPLESS_MAIN(TestReach)
#include "tst_reach.moc"
