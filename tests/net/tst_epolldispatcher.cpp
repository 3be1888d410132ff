// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/epolldispatcher.h"
#include "tests/support/iothread.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace flowgate;
using namespace std::chrono_literals;

namespace {

/// Both ends of a socket pair.
struct Pair
{
    Pair() { ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends); }
    ~Pair()
    {
        closeEnd(0);
        closeEnd(1);
    }
    Pair(const Pair &) = delete;
    Pair &operator=(const Pair &) = delete;
    void closeEnd(int which)
    {
        if (ends[which] >= 0)
            ::close(std::exchange(ends[which], -1));
    }
    void write(int which) const { QVERIFY(::write(ends[which], "x", 1) == 1); }
    void drain(int which) const
    {
        char bytes[64];
        while (::read(ends[which], bytes, sizeof bytes) > 0) {
        }
    }
    int ends[2] = {-1, -1};
};

} // namespace

/// The whole test runs on a dispatcher of ours: main() installs it.
class TestEpollDispatcher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isInstalled();
    void readNotifier();
    void writeNotifier();
    void exceptionNotifier();
    void hangUpWakesReaders();
    void notifierRemovedByTheOneBefore();
    void descriptorReusedInOneRound();
    void disabledNotifierIsQuiet();
    void regularFileIsAlwaysReady();
    void timersOfEachType();
    void timerRemovedInItsHandler();
    void nestedLoops();
    void excludedSocketNotifiers();
    void excludedTimers();
    void postedFromOtherThreads();
    void wakeUpFromOtherThread();
    void quitEndsALoop();
    void movesObjectsWithTimers();
    void tcpSockets();
    void localServer();
    void threadsComeAndGo();
};

void TestEpollDispatcher::isInstalled()
{
    auto *dispatcher = qobject_cast<net::EpollDispatcher *>(QAbstractEventDispatcher::instance());
    QVERIFY(dispatcher);
    QVERIFY(dispatcher->isValid());
}

void TestEpollDispatcher::readNotifier()
{
    Pair pair;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    int count = 0;
    connect(&notifier, &QSocketNotifier::activated, this, [&] { ++count; });
    QCoreApplication::processEvents();
    QCOMPARE(count, 0);
    pair.write(1);
    for (int expected = 1; expected <= 3; ++expected) { // as long as there is something to read
        QCoreApplication::processEvents();
        QCOMPARE(count, expected);
    }
    pair.drain(0);
    QCoreApplication::processEvents();
    QCOMPARE(count, 3);
}

void TestEpollDispatcher::writeNotifier()
{
    Pair pair;
    QSocketNotifier reader(pair.ends[0], QSocketNotifier::Read);
    QSocketNotifier writer(pair.ends[0], QSocketNotifier::Write);
    int reads = 0;
    int writes = 0;
    connect(&reader, &QSocketNotifier::activated, this, [&] { ++reads; });
    connect(&writer, &QSocketNotifier::activated, this, [&] { ++writes; });
    QCoreApplication::processEvents();
    QCOMPARE(writes, 1);
    QCOMPARE(reads, 0);
    pair.write(1);
    QCoreApplication::processEvents();
    QCOMPARE(writes, 2);
    QCOMPARE(reads, 1);
}

void TestEpollDispatcher::exceptionNotifier()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.connectToHost(server.serverAddress(), server.serverPort());
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket *accepted = server.nextPendingConnection();
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    // On a second number of the same socket: Qt's own notifiers are in the way on the first.
    const int copy = ::dup(static_cast<int>(accepted->socketDescriptor()));
    int count = 0;
    {
        QSocketNotifier notifier(copy, QSocketNotifier::Exception);
        connect(&notifier, &QSocketNotifier::activated, this, [&] {
            ++count;
            notifier.setEnabled(false);
        });
        QCOMPARE(::send(static_cast<int>(client.socketDescriptor()), "!", 1, MSG_OOB), ssize_t(1));
        QTRY_COMPARE(count, 1);
    }
    ::close(copy);
}

void TestEpollDispatcher::hangUpWakesReaders()
{
    Pair pair;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    int count = 0;
    connect(&notifier, &QSocketNotifier::activated, this, [&] { ++count; });
    pair.closeEnd(1);
    QCoreApplication::processEvents();
    QCOMPARE(count, 1);
}

void TestEpollDispatcher::notifierRemovedByTheOneBefore()
{
    Pair one;
    Pair two;
    auto first = std::make_unique<QSocketNotifier>(one.ends[0], QSocketNotifier::Read);
    auto second = std::make_unique<QSocketNotifier>(two.ends[0], QSocketNotifier::Read);
    int count = 0;
    // Whichever comes first takes the other one away.
    connect(first.get(), &QSocketNotifier::activated, this, [&] {
        ++count;
        second.reset();
    });
    connect(second.get(), &QSocketNotifier::activated, this, [&] {
        ++count;
        first.reset();
    });
    one.write(1);
    two.write(1);
    QCoreApplication::processEvents();
    QCOMPARE(count, 1);
}

void TestEpollDispatcher::descriptorReusedInOneRound()
{
    Pair one;
    Pair two;
    Pair quiet;
    std::unique_ptr<QSocketNotifier> fresh;
    int stale = 0;
    QSocketNotifier first(one.ends[0], QSocketNotifier::Read);
    auto second = std::make_unique<QSocketNotifier>(two.ends[0], QSocketNotifier::Read);
    connect(&first, &QSocketNotifier::activated, this, [&] {
        one.drain(0);
        // The second one's number gets another meaning while its event is still in the batch.
        const int number = two.ends[0];
        second.reset();
        QVERIFY(::dup3(quiet.ends[0], number, O_CLOEXEC) == number);
        fresh = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Read);
        connect(fresh.get(), &QSocketNotifier::activated, this, [&] { ++stale; });
    });
    connect(second.get(), &QSocketNotifier::activated, this, [&] { two.drain(0); });
    one.write(1);
    two.write(1);
    QCoreApplication::processEvents();
    QCOMPARE(stale, 0);
    QVERIFY(fresh);
    quiet.write(1);
    QCoreApplication::processEvents();
    QCOMPARE(stale, 1); // and it works under its new meaning
    fresh.reset();
}

void TestEpollDispatcher::disabledNotifierIsQuiet()
{
    Pair pair;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    int count = 0;
    connect(&notifier, &QSocketNotifier::activated, this, [&] { ++count; });
    pair.write(1);
    notifier.setEnabled(false);
    QCoreApplication::processEvents();
    QCOMPARE(count, 0);
    notifier.setEnabled(true);
    notifier.setEnabled(false);
    notifier.setEnabled(true);
    QCoreApplication::processEvents();
    QCOMPARE(count, 1);
}

void TestEpollDispatcher::regularFileIsAlwaysReady()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    QSocketNotifier notifier(file.handle(), QSocketNotifier::Read);
    int count = 0;
    connect(&notifier, &QSocketNotifier::activated, this, [&] { ++count; });
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QCOMPARE(count, 2);
}

void TestEpollDispatcher::timersOfEachType()
{
    for (const Qt::TimerType type : {Qt::PreciseTimer, Qt::CoarseTimer, Qt::VeryCoarseTimer}) {
        QTimer timer;
        timer.setTimerType(type);
        timer.setInterval(60);
        int count = 0;
        connect(&timer, &QTimer::timeout, this, [&] {
            if (++count == 2)
                timer.stop();
        });
        QElapsedTimer elapsed;
        elapsed.start();
        timer.start();
        QVERIFY(timer.remainingTime() <= 63);
        QTRY_COMPARE(count, 2);
        QVERIFY(elapsed.elapsed() >= 110); // never early by more than 5 %
    }
    QTimer zero;
    int count = 0;
    connect(&zero, &QTimer::timeout, this, [&] { ++count; });
    zero.start(0);
    QTRY_VERIFY(count > 10);
}

void TestEpollDispatcher::timerRemovedInItsHandler()
{
    auto *timer = new QTimer;
    int count = 0;
    connect(timer, &QTimer::timeout, this, [&count, timer] {
        ++count;
        delete timer;
    });
    timer->start(1);
    QTRY_COMPARE(count, 1);
    bool later = false;
    QTimer::singleShot(20ms, this, [&] { later = true; });
    QTRY_VERIFY(later);
    QCOMPARE(count, 1);
}

void TestEpollDispatcher::nestedLoops()
{
    QTimer outer;
    int outerCount = 0;
    int innerCount = 0;
    Pair pair;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    connect(&notifier, &QSocketNotifier::activated, this, [&] {
        pair.drain(0);
        ++innerCount;
    });
    connect(&outer, &QTimer::timeout, this, [&] {
        ++outerCount;
        if (outerCount > 1)
            return;
        pair.write(1);
        bool isOver = false; // the timer whose handler runs must not fire in here
        QTimer::singleShot(50ms, this, [&isOver] { isOver = true; });
        while (!isOver || innerCount == 0)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCOMPARE(outerCount, 1);
        QCOMPARE(innerCount, 1);
    });
    outer.start(5);
    QTRY_VERIFY(outerCount >= 2);
}

void TestEpollDispatcher::excludedSocketNotifiers()
{
    Pair pair;
    QSocketNotifier notifier(pair.ends[0], QSocketNotifier::Read);
    int count = 0;
    bool timedOut = false;
    connect(&notifier, &QSocketNotifier::activated, this, [&] { ++count; });
    pair.write(1);
    QTimer::singleShot(20ms, this, [&] { timedOut = true; });
    while (!timedOut)
        QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers | QEventLoop::WaitForMoreEvents);
    QCOMPARE(count, 0);
    QCoreApplication::processEvents();
    QCOMPARE(count, 1);
}

void TestEpollDispatcher::excludedTimers()
{
    QTimer timer;
    int count = 0;
    connect(&timer, &QTimer::timeout, this, [&] { ++count; });
    timer.start(0);
    QCoreApplication::processEvents(QEventLoop::X11ExcludeTimers);
    QCOMPARE(count, 0);
    QCoreApplication::processEvents();
    QCOMPARE(count, 1);
}

void TestEpollDispatcher::postedFromOtherThreads()
{
    constexpr int each = 2000;
    std::atomic<int> count{0};
    QObject here;
    std::vector<std::unique_ptr<tests::IoThread>> threads;
    for (int i = 0; i < 4; ++i)
        connect(
            threads.emplace_back(std::make_unique<tests::IoThread>()).get(), &tests::IoThread::wanted, &here,
            [&count] { ++count; }, Qt::QueuedConnection);
    for (const auto &thread : threads) {
        thread->run([&thread] {
            for (int j = 0; j < each; ++j)
                Q_EMIT thread->wanted();
        });
    }
    QTRY_COMPARE(count.load(), 4 * (each + 1)); // run() itself emits one
}

void TestEpollDispatcher::wakeUpFromOtherThread()
{
    tests::IoThread io;
    QEventLoop loop;
    connect(&io, &tests::IoThread::wanted, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    QObject there;
    there.moveToThread(&io.thread());
    QTimer::singleShot(20ms, &there, [&] { Q_EMIT io.wanted(); });
    QCOMPARE(loop.exec(), 0); // nothing but the posted event ends this wait
    io.run([] {});
}

void TestEpollDispatcher::quitEndsALoop()
{
    QThread thread;
    thread.setEventDispatcher(new net::EpollDispatcher);
    thread.start();
    QVERIFY(!thread.wait(50)); // it sits in its loop
    thread.quit();
    QVERIFY(thread.wait(tests::patience));
}

void TestEpollDispatcher::movesObjectsWithTimers()
{
    tests::IoThread io;
    auto timer = std::make_unique<QTimer>();
    std::atomic<QThread *> where{nullptr};
    connect(timer.get(), &QTimer::timeout, timer.get(), [&] { where = QThread::currentThread(); });
    timer->start(5);
    timer->moveToThread(&io.thread());
    QTRY_COMPARE(where.load(), &io.thread());
    io.run([&] { timer.reset(); });
}

void TestEpollDispatcher::tcpSockets()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QByteArray received;
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [&, socket] {
            const QByteArray bytes = socket->readAll();
            received += bytes;
            socket->write(bytes);
        });
    });
    QTcpSocket client;
    client.connectToHost(server.serverAddress(), server.serverPort());
    const QByteArray large(5'000'000, 'x');
    QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
    client.write(large);
    QByteArray echoed;
    connect(&client, &QTcpSocket::readyRead, &client, [&] { echoed += client.readAll(); });
    QTRY_COMPARE(echoed.size(), large.size());
    QCOMPARE(received.size(), large.size());
    client.disconnectFromHost();
    QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
}

void TestEpollDispatcher::localServer()
{
    QTemporaryDir folder;
    QLocalServer server;
    QVERIFY(server.listen(folder.filePath(QStringLiteral("control.sock"))));
    QLocalSocket client;
    client.connectToServer(server.fullServerName());
    QTRY_VERIFY(server.hasPendingConnections());
    QLocalSocket *accepted = server.nextPendingConnection();
    client.write("hello\n");
    QTRY_COMPARE(accepted->bytesAvailable(), 6);
    QCOMPARE(accepted->readAll(), QByteArray("hello\n"));
    client.disconnectFromServer();
    QTRY_COMPARE(accepted->state(), QLocalSocket::UnconnectedState);
}

void TestEpollDispatcher::threadsComeAndGo()
{
    for (int i = 0; i < 50; ++i) {
        tests::IoThread io;
        QCOMPARE(io.get([] { return QThread::currentThread()->loopLevel(); }), 1);
    }
}

int main(int argc, char *argv[])
{
    QCoreApplication::setEventDispatcher(new net::EpollDispatcher);
    const QCoreApplication application(argc, argv);
    TestEpollDispatcher test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_epolldispatcher.moc"
