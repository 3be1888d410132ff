// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flowgatectl/fakeplane.h"

#include <QJsonDocument>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace flowgate::ctltest;

class TestCtlStreams : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void flushesEachLine();
    void interruptEndsWithZero_data();
    void interruptEndsWithZero();
    void theOtherEndGoes();
    void theOtherSideRefuses();
    void nobodyReadsAnyMore_data();
    void nobodyReadsAnyMore();
    void manyItems();
};

namespace {

const QByteArray item = "{\"item\":{\"at\":\"2026-11-23T12:00:00.000Z\",\"text\":\"\\u009b\"}}\n";

QStringList watch(const FakePlane &plane)
{
    return {QStringLiteral("watch"), QStringLiteral("--data"), plane.folder()};
}

/// Ends the program if a test leaves early.
class Running : public QProcess
{
public:
    Running() = default;
    ~Running() override
    {
        kill();
        waitForFinished(flowgate::tests::patience);
    }
    Q_DISABLE_COPY_MOVE(Running)
};

} // namespace

void TestCtlStreams::flushesEachLine()
{
    FakePlane plane;
    plane.setStays(true);
    plane.setAnswer(item);
    Running process;
    process.start(QStringLiteral(FLOWGATE_CTL), watch(plane));
    QByteArray out;
    QTRY_VERIFY_WITH_TIMEOUT((out += process.readAllStandardOutput()).endsWith('\n'), 60'000);
    QCOMPARE(out, QByteArray("{\"at\":\"2026-11-23T12:00:00.000Z\",\"text\":\"\\u009b\"}\n"));
    // In two pieces: a line is a line only once it is whole.
    plane.client()->write(item.left(10));
    plane.client()->flush();
    plane.client()->write(item.mid(10) + item);
    out.clear();
    QTRY_COMPARE_WITH_TIMEOUT((out += process.readAllStandardOutput()).count('\n'), 2, 60'000);
    QCOMPARE(process.state(), QProcess::Running);
}

void TestCtlStreams::interruptEndsWithZero_data()
{
    QTest::addColumn<QStringList>("verb");
    QTest::addColumn<bool>("quiet");
    QTest::addRow("watch") << QStringList{QStringLiteral("watch")} << false;
    QTest::addRow("watch that had nothing to say yet") << QStringList{QStringLiteral("watch")} << true;
    QTest::addRow("events --follow") << QStringList{QStringLiteral("events"), QStringLiteral("--follow")} << false;
}

void TestCtlStreams::interruptEndsWithZero()
{
    QFETCH(QStringList, verb);
    QFETCH(bool, quiet);
    FakePlane plane;
    plane.setStays(true);
    plane.setAnswer(quiet ? QByteArray() : item);
    Running process;
    process.start(QStringLiteral(FLOWGATE_CTL), verb + QStringList{QStringLiteral("--data"), plane.folder()});
    QTRY_COMPARE_WITH_TIMEOUT(plane.requests().size(), 1, 60'000);
    QSignalSpy gone(plane.client(), &QLocalSocket::disconnected);
    QCOMPARE(::kill(static_cast<pid_t>(process.processId()), SIGINT), 0);
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000);
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(process.readAllStandardError(), QByteArray());
    QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, 60'000); // and the other side notices
}

void TestCtlStreams::theOtherEndGoes()
{
    FakePlane plane;
    plane.setAnswer(item); // and hangs up
    const Ran plain = runCtl(watch(plane));
    QCOMPARE(plain.exit, 1);
    QCOMPARE(plain.out.count('\n'), 1);
    QVERIFY2(plain.err.contains("ended the stream"), plain.err.constData());
    const Ran json = runCtl(watch(plane) + QStringList{QStringLiteral("--json")});
    QCOMPARE(json.exit, 1);
    QCOMPARE(json.out.count('\n'), 2);
    QCOMPARE(QJsonDocument::fromJson(json.out.split('\n').at(1))
                 .object()
                 .value(QStringLiteral("error"))[QStringLiteral("code")]
                 .toString(),
             QStringLiteral("connection_lost"));
}

void TestCtlStreams::theOtherSideRefuses()
{
    FakePlane plane;
    plane.setAnswer("{\"exit\":1,\"error\":{\"code\":\"unknown_verb\",\"message\":\"no\"}}\n");
    const Ran ran = runCtl(watch(plane) + QStringList{QStringLiteral("--json")});
    QCOMPARE(ran.exit, 1);
    QCOMPARE(ran.err, QByteArray("flowgatectl: no\n"));
    QCOMPARE(ran.out, QByteArray("{\"error\":{\"code\":\"unknown_verb\",\"message\":\"no\"}}\n"));
}

void TestCtlStreams::nobodyReadsAnyMore_data()
{
    QTest::addColumn<bool>("moreComes");
    QTest::addRow("while items come") << true;
    QTest::addRow("and all is quiet") << false;
}

void TestCtlStreams::nobodyReadsAnyMore()
{
    QFETCH(bool, moreComes);
    FakePlane plane;
    plane.setStays(true);
    plane.setAnswer(moreComes ? item.repeated(20'000) : item);
    Running shell;
    shell.start(QStringLiteral("sh"),
                QStringList{QStringLiteral("-c"), QStringLiteral("{ \"$0\" \"$@\"; echo $? >&2; } | head -n 1"),
                            QStringLiteral(FLOWGATE_CTL)} +
                    watch(plane));
    QTRY_COMPARE_WITH_TIMEOUT(shell.state(), QProcess::NotRunning, 60'000);
    QCOMPARE(shell.readAllStandardOutput().count('\n'), 1);
    QCOMPARE(shell.readAllStandardError(), QByteArray("0\n")); // its exit code alone: no SIGPIPE, no complaint
}

void TestCtlStreams::manyItems()
{
    FakePlane plane;
    plane.setAnswer(item.repeated(20'000));
    const Ran ran = runCtl(watch(plane));
    QCOMPARE(ran.out.count('\n'), 20'000);
}

QTEST_GUILESS_MAIN(TestCtlStreams)
#include "tst_ctlstreams.moc"
