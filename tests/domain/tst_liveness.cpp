// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/liveness.h"
#include "domain/mergereport.h"
#include "tests/domain/samples.h"

using namespace flowgate::tests;

class TestLiveness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesSilence_data()
    {
        QTest::addColumn<PresenceState>("state");
        QTest::addColumn<Transport>("transport");
        QTest::addColumn<qint64>("now"); // s after it was seen last, which is when observing began
        QTest::addColumn<QString>("expected");
        using P = PresenceState;
        constexpr auto ws = Transport::WebSocket;
        constexpr auto http = Transport::Http;
        QTest::addRow("HB5 HTTP, three polls are allowed") << P::Connected << http << qint64(90) << QString();
        QTest::addRow("HB5 HTTP, over it") << P::Connected << http << qint64(91) << u"silent"_s;
        QTest::addRow("HB3 WebSocket: time says nothing") << P::Connected << ws << qint64(1'000'000) << QString();
        QTest::addRow("HB5 silent stays") << P::Silent << http << qint64(1'000'000) << QString();
        QTest::addRow("S14 lost stays") << P::Lost << ws << qint64(1'000'000) << QString();
        QTest::addRow("S13 left stays") << P::Left << http << qint64(1'000'000) << QString();
        QTest::addRow("not observed while others come back") << P::NotObserved << ws << qint64(180) << QString();
        QTest::addRow("not observed, then not back") << P::NotObserved << ws << qint64(181) << u"silent"_s;
        QTest::addRow("not observed over HTTP waits as long") << P::NotObserved << http << qint64(100) << QString();
        QTest::addRow("clock stepped back") << P::Connected << http << qint64(-1'000'000) << QString();
    }

    void judgesSilence()
    {
        QFETCH(PresenceState, state);
        QFETCH(Transport, transport);
        QFETCH(qint64, now);
        QFETCH(QString, expected);
        const Presence presence{state, at(), at(), transport, {}};
        const auto result = overdue(presence, {}, at(), atSecond(now), {});
        QCOMPARE(result ? word(*result) : QString(), expected);
    }

    // It has as long to come back as after our start.
    void aCloseOfOursIsNoSilence()
    {
        const Presence presence{PresenceState::NotObserved, atSecond(1000), atSecond(999), Transport::WebSocket, {}};
        QVERIFY(!overdue(presence, {}, at(), atSecond(1180), {}));
        QCOMPARE(overdue(presence, {}, at(), atSecond(1181), {}), PresenceState::Silent);
        QVERIFY(!overdue(presence, {}, atSecond(2000), atSecond(2180), {}));             // we began to listen later
        QCOMPARE(overdue(presence, {}, at(), atSecond(900), {}), PresenceState::Silent); // the clock was set back
    }

    void timeThatNobodyListenedIsNoSilence()
    {
        const Presence presence{PresenceState::Connected, at(), at(), Transport::Http, {}};
        QVERIFY(!overdue(presence, {}, atSecond(3600), atSecond(3690), {})); // the clock was set forward by an hour
        QCOMPARE(overdue(presence, {}, atSecond(3600), atSecond(3691), {}), PresenceState::Silent);
        // Heard of in what is the future since the clock was set back.
        QVERIFY(!overdue(presence, {}, atSecond(-3600), atSecond(-3510), {}));
        QCOMPARE(overdue(presence, {}, atSecond(-3600), atSecond(-3509), {}), PresenceState::Silent);
    }

    void knowsAGatewayByItsOwnInterval_data()
    {
        QTest::addColumn<QList<int>>("gaps"); // s between its polls, the oldest first
        QTest::addColumn<int>("allowed");     // s of silence that are not yet told
        QTest::addRow("HB5 nothing known: the setting") << QList<int>{} << 90;
        QTest::addRow("HB3 two gaps are no rhythm") << QList<int>{300, 300} << 90;
        QTest::addRow("HB5 polls every 5 minutes") << QList<int>{300, 300, 300} << 900;
        QTest::addRow("polls fast: the setting stays") << QList<int>{1, 1, 1, 1, 1} << 90;
        QTest::addRow("away once for a day") << QList<int>{300, 300, 300, 86'400, 300} << 900;
        QTest::addRow("two polls out of turn") << QList<int>{300, 300, 300, 2, 3} << 900;
        QTest::addRow("of four the shorter in the middle") << QList<int>{200, 400, 300, 500} << 900;
        QTest::addRow("polls faster from now on") << QList<int>{300, 300, 300, 30, 30, 30} << 90;
        QTest::addRow("the wall clock set back teaches nothing") << QList<int>{300, 300, 300, -7200, 0} << 900;
    }

    void knowsAGatewayByItsOwnInterval()
    {
        QFETCH(QList<int>, gaps);
        QFETCH(int, allowed);
        PollRhythm polls;
        for (const int gap : gaps)
            polls.learn(std::chrono::seconds(gap));
        const Presence presence{PresenceState::Connected, at(), at(), Transport::Http, {}};
        QVERIFY(!overdue(presence, polls, at(), atSecond(allowed), {}));
        QCOMPARE(overdue(presence, polls, at(), atSecond(allowed + 1), {}), PresenceState::Silent);
        QCOMPARE(allowedSilence(polls.interval(), LivenessLimits().httpSilence), std::chrono::seconds(allowed));
    }

    void countsOnWhatWasAgreed() // HB3: an interval that we offered
    {
        PollRhythm polls;
        for (const int gap : {30, 30, 30, 30, 30})
            polls.learn(std::chrono::seconds(gap));
        polls.agree(std::chrono::minutes(10));
        QCOMPARE(polls.interval(), std::optional<milliseconds>(std::chrono::minutes(10)));
        polls.learn(std::chrono::seconds(1)); // what it has to say of that comes at once
        QCOMPARE(polls.interval(), std::optional<milliseconds>(std::chrono::minutes(10)));
        for (const int gap : {30, 30, 30}) // it did not keep to it
            polls.learn(std::chrono::seconds(gap));
        QCOMPARE(polls.interval(), std::optional<milliseconds>(std::chrono::seconds(30)));
    }

    void learnsFromPollsOverHttpOnly()
    {
        for (const Transport transport : {Transport::Http, Transport::WebSocket}) {
            Gateway gateway;
            gateway.presence.transport = transport;
            for (int poll = 0; poll < 4; ++poll)
                gateway = mergeReport(std::move(gateway), {}, atSecond(poll * 200)).gateway;
            QCOMPARE(gateway.polls.interval(), transport == Transport::Http
                                                   ? std::optional<milliseconds>(std::chrono::seconds(200))
                                                   : std::nullopt);
        }
    }

    void takesLimitsAsGiven()
    {
        const Presence presence{PresenceState::Connected, at(), at(), Transport::Http, {}};
        const LivenessLimits limits{milliseconds(15'000), milliseconds(1)};
        QVERIFY(!overdue(presence, {}, at(), atSecond(15), limits));
        QCOMPARE(overdue(presence, {}, at(), at(15'001), limits), PresenceState::Silent);
    }
};

QTEST_GUILESS_MAIN(TestLiveness)
#include "tst_liveness.moc"
