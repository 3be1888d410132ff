// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storethread.h"
#include "tests/store/openedstore.h"
#include "tests/support/patience.h"

#include <QTest>
#include <QThread>

#include <csignal>
#include <stdexcept>
#include <sys/resource.h>
#include <thread>

using namespace flowgate;
using namespace flowgate::domain;
using namespace flowgate::store;
using flowgate::testing::StillClock;

namespace {

/// Options with which nothing happens by the passing of time, unless a test waits for it.
StoreOptions patient()
{
    StoreOptions options;
    options.commitEvery = std::chrono::hours(1);
    options.firstRetry = milliseconds(5);
    options.lastRetry = milliseconds(20);
    return options;
}

struct Running
{
    explicit Running(const StoreOptions &options = patient())
        : store(folder.path(), clock, options)
    {
        store.onHealth(&mailbox, [this](const StoreHealth &now) { health.push_back(now); });
        const auto opened = store.open();
        if (!opened)
            qFatal("cannot open: %s", qPrintable(opened.error().detail));
    }
    ~Running() { (void)store.close(); } // before the mailbox goes

    Job setting(const QString &key, const QString &value = {}, bool durable = false)
    {
        Job job;
        job.work = [key, value](Database &database) { return database.settings.set(key, value); };
        job.durable = durable;
        job.mailbox = &mailbox;
        job.done = [this, key](const Outcome<void> &result) {
            done << key;
            if (!result)
                failed.insert(key, result.error().kind);
        };
        return job;
    }

    /// What a question gives once everything posted before it has run.
    template<typename T>
    Outcome<T> wait(std::function<Outcome<T>(Database &)> question)
    {
        std::optional<Outcome<T>> answer;
        store.ask<T>(std::move(question), &mailbox, [&answer](Outcome<T> result) { answer = std::move(result); });
        [&] { QTRY_VERIFY(answer.has_value()); }();
        return answer ? *answer : domain::unexpected(StoreError{});
    }
    QStringList keys()
    {
        const auto all = wait<std::map<QString, QString>>([](Database &database) { return database.settings.all(); });
        QStringList keys;
        if (all) {
            for (const auto &[key, value] : *all)
                keys << key;
        }
        return keys;
    }
    void limit(qint64 bytes)
    {
        const auto limited =
            wait<bool>([bytes](Database &database) { return database.limitSize(bytes).map([] { return true; }); });
        QVERIFY(limited);
    }
    bool inTrouble() const { return !health.empty() && health.back().trouble.has_value(); }

    QTemporaryDir folder;
    StillClock clock;
    Mailbox mailbox;
    QStringList done;
    QMap<QString, StoreErrorKind> failed;
    std::vector<StoreHealth> health;
    StoreThread store;
};

QString key(int number)
{
    return QStringLiteral("%1").arg(number, 6, 10, QLatin1Char('0'));
}

QStringList keys(int count)
{
    QStringList all;
    for (int i = 0; i < count; ++i)
        all << key(i);
    return all;
}

} // namespace

class TestStoreThread final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void commitsInGroups();
    void commitsAfterAWhile();
    void durableCommitsAtOnce();
    void failingJobLeavesTheOthers();
    void questionsSeeWhatRan();
    void changesGiveValues();
    void completesOnTheMailboxsThread();
    void fullDiskKeepsAndRetries();
    void whoDoesNotWaitIsRefused();
    void failedWritesKeepAndRetry();
    void nothingIsAddedToADamagedFile();
    void refusesWhenTooMuchWaits();
    void closingGivesUpAtLast();
    void closingCommits();
    void manyThreadsPost();
    void tellsItsFigures();
};

void TestStoreThread::commitsInGroups()
{
    StoreOptions options = patient();
    options.commitJobs = 10;
    Running running(options);
    for (int i = 0; i < 25; ++i)
        QVERIFY(running.store.post(running.setting(key(i))));
    QCOMPARE(running.keys(), keys(25)); // all have run
    QCOMPARE(running.done, keys(20));   // and two groups are committed
    QCOMPARE(running.store.stats().commits, 2);
    QCOMPARE(running.store.stats().pending, 5);
    QVERIFY(running.store.post(running.setting(key(25), {}, true)));
    QTRY_COMPARE(running.done, keys(26));
    QCOMPARE(running.store.stats().commits, 3);
    QCOMPARE(running.store.stats().pending, 0);
    QVERIFY(running.failed.isEmpty());
}

void TestStoreThread::commitsAfterAWhile()
{
    Running running{StoreOptions()};
    QVERIFY(running.store.post(running.setting(key(0))));
    QTRY_COMPARE(running.done, keys(1));
    QVERIFY(running.store.post(running.setting(key(1))));
    QTRY_COMPARE(running.done, keys(2));
}

void TestStoreThread::durableCommitsAtOnce()
{
    Running running;
    QVERIFY(running.store.post(running.setting(key(0))));
    QVERIFY(running.store.post(running.setting(key(1), {}, true)));
    QTRY_COMPARE(running.done, keys(2));
    QVERIFY(running.failed.isEmpty());
}

void TestStoreThread::failingJobLeavesTheOthers()
{
    Running running;
    QVERIFY(running.store.post(running.setting(QStringLiteral("before"))));
    Job half = running.setting(QStringLiteral("half"));
    half.work = [](Database &database) {
        return database.settings.set(QStringLiteral("half"), {}).and_then([]() -> Outcome<void> {
            return domain::unexpected(StoreError{StoreErrorKind::NotFound, {}});
        });
    };
    QVERIFY(running.store.post(half));
    Job thrown = running.setting(QStringLiteral("thrown"));
    thrown.work = [](Database &database) -> Outcome<void> {
        (void)database.settings.set(QStringLiteral("thrown"), {});
        throw std::runtime_error("a job must not do this");
    };
    QVERIFY(running.store.post(thrown));
    Job conflict = running.setting(QStringLiteral("conflict"));
    conflict.work = [](Database &database) {
        (void)database.settings.set(QStringLiteral("conflict"), {});
        return database.spans.insert(GatewayId(QByteArray("unknown")), {});
    };
    QVERIFY(running.store.post(conflict));
    QVERIFY(running.store.post(running.setting(QStringLiteral("last"), {}, true)));

    QTRY_COMPARE(running.done.size(), 5);
    QCOMPARE(running.failed.size(), 3);
    QCOMPARE(running.failed.value(QStringLiteral("half")), StoreErrorKind::NotFound);
    QCOMPARE(running.failed.value(QStringLiteral("thrown")), StoreErrorKind::Other);
    QCOMPARE(running.failed.value(QStringLiteral("conflict")), StoreErrorKind::Conflict);
    QCOMPARE(running.keys(), (QStringList{QStringLiteral("before"), QStringLiteral("last")}));
    QVERIFY(running.health.empty());
}

void TestStoreThread::questionsSeeWhatRan()
{
    Running running;
    QVERIFY(running.store.post(running.setting(key(0))));
    const auto seen = running.wait<bool>([](Database &database) {
        // A question that writes: it sees that itself, nobody else ever does.
        return database.settings.set(QStringLiteral("x"), {}).and_then([&] {
            return database.settings.all().map([](const auto &all) { return all.size() == 2; });
        });
    });
    QVERIFY(seen && *seen);
    QCOMPARE(running.keys(), keys(1));
    QVERIFY(running.done.isEmpty());
    const auto error = running.wait<Gateway>([](Database &database) { return database.gateways.get({}); });
    VERIFY_ERROR(error, StoreErrorKind::NotFound);
}

void TestStoreThread::changesGiveValues()
{
    Running running;
    std::vector<Outcome<qint64>> numbers;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(running.store.change<qint64>([](Database &database) { return database.events.append({}); },
                                             &running.mailbox,
                                             [&numbers](Outcome<qint64> number) { numbers.push_back(number); }));
    }
    QVERIFY(running.store.change<qint64>(
        [](Database &) -> Outcome<qint64> {
            return domain::unexpected(StoreError{StoreErrorKind::TooLarge, {}});
        },
        &running.mailbox, [&numbers](Outcome<qint64> number) { numbers.push_back(number); }));
    QTRY_COMPARE(numbers.size(), size_t(4));
    QCOMPARE(numbers[0].value_or(0), 1);
    QCOMPARE(numbers[2].value_or(0), 3);
    VERIFY_ERROR(numbers[3], StoreErrorKind::TooLarge);
}

void TestStoreThread::completesOnTheMailboxsThread()
{
    Running running;
    QThread other;
    auto *mailbox = new Mailbox;
    mailbox->moveToThread(&other);
    QObject::connect(&other, &QThread::finished, mailbox, &QObject::deleteLater);
    other.start();
    std::atomic<QThread *> ranOn = nullptr;
    Job job = running.setting(key(0), {}, true);
    job.mailbox = mailbox;
    job.done = [&ranOn](const Outcome<void> &) { ranOn = QThread::currentThread(); };
    QVERIFY(running.store.post(job));
    QTRY_COMPARE(ranOn.load(), &other);
    VERIFY_OK(running.store.close());
    other.quit();
    other.wait();
}

void TestStoreThread::fullDiskKeepsAndRetries()
{
    Running running;
    QVERIFY(running.store.post(running.setting(key(0), {}, true)));
    QTRY_COMPARE(running.done, keys(1));
    running.limit(1); // no page more than there are now
    const QString large(20'000, u'x');
    for (int i = 1; i < 30; ++i)
        QVERIFY(running.store.post(running.setting(key(i), large, true)));
    QTRY_VERIFY(running.inTrouble());
    QCOMPARE(running.health.back().trouble->kind, StoreErrorKind::DiskFull);
    QVERIFY(running.health.back().pending >= 1);

    // While it lasts what was committed can be read, and new jobs are taken.
    QVERIFY(running.store.post(running.setting(key(30))));
    const auto first =
        running.wait<std::optional<QString>>([](Database &database) { return database.settings.get(key(0)); });
    QVERIFY(first && first->has_value());
    QVERIFY(running.inTrouble());
    QVERIFY(!running.done.contains(key(30)));

    running.limit(1'000'000'000);
    QTRY_COMPARE(running.done.size(), 31);
    QCOMPARE(running.done, keys(31)); // each once, in order
    QVERIFY(running.failed.isEmpty());
    QVERIFY(!running.inTrouble());
    QCOMPARE(running.keys(), keys(31));
    QCOMPARE(running.store.stats().pending, 0);
}

// An operator's command: refused while the disk takes nothing, and nothing of it comes later. Each makes for a try at
// once, so that it is not refused for a trouble that is over.
void TestStoreThread::whoDoesNotWaitIsRefused()
{
    StoreOptions options = patient();
    options.firstRetry = options.lastRetry = std::chrono::hours(1);
    Running running(options);
    running.limit(1);
    const QString large(20'000, u'x');
    const auto command = [&](int number) {
        Job job = running.setting(key(number), large, true);
        job.waits = false;
        return job;
    };
    QVERIFY(running.store.post(running.setting(key(0), large, true)));
    QTRY_VERIFY(running.inTrouble());
    QVERIFY(running.store.post(command(1)));
    QTRY_COMPARE(running.done, QStringList{key(1)});
    QCOMPARE(running.failed.value(key(1)), StoreErrorKind::DiskFull);
    QCOMPARE(running.store.stats().pending, 1);

    running.limit(1'000'000'000);
    QVERIFY(running.store.post(command(2)));
    QTRY_COMPARE(running.done, (QStringList{key(1), key(0), key(2)}));
    QVERIFY(!running.inTrouble());
    QCOMPARE(running.failed.size(), 1);
    QCOMPARE(running.keys(), (QStringList{key(0), key(2)}));
}

// The disk refuses: no file of this process may grow. Real I/O errors, unlike the limit above.
void TestStoreThread::failedWritesKeepAndRetry()
{
    Running running;
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit tight = before;
    tight.rlim_cur = 600'000;
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    const QString large(20'000, u'x');
    for (int i = 0; i < 60; ++i)
        (void)running.store.post(running.setting(key(i), large, true));
    [&] { QTRY_VERIFY(running.inTrouble()); }();
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY(running.inTrouble());
    QTRY_COMPARE(running.done, keys(60));
    QVERIFY(running.failed.isEmpty());
    QVERIFY(!running.inTrouble());
    QCOMPARE(running.keys(), keys(60));
    const QString file = running.store.file();
    VERIFY_OK(running.store.close());
    auto again = openDatabase(running.folder.path(), QStringLiteral("flowgate.db"), running.clock);
    VERIFY_OK(again);
    QCOMPARE(again->sql->askOnce(QStringLiteral("PRAGMA integrity_check"), 9)->join(u'|'), QStringLiteral("ok"));
}

// Damage that shows while it runs: what waits is kept in memory, what does not is refused, and the file is as it was.
void TestStoreThread::nothingIsAddedToADamagedFile()
{
    Running running;
    const QString large(20'000, u'x');
    for (int i = 0; i < 200; ++i)
        QVERIFY(running.store.post(running.setting(key(i), large, i == 199)));
    QTRY_COMPARE(running.done.size(), 200);
    const QString file = running.store.file();
    VERIFY_OK(running.store.close());
    StoreThread store(running.folder.path(), running.clock, patient());
    std::vector<StoreHealth> health;
    store.onHealth(&running.mailbox, [&](const StoreHealth &now) { health.push_back(now); });
    VERIFY_OK(store.open());
    QByteArray damaged;
    {
        QFile raw(file);
        QVERIFY(raw.open(QIODevice::ReadWrite));
        damaged = raw.readAll();
        const qsizetype page = 4096;
        for (qsizetype at = damaged.size() / 4 / page * page; at < damaged.size(); at += page)
            damaged.replace(at, page, QByteArray(page, '\x5a'));
        QVERIFY(raw.seek(0) && raw.write(damaged) == damaged.size());
    }
    running.done.clear();
    Job rewrite = running.setting(key(0));
    rewrite.work = [](Database &database) -> Outcome<void> {
        for (int i = 0; i < 200; ++i) {
            if (const auto done = database.settings.set(key(i), QStringLiteral("y")); !done)
                return done;
        }
        return {};
    };
    rewrite.durable = true;
    QVERIFY(store.post(rewrite));
    QTRY_VERIFY(!health.empty());
    QCOMPARE(health.back().trouble->kind, StoreErrorKind::Corrupted);
    Job command = running.setting(key(1), large, true);
    command.waits = false;
    QVERIFY(store.post(command));
    QTRY_COMPARE(running.done, QStringList{key(1)});
    QCOMPARE(running.failed.value(key(1)), StoreErrorKind::Corrupted);
    VERIFY_ERROR(store.close(), StoreErrorKind::Corrupted);
    QFile raw(file);
    QVERIFY(raw.open(QIODevice::ReadOnly));
    QVERIFY(raw.readAll() == damaged);
}

void TestStoreThread::refusesWhenTooMuchWaits()
{
    StoreOptions options = patient();
    options.maxPending = 10;
    options.maxPendingBytes = 1000;
    Running running(options);
    for (int i = 0; i < 12; ++i)
        QCOMPARE(running.store.post(running.setting(key(i))), i < 10);
    QTRY_COMPARE(running.done, (QStringList{key(10), key(11)}));
    QCOMPARE(running.failed.value(key(10)), StoreErrorKind::QueueFull);
    QCOMPARE(running.health.size(), size_t(1)); // said once
    QCOMPARE(running.health.back().dropped, 1);
    QVERIFY(!running.health.back().trouble);
    QCOMPARE(running.keys(), keys(10)); // questions are answered all the same
    VERIFY_OK(running.store.close());
    QTRY_COMPARE(running.done.size(), 12);
    QCOMPARE(running.health.back().dropped, 2);
    QCOMPARE(running.failed.size(), 2);

    Running byBytes(options);
    for (int i = 0; i < 3; ++i) {
        Job job = byBytes.setting(key(i));
        job.bytes = 600;
        QCOMPARE(byBytes.store.post(job), i == 0);
    }
}

void TestStoreThread::closingGivesUpAtLast()
{
    Running running;
    running.limit(1);
    const QString large(200'000, u'x');
    QVERIFY(running.store.post(running.setting(key(0), large, true)));
    QVERIFY(running.store.post(running.setting(key(1), {}, true)));
    QTRY_VERIFY(running.inTrouble());
    VERIFY_ERROR(running.store.close(), StoreErrorKind::DiskFull);
    QTRY_COMPARE(running.done, keys(2));
    QCOMPARE(running.failed.value(key(0)), StoreErrorKind::Closed);
    QCOMPARE(running.failed.value(key(1)), StoreErrorKind::Closed);
    QVERIFY(!running.store.post(running.setting(key(2))));
    QTRY_COMPARE(running.done, keys(3));
    QCOMPARE(running.failed.value(key(2)), StoreErrorKind::Closed);
}

void TestStoreThread::closingCommits()
{
    Running running;
    for (int i = 0; i < 2500; ++i)
        QVERIFY(running.store.post(running.setting(key(i))));
    VERIFY_OK(running.store.close());
    QTRY_COMPARE(running.done, keys(2500));
    QVERIFY(running.failed.isEmpty());
    StoreThread again(running.folder.path(), running.clock);
    const auto opened = again.open();
    VERIFY_OK(opened);
    QCOMPARE(opened->settings.size(), size_t(2500));
}

void TestStoreThread::manyThreadsPost()
{
    constexpr int threadCount = 4;
    constexpr int jobs = 300;
    Running running;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < threadCount; ++thread) {
        threads.emplace_back([&running, thread] {
            for (int i = 0; i < jobs; ++i) {
                Job job = running.setting(QStringLiteral("%1/%2").arg(thread).arg(key(i)));
                job.durable = i % 50 == 49;
                running.store.post(std::move(job));
                (void)running.store.stats();
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QTRY_COMPARE(running.done.size(), threadCount * jobs);
    QVERIFY(running.failed.isEmpty());
    for (int thread = 0; thread < threadCount; ++thread) {
        QStringList mine;
        for (const QString &name : std::as_const(running.done)) {
            if (name.startsWith(QString::number(thread) + u'/'))
                mine << name.section(u'/', 1);
        }
        QCOMPARE(mine, keys(jobs));
    }
    QCOMPARE(running.keys().size(), threadCount * jobs);
}

void TestStoreThread::tellsItsFigures()
{
    Running running;
    const qint64 before = running.store.stats().databaseBytes;
    QVERIFY(before > 0);
    QVERIFY(!running.store.stats().lastCommit);
    running.clock.set(42);
    QVERIFY(running.store.post(running.setting(key(0), QString(100'000, u'x'), true)));
    QTRY_COMPARE(running.done, keys(1));
    QCOMPARE(running.store.stats().lastCommit, std::optional(flowgate::testing::at(42)));
    QVERIFY(running.store.stats().databaseBytes >= before + 100'000);
}

QTEST_GUILESS_MAIN(TestStoreThread)
#include "tst_storethread.moc"
