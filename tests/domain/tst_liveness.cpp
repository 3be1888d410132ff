// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/liveness.h"
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
        const auto result = overdue(presence, at(), atSecond(now), {});
        QCOMPARE(result ? word(*result) : QString(), expected);
    }

    void timeThatNobodyListenedIsNoSilence()
    {
        const Presence presence{PresenceState::Connected, at(), at(), Transport::Http, {}};
        QVERIFY(!overdue(presence, atSecond(3600), atSecond(3690), {})); // the clock was set forward by an hour
        QCOMPARE(overdue(presence, atSecond(3600), atSecond(3691), {}), PresenceState::Silent);
        // Heard of in what is the future since the clock was set back.
        QVERIFY(!overdue(presence, atSecond(-3600), atSecond(-3510), {}));
        QCOMPARE(overdue(presence, atSecond(-3600), atSecond(-3509), {}), PresenceState::Silent);
    }

    void takesLimitsAsGiven()
    {
        const Presence presence{PresenceState::Connected, at(), at(), Transport::Http, {}};
        const LivenessLimits limits{milliseconds(15'000), milliseconds(1)};
        QVERIFY(!overdue(presence, at(), atSecond(15), limits));
        QCOMPARE(overdue(presence, at(), at(15'001), limits), PresenceState::Silent);
    }
};

QTEST_GUILESS_MAIN(TestLiveness)
#include "tst_liveness.moc"
