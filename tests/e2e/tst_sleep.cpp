// SPDX-License-Identifier: GPL-3.0-or-later
// The machine says that it falls asleep and that it wakes: a logind of the test's own, on a bus of the test's own.
#include "tests/e2e/support/processes.h"
#include "tests/support/patience.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusUnixFileDescriptor>
#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <poll.h>
#include <unistd.h>

using namespace flowgate::tests;

namespace {

const QString path = QStringLiteral("/org/freedesktop/login1");
const QString manager = QStringLiteral("org.freedesktop.login1.Manager");

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// Gives locks, and tells by them when they are given back.
class FakeLogind final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")
public:
    ~FakeLogind() override
    {
        for (const int end : m_ends)
            ::close(end);
    }
    [[nodiscard]] int locks() const { return static_cast<int>(m_ends.size()); }
    /// Whether nobody holds the newest lock any more.
    [[nodiscard]] bool isGivenBack() const
    {
        pollfd end{m_ends.back(), POLLIN, 0};
        return ::poll(&end, 1, 0) == 1 && (end.revents & POLLHUP) != 0;
    }
    QStringList asked;

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &, const QString &mode)
    {
        asked.append(what + u' ' + who + u' ' + mode);
        int ends[2];
        if (::pipe(ends) != 0)
            return {};
        m_ends.push_back(ends[0]);
        QDBusUnixFileDescriptor lock;
        lock.giveFileDescriptor(ends[1]); // closed here once it is sent
        return lock;
    }

private:
    std::vector<int> m_ends;
};

} // namespace

class TestSleep final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString program = QStandardPaths::findExecutable(text("dbus-daemon"));
        if (program.isEmpty() && qEnvironmentVariable("CI") == u"true")
            QFAIL("dbus-daemon is not here");
        if (program.isEmpty())
            QSKIP("dbus-daemon is not here");
        QFile config(m_folder.filePath(text("bus.conf")));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("<busconfig><type>system</type><listen>unix:path=" + m_folder.filePath(text("bus")).toUtf8() +
                     "</listen><auth>EXTERNAL</auth><policy context='default'><allow user='*'/><allow own='*'/>"
                     "<allow send_destination='*'/><allow receive_sender='*'/></policy></busconfig>");
        config.close();
        bindToParent(m_busProcess);
        m_busProcess.start(program,
                           {text("--nofork"), text("--print-address"), text("--config-file"), config.fileName()});
        QVERIFY(m_busProcess.waitForReadyRead(patience));
        const QString address = QString::fromLocal8Bit(m_busProcess.readLine()).trimmed();
        m_bus = QDBusConnection::connectToBus(address, text("fake-logind"));
        QVERIFY(m_bus.isConnected());
        QVERIFY(m_bus.registerObject(path, &m_logind, QDBusConnection::ExportAllSlots));
        QVERIFY(m_bus.registerService(text("org.freedesktop.login1")));
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", address.toLocal8Bit());
    }

    void cleanupTestCase()
    {
        m_busProcess.kill();
        m_busProcess.waitForFinished(flowgate::tests::patience);
    }

    void whatWasObservedIsWrittenBeforeItSleeps()
    {
        Daemon daemon;
        QVERIFY2(daemon.start(), daemon.log().constData());
        QTRY_COMPARE(m_logind.asked, QStringList{text("sleep Flowgate delay")});
        const auto fleet = startFleet(daemon);
        QVERIFY(eventually([&] { return presence(daemon) == u"connected"; }));
        QVERIFY(!m_logind.isGivenBack());
        const qint64 asleep = QDateTime::currentMSecsSinceEpoch();
        prepareForSleep(true);
        QTRY_VERIFY(m_logind.isGivenBack());
        // Whatever becomes of the machine now, it is known until when we looked.
        daemon.kill();
        fleet->kill();
        fleet->waitForFinished(flowgate::tests::patience);
        QVERIFY2(daemon.start(), daemon.log().constData());
        QTRY_COMPARE(m_logind.locks(), 2);
        const QJsonObject gateway = daemon.gateway();
        QCOMPARE(at(gateway, "presence.state").toString(), text("not_observed"));
        const QDateTime since = QDateTime::fromString(at(gateway, "presence.since").toString(), Qt::ISODateWithMs);
        QVERIFY2(since.toMSecsSinceEpoch() >= asleep, qPrintable(since.toString(Qt::ISODateWithMs)));
        QCOMPARE(daemon.terminate(), 0);
    }

    void nothingIsClaimedOfTheTimeAsleep()
    {
        Daemon daemon;
        const int locks = m_logind.locks();
        QVERIFY2(daemon.start(), daemon.log().constData());
        QTRY_COMPARE(m_logind.locks(), locks + 1);
        const auto fleet = startFleet(daemon);
        QVERIFY(eventually([&] { return presence(daemon) == u"connected"; }));
        prepareForSleep(true);
        QTRY_VERIFY(m_logind.isGivenBack());
        // Shorter than what is told from a busy machine by the clocks alone.
        daemon.signal(SIGSTOP);
        QEventLoop stopped;
        QTimer::singleShot(3'000, &stopped, &QEventLoop::quit);
        stopped.exec();
        prepareForSleep(false);
        daemon.signal(SIGCONT);
        QVERIFY(eventually([&] {
            const QJsonArray events = daemon.ctl({text("events")}).json[text("items")].toArray();
            return std::any_of(events.begin(), events.end(),
                               [](const QJsonValue &event) { return event[text("kind")] == text("not_observed"); });
        }));
        QVERIFY(eventually([&] { return presence(daemon) == u"connected"; }));
        QTRY_COMPARE(m_logind.locks(), locks + 2); // for the next time
        QVERIFY(!m_logind.isGivenBack());
        fleet->kill();
        fleet->waitForFinished(flowgate::tests::patience);
        QCOMPARE(daemon.terminate(), 0);
        QTRY_VERIFY(m_logind.isGivenBack()); // nothing holds the machine awake
    }

private:
    void prepareForSleep(bool goesToSleep)
    {
        QDBusMessage signal = QDBusMessage::createSignal(path, manager, text("PrepareForSleep"));
        signal << goesToSleep;
        QVERIFY(m_bus.send(signal));
    }
    static std::unique_ptr<QProcess> startFleet(const Daemon &daemon)
    {
        auto fleet = std::make_unique<QProcess>();
        bindToParent(*fleet);
        fleet->start(
            QStringLiteral(FLOWGATE_BIN "/flowgate-fleetsim"),
            {text("--endpoint"), daemon.endpoint(), text("--count"), text("1"), text("--heartbeat"), text("1s")});
        return fleet;
    }
    static QString presence(Daemon &daemon) { return at(daemon.gateway(), "presence.state").toString(); }

    QTemporaryDir m_folder;
    QProcess m_busProcess;
    QDBusConnection m_bus{QString()};
    FakeLogind m_logind;
};

QTEST_GUILESS_MAIN(TestSleep)
#include "tst_sleep.moc"
