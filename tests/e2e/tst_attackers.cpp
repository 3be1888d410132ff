// SPDX-License-Identifier: GPL-3.0-or-later
// While strangers do their worst, gateways are answered, and the memory that it costs is bounded.
#include "net/gzip.h"
#include "tests/e2e/support/processes.h"
#include "tests/support/attack.h"
#include "tests/support/rawbytes.h"
#include "tests/support/rawclient.h"

#include <QTest>

using namespace flowgate::tests;

namespace {

/// A heartbeat by the letter: header byte 0, then field 1 with a uid of 16 bytes.
QByteArray heartbeat(int which)
{
    return frame(Op::Binary,
                 QByteArray(1, '\0') + QByteArray("\x0a\x10", 2) + QByteArray::number(which).rightJustified(16, 'h'));
}

/// The most that it had in memory at once so far, in MiB.
[[maybe_unused]] qint64 peakMebibytes(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).simplified().split(' ').constFirst().toLongLong() / 1024;
    }
    return -1;
}

// What may be in flight (512 MiB, net/server.h), as much again for what the allocator keeps of it, and the program
// itself.
constexpr qint64 mostMebibytes = 1200;

} // namespace

class TestAttackers final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void bigTelemetryIsRead();
    void gatewaysAreAnswered_data()
    {
        QTest::addColumn<int>("kind");
        for (const AttackKind kind : allAttacks())
            QTest::addRow("%s", nameOf(kind)) << static_cast<int>(kind);
    }

    void gatewaysAreAnswered()
    {
        QFETCH(int, kind);
        Daemon daemon;
        QVERIFY2(daemon.start(), daemon.log().constData());
        std::vector<RawClient> honest(5);
        for (RawClient &client : honest) {
            client.patience = std::chrono::seconds(60);
            QVERIFY(client.connectTo(daemon.port()));
            QVERIFY(client.openWebSocket("/v1/opamp"));
        }
        {
            const Attack attack(static_cast<AttackKind>(kind), daemon.port());
            // Enough of it: a byte a second of each of 500 is little, a message without end is ended after a lot.
            quint64 enough = 2'000'000;
            if (kind == static_cast<int>(AttackKind::SlowHeads))
                enough = 30'000;
            else if (kind == static_cast<int>(AttackKind::EndlessMessage))
                enough = 500'000'000;
            int rounds = 0;
            int answered = 0;
            QVERIFY(eventually(
                [&] {
                    ++rounds;
                    for (size_t i = 0; i < honest.size(); ++i) {
                        if (honest[i].send(heartbeat(static_cast<int>(i))) && honest[i].readData())
                            ++answered;
                    }
                    return attack.figures().bytes > enough;
                },
                240'000));
            QCOMPARE(answered, rounds * 5);
            // Who comes new is let in.
            RawClient late;
            late.patience = std::chrono::seconds(60);
            QVERIFY(late.connectTo(daemon.port()));
            QVERIFY(late.openWebSocket("/v1/opamp"));
            QVERIFY(late.send(heartbeat(9)) && late.readData());
        }
        for (size_t i = 0; i < honest.size(); ++i)
            QVERIFY(honest[i].send(heartbeat(static_cast<int>(i))) && honest[i].readData());
        QCOMPARE(daemon.ctl({QStringLiteral("status")}).exit, 0);
#ifndef __SANITIZE_ADDRESS__ // which keeps what is freed
        const qint64 peak = peakMebibytes(daemon.pid());
        QVERIFY2(peak > 0 && peak < mostMebibytes, QByteArray::number(peak).constData());
#endif
        QCOMPARE(daemon.terminate(), 0);
    }
};

// Own telemetry that is big, or becomes so, is read in another thread: the answers are the same.
void TestAttackers::bigTelemetryIsRead()
{
    Daemon daemon;
    QVERIFY2(daemon.start(), daemon.log().constData());
    const auto json = [](qsizetype padding) { return "{\"resourceLogs\":[]}" + QByteArray(padding, ' '); };
    const QByteArray small = json(10);
    const QByteArray big = json(300'000);
    const QByteArray tooBig = json(17 * 1024 * 1024);
    QByteArray torn = flowgate::net::gzip(big);
    torn.chop(9);
    struct Step
    {
        QByteArray body;
        bool packed;
        int status;
    };
    const std::vector<Step> steps{{small, false, 200},
                                  {big, false, 200},
                                  {flowgate::net::gzip(small), true, 200},
                                  {flowgate::net::gzip(big), true, 200},
                                  {torn, true, 400},
                                  {flowgate::net::gzip(tooBig), true, 413},
                                  {big.chopped(300'001), false, 400}};
    for (const Step &step : steps) {
        RawClient client;
        QVERIFY(client.connectTo(daemon.port()));
        std::vector<QByteArray> headers{"Content-Type: application/json",
                                        "Content-Length: " + QByteArray::number(step.body.size())};
        if (step.packed)
            headers.push_back("Content-Encoding: gzip");
        QVERIFY(client.send(request("POST /v1/logs HTTP/1.1", headers, step.body)));
        const auto response = client.readResponse();
        QVERIFY(response);
        QCOMPARE(response->status, step.status);
    }
}

QTEST_GUILESS_MAIN(TestAttackers)
#include "tst_attackers.moc"
