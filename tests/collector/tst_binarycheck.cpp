// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/binarycheck.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <csignal>

using namespace flowgate;
using namespace flowgate::collector;
using Outcome = BinaryVerdict::Outcome;
using namespace std::chrono_literals;

namespace {

domain::ConfigSet oneFile(const QByteArray &text)
{
    domain::ConfigSet config;
    config.files[QString()].body = text;
    return config;
}

} // namespace

class TestBinaryCheck : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString script(const QByteArray &body)
    {
        static int number = 0;
        QFile file(m_folder.filePath(QStringLiteral("collector%1").arg(++number)));
        if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + body) < 0)
            return {};
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }

    static BinaryVerdict verdictOf(BinaryCheck &check, const QString &binary, const domain::ConfigSet &config)
    {
        QSignalSpy spy(&check, &BinaryCheck::finished);
        check.start(binary, config);
        if (spy.isEmpty() && !spy.wait(60'000))
            qFatal("no verdict");
        return spy.front().front().value<BinaryVerdict>();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        qputenv("TMPDIR", QFile::encodeName(m_folder.path())); // what is left behind can be told from others'
    }

    void asksTheBinary_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<Outcome>("outcome");
        QTest::addColumn<QString>("words");
        QTest::addRow("accepts") << QByteArray("exit 0\n") << Outcome::Accepted << QString();
        QTest::addRow("refuses") << QByteArray("echo 'Error: receivers::otlp: no' >&2; exit 1\n") << Outcome::Refused
                                 << QStringLiteral("Error: receivers::otlp: no\n");
        QTest::addRow("refuses in silence") << QByteArray("exit 3\n") << Outcome::Refused << QString();
        QTest::addRow("gets the very file")
            << QByteArray("[ \"$1\" = validate ] && [ $# = 2 ] && cat \"${2#--config=}\"\n") << Outcome::Accepted
            << QStringLiteral("receivers: {otlp: }\n");
        QTest::addRow("its file is called as ours")
            << QByteArray("echo \"Error: cannot read ${2#--config=}\"; exit 1\n") << Outcome::Refused
            << QStringLiteral("Error: cannot read config.yaml\n");
        QTest::addRow("no input to wait for") << QByteArray("cat\n") << Outcome::Accepted << QString();
        QTest::addRow("dies") << QByteArray("kill -9 $$\n") << Outcome::Crashed << QString();
    }

    void asksTheBinary()
    {
        QFETCH(QByteArray, body);
        QFETCH(Outcome, outcome);
        QFETCH(QString, words);
        BinaryCheck check;
        const BinaryVerdict verdict = verdictOf(check, script(body), oneFile("receivers: {otlp: }\n"));
        QCOMPARE(verdict.outcome, outcome);
        QCOMPARE(verdict.words, words);
        QCOMPARE(!verdict.problems.empty(), outcome == Outcome::Refused);
        QVERIFY(!check.isRunning());
        QVERIFY(QDir(QDir::tempPath()).entryList({QStringLiteral("flowgate-check-*")}).isEmpty());
    }

    void findsPlaces()
    {
        BinaryCheck check;
        const BinaryVerdict verdict = verdictOf(check, script("echo 'Error: receivers::otlp: no' >&2; exit 1\n"),
                                                oneFile("\nreceivers: {otlp: }"));
        QCOMPARE(verdict.problems.size(), size_t(1));
        QCOMPARE(verdict.problems.front().line, 2);
        QCOMPARE(verdict.problems.front().path, QStringLiteral("receivers::otlp"));
    }

    void givesFilesInTheOrderOfTheirMerge()
    {
        domain::ConfigSet config;
        for (const QString &name : {QString(), QStringLiteral("b"), QStringLiteral("../a")})
            config.files[name].body = name.toUtf8() + ": 1\n";
        config.files[QString()].body = "last: 1\n";
        BinaryCheck check;
        const BinaryVerdict verdict =
            verdictOf(check, script("shift; for f; do cat \"${f#--config=}\"; done\n"), config);
        QCOMPARE(verdict.words, QStringLiteral("../a: 1\nb: 1\nlast: 1\n"));
    }

    void cannotBeStarted_data()
    {
        QTest::addColumn<QString>("binary");
        QTest::addRow("not there") << QStringLiteral("/nonexistent/otelcol");
        QTest::addRow("not a program") << QStringLiteral("/dev/null");
        QTest::addRow("a folder") << QStringLiteral("/");
    }

    void cannotBeStarted()
    {
        QFETCH(QString, binary);
        BinaryCheck check;
        const BinaryVerdict verdict = verdictOf(check, binary, oneFile("a: 1"));
        QCOMPARE(verdict.outcome, Outcome::NotStarted);
        QVERIFY(!verdict.words.isEmpty());
    }

    void hangingOnesAreEndedWithTheirChildren()
    {
        const QString pidFile = m_folder.filePath(QStringLiteral("pid"));
        // It says who its child is before it hangs.
        const QString binary = script("sleep 1000 & echo $! > " + QFile::encodeName(pidFile) + ".new; mv " +
                                      QFile::encodeName(pidFile) + ".new " + QFile::encodeName(pidFile) + "; wait\n");
        QFile file(pidFile);
        // A slow machine may end the script before it said anything: it gets more time then.
        for (auto limit = 1s; !file.open(QIODevice::ReadOnly); limit *= 2) {
            QVERIFY2(limit < 60s, "the script never began");
            BinaryCheck check(limit);
            QCOMPARE(verdictOf(check, binary, oneFile("a: 1")).outcome, Outcome::TimedOut);
        }
        const int pid = file.readAll().trimmed().toInt();
        QVERIFY(pid > 1);
        // Gone, or dead and not yet collected by whoever adopted it.
        const auto isDead = [pid] {
            QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
            return !stat.open(QIODevice::ReadOnly) || stat.readAll().contains(") Z ");
        };
        QTRY_VERIFY_WITH_TIMEOUT(isDead(), 60'000);
    }

    void floodsAreEnded()
    {
        BinaryCheck check(60s);
        const BinaryVerdict verdict = verdictOf(check, script("exec yes\n"), oneFile("a: 1"));
        QCOMPARE(verdict.outcome, Outcome::Flooded);
        QVERIFY(verdict.words.size() <= 64 * 1024);
    }

    void waitsWithoutAnEventLoop()
    {
        BinaryCheck check(60s);
        std::optional<BinaryVerdict> verdict;
        connect(&check, &BinaryCheck::finished, &check, [&](const BinaryVerdict &v) { verdict = v; });
        check.start(script("echo hello\n"), oneFile("a: 1"));
        check.wait([] { return false; });
        QVERIFY(verdict && verdict->outcome == Outcome::Accepted);
        QCOMPARE(verdict->words, QStringLiteral("hello\n"));
        verdict.reset();
        check.start(script("exec sleep 1000\n"), oneFile("a: 1"));
        check.wait([] { return true; });
        QVERIFY(verdict && verdict->outcome == Outcome::Stopped);
        BinaryCheck hasty(1ms);
        connect(&hasty, &BinaryCheck::finished, &check, [&](const BinaryVerdict &v) { verdict = v; });
        hasty.start(script("exec sleep 1000\n"), oneFile("a: 1"));
        hasty.wait([] { return false; });
        QCOMPARE(verdict->outcome, Outcome::TimedOut);
    }

    void aNewOneReplacesTheOld()
    {
        BinaryCheck check;
        QSignalSpy spy(&check, &BinaryCheck::finished);
        check.start(script("exec sleep 1000\n"), oneFile("a: 1"));
        check.start(script("echo second\n"), oneFile("a: 1"));
        QVERIFY(spy.wait(60'000));
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.front().front().value<BinaryVerdict>().words, QStringLiteral("second\n"));
    }
};

QTEST_GUILESS_MAIN(TestBinaryCheck)
#include "tests/support/patience.h"
#include "tst_binarycheck.moc"
