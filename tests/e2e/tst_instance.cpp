// SPDX-License-Identifier: GPL-3.0-or-later
// One process a data folder: what a second start does.
#include "tests/e2e/support/processes.h"

#include <QTest>

using namespace flowgate::tests;

namespace {

/// A flowgate without a screen.
class Window
{
public:
    void start(const QString &folder)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral(FLOWGATE_BIN "/flowgate"),
                        {QStringLiteral("--data"), folder, QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
    }
    ~Window()
    {
        m_process.kill();
        m_process.waitForFinished(flowgate::tests::patience);
    }
    /// The exit code; -1 where it goes on.
    int end()
    {
        return m_process.waitForFinished(patience) && m_process.exitStatus() == QProcess::NormalExit
                   ? m_process.exitCode()
                   : -1;
    }
    QProcess &process() { return m_process; }

private:
    QProcess m_process;
};

CtlResult ctl(const QString &folder, const QString &verb)
{
    QProcess process;
    process.start(QStringLiteral(FLOWGATE_BIN "/flowgatectl"),
                  {QStringLiteral("--json"), QStringLiteral("--data"), folder, verb});
    CtlResult result;
    if (process.waitForFinished(patience))
        result.exit = process.exitCode();
    return result;
}

} // namespace

class TestInstance final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSecondWindowRaisesTheFirst()
    {
        const QTemporaryDir folder;
        Window first;
        first.start(folder.path());
        QTRY_COMPARE(ctl(folder.path(), QStringLiteral("status")).exit, 0);
        Window second;
        second.start(folder.path());
        QCOMPARE(second.end(), 0);
        const QByteArray said = second.process().readAllStandardError();
        QVERIFY2(!said.contains("flowgate:") && !said.contains("QFile"), said.constData());
        QCOMPARE(first.process().state(), QProcess::Running);
        QCOMPARE(ctl(folder.path(), QStringLiteral("status")).exit, 0);
        first.process().terminate();
        QCOMPARE(first.end(), 0);
        // The folder is free again.
        Window third;
        third.start(folder.path());
        QTRY_COMPARE(ctl(folder.path(), QStringLiteral("status")).exit, 0);
    }

    void aFolderHeldByTheDaemonIsSaid()
    {
        Daemon daemon;
        QVERIFY2(daemon.start(), daemon.log().constData());
        Window window;
        window.start(daemon.folder());
        QByteArray said;
        QTRY_VERIFY((said += window.process().readAllStandardError()).contains("flowgated, process"));
        // Its box waits to be read; asked to end, it ends with the reason.
        window.process().terminate();
        QCOMPARE(window.end(), 3);
        QCOMPARE(daemon.ctl({QStringLiteral("status")}).exit, 0);
    }
};

QTEST_GUILESS_MAIN(TestInstance)
#include "tst_instance.moc"
