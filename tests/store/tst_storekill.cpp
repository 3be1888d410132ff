// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storethread.h"
#include "tests/store/openedstore.h"
#include "tests/support/patience.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <cstdio>
#include <set>

using namespace flowgate;
using namespace flowgate::domain;
using namespace flowgate::store;
using flowgate::testing::StillClock;

namespace {

/// The child: writes events for ever and says the number of each one that was confirmed.
int postForEver(const QString &folder)
{
    const SystemClock clock;
    Mailbox mailbox;
    StoreThread store(folder, clock);
    if (!store.open())
        return 1;
    std::function<void()> post = [&] {
        // Not durable ones in between: they share transactions with those that are confirmed.
        Job filler;
        filler.work = [](Database &database) {
            return database.settings.set(QStringLiteral("k"), QString(3000, u'x'));
        };
        store.post(filler);
        store.change<qint64>(
            [](Database &database) {
                Event event;
                event.text = QString(500, u'e');
                return database.events.append(event);
            },
            &mailbox,
            [&](Outcome<qint64> number) {
                if (number) {
                    std::printf("%lld\n", static_cast<long long>(*number));
                    std::fflush(stdout);
                }
                post();
            });
    };
    for (int i = 0; i < 4; ++i)
        post();
    return QCoreApplication::exec();
}

} // namespace

class TestStoreKill final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void confirmedJobsSurviveKill();
};

void TestStoreKill::confirmedJobsSurviveKill()
{
    const QTemporaryDir folder;
    std::set<qint64> confirmed;
    for (const size_t atLeast : {1, 40, 200, 450}) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--child"), folder.path()});
        QVERIFY(child.waitForStarted(flowgate::tests::patience));
        const auto readLines = [&] {
            // The last line may be cut off by the kill: only whole ones count.
            while (child.canReadLine())
                confirmed.insert(child.readLine().trimmed().toLongLong());
        };
        while (confirmed.size() < atLeast) {
            QVERIFY2(child.waitForReadyRead(flowgate::tests::patience), qPrintable(child.errorString()));
            readLines();
        }
        child.kill(); // SIGKILL
        QVERIFY(child.waitForFinished(flowgate::tests::patience));
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        readLines();

        const StillClock clock;
        auto opened = openDatabase(folder.path(), QStringLiteral("flowgate.db"), clock);
        VERIFY_OK(opened);
        QCOMPARE(opened->sql->askOnce(QStringLiteral("PRAGMA integrity_check"), 9)->join(u'|'), QStringLiteral("ok"));
        EventQuery all;
        all.limit = 1'000'000;
        const auto events = Database(*opened->sql).events.query(all);
        VERIFY_OK(events);
        std::set<qint64> stored;
        for (const Event &event : *events)
            stored.insert(event.number);
        QVERIFY(std::ranges::includes(stored, confirmed));
    }
    QVERIFY(confirmed.size() >= 450);
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == u"--child")
        return postForEver(arguments[2]);
    TestStoreKill test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_storekill.moc"
