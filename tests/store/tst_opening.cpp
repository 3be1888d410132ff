// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/datafolder.h"
#include "store/storethread.h"
#include "tests/store/openedstore.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace flowgate;
using namespace flowgate::domain;
using namespace flowgate::store;
using flowgate::testing::OpenedStore;
using flowgate::testing::StillClock;

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

mode_t modeOf(const QString &path)
{
    struct stat about
    {
    };
    return ::stat(QFile::encodeName(path).constData(), &about) == 0 ? about.st_mode & ALLPERMS : 0;
}

/// A database with something in it, closed.
QByteArray healthyDatabase(const QString &statement = {})
{
    OpenedStore store;
    auto transaction = Transaction::begin(*store.sql);
    for (int i = 0; i < 200; ++i)
        (void)store.database->settings.set(QStringLiteral("key %1").arg(i), QString(500, u'v'));
    if (!statement.isEmpty() && !store.sql->runOnce(statement))
        qFatal("cannot run %s", qPrintable(statement));
    if (!transaction || !transaction->commit())
        qFatal("cannot commit");
    const QString file = store.sql->file();
    store.database.reset();
    store.sql.reset();
    return bytesOf(file);
}

QByteArray otherProgramsDatabase()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("other"));
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
        other.setDatabaseName(path);
        other.open();
        other.exec(QStringLiteral("CREATE TABLE schema_migrations (version TEXT)"));
        other.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("other"));
    return bytesOf(path);
}

} // namespace

class TestOpening final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesAPrivateFolder();
    void makesAnOpenFolderPrivate();
    void opensAgain();
    void opensWhatWasNeverClosed();
    void takesAnEmptyFile();
    void refusesAndLeavesAlone_data();
    void refusesAndLeavesAlone();
    void refusesFolders();
    void takesOnlyItsOwn();
    void writesThroughNoLink();
    void saysWhatItClosed();
    void refusesWhatMayNotBeWritten();
    void opensOnce();
};

void TestOpening::makesAPrivateFolder()
{
    const QTemporaryDir base;
    const QString folder = base.filePath(QStringLiteral("a/b/flowgate"));
    const StillClock clock;
    StoreThread store(folder, clock);
    const auto opened = store.open();
    VERIFY_OK(opened);
    QVERIFY(opened->created);
    QVERIFY(opened->gateways.empty());
    QCOMPARE(modeOf(folder), mode_t(0700));
    QCOMPARE(modeOf(store.file()), mode_t(0600));
    VERIFY_OK(store.close());
    // One file, nothing beside it, once it is closed.
    QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("flowgate.db")});
}

void TestOpening::makesAnOpenFolderPrivate()
{
    const QTemporaryDir folder;
    QCOMPARE(::chmod(QFile::encodeName(folder.path()).constData(), 0755), 0);
    write(folder.filePath(QStringLiteral("lock")), "");
    const StillClock clock;
    StoreThread store(folder.path(), clock);
    VERIFY_OK(store.open());
    QCOMPARE(modeOf(folder.path()), mode_t(0700));
}

void TestOpening::opensAgain()
{
    const QTemporaryDir base;
    const QString folder = base.filePath(QStringLiteral("a b?mode=ro&x#%41;\u00fc"));
    const StillClock clock;
    for (int i = 0; i < 3; ++i) {
        StoreThread store(folder, clock);
        const auto opened = store.open();
        VERIFY_OK(opened);
        QCOMPARE(opened->created, i == 0);
        QCOMPARE(opened->settings.size(), size_t(i));
        Job job;
        job.work = [i](Database &database) { return database.settings.set(QString::number(i), QString()); };
        QVERIFY(store.post(job));
        VERIFY_OK(store.close());
    }
}

// What a process that was killed leaves: the file, and a write-ahead log with the newest changes.
void TestOpening::opensWhatWasNeverClosed()
{
    const QTemporaryDir folder;
    {
        OpenedStore store;
        VERIFY_OK(store.database->settings.set(QStringLiteral("in the log"), QStringLiteral("yes")));
        for (const char *suffix : {"", "-wal"}) {
            const QString name = QStringLiteral("flowgate.db") + QLatin1StringView(suffix);
            QVERIFY(QFile::copy(store.folder.filePath(name), folder.filePath(name)));
        }
    }
    const StillClock clock;
    StoreThread store(folder.path(), clock);
    const auto opened = store.open();
    VERIFY_OK(opened);
    QCOMPARE(opened->settings.at(QStringLiteral("in the log")), QStringLiteral("yes"));
}

void TestOpening::takesAnEmptyFile()
{
    const QTemporaryDir folder;
    write(folder.filePath(QStringLiteral("flowgate.db")), {});
    const StillClock clock;
    StoreThread store(folder.path(), clock);
    const auto opened = store.open();
    VERIFY_OK(opened);
    QVERIFY(opened->created);
}

void TestOpening::refusesAndLeavesAlone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("expected");
    const auto add = [](const char *name, const QByteArray &bytes, OpenErrorKind kind) {
        QTest::newRow(name) << bytes << static_cast<int>(kind);
    };
    const QByteArray healthy = healthyDatabase();
    QVERIFY(healthy.size() > 100'000);
    QByteArray middle = healthy;
    middle.replace(healthy.size() / 2, 8192, QByteArray(8192, '\x5a'));
    QByteArray header = healthy;
    header.replace(0, 16, "not a database!!");
    QByteArray schema = healthy;
    schema.replace(100, 300, QByteArray(300, '\xff'));

    add("text", "just some notes\n", OpenErrorKind::Corrupted);
    add("long text", QByteArray(100'000, 'a'), OpenErrorKind::Corrupted);
    add("header overwritten", header, OpenErrorKind::Corrupted);
    add("schema overwritten", schema, OpenErrorKind::Corrupted);
    add("pages overwritten", middle, OpenErrorKind::Corrupted);
    add("cut in half", healthy.left(healthy.size() / 2), OpenErrorKind::Corrupted);
    add("another program's", otherProgramsDatabase(), OpenErrorKind::NotOurs);
    add("newer schema",
        healthyDatabase(QStringLiteral("INSERT INTO schema_migrations VALUES (999, '999_later.sql', 'x', 0)")),
        OpenErrorKind::NewerSchema);
    add("changed step", healthyDatabase(QStringLiteral("UPDATE schema_migrations SET sha256 = 'x'")),
        OpenErrorKind::ChangedMigration);
    add("step of no known kind", healthyDatabase(QStringLiteral("DROP TABLE schema_migrations")),
        OpenErrorKind::NotOurs);
}

void TestOpening::refusesAndLeavesAlone()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, expected);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("flowgate.db"));
    write(file, bytes);
    const StillClock clock;
    {
        StoreThread store(folder.path(), clock);
        const auto opened = store.open();
        QVERIFY(!opened);
        QVERIFY2(static_cast<int>(opened.error().kind) == expected, qPrintable(opened.error().detail));
        QCOMPARE(opened.error().file, file);
        QVERIFY(!opened.error().detail.isEmpty());
        QVERIFY(!store.post({}));
    }
    QVERIFY(bytesOf(file) == bytes);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{QStringLiteral("flowgate.db")});
}

void TestOpening::refusesFolders()
{
    const QTemporaryDir base;
    const StillClock clock;
    const QString file = base.filePath(QStringLiteral("file"));
    write(file, "mine");
    for (const QString &folder : {file, file + QStringLiteral("/below"), QStringLiteral("/proc/flowgate")}) {
        const auto opened = StoreThread(folder, clock).open();
        VERIFY_ERROR(opened, OpenErrorKind::FolderNotUsable);
        QCOMPARE(opened.error().file, folder);
    }
    QCOMPARE(bytesOf(file), QByteArray("mine"));

    const QString shared = base.filePath(QStringLiteral("shared"));
    QVERIFY(QDir().mkdir(shared));
    QCOMPARE(::chmod(QFile::encodeName(shared).constData(), 01777), 0);
    VERIFY_ERROR(StoreThread(shared, clock).open(), OpenErrorKind::FolderNotPrivate);
    QCOMPARE(modeOf(shared), mode_t(01777));
    QVERIFY(QDir(shared).isEmpty());
}

// Judged first: nothing is written into a folder, or through a link, of somebody else.
void TestOpening::takesOnlyItsOwn()
{
    const QTemporaryDir base;
    const StillClock clock;
    const QString target = base.filePath(QStringLiteral("target"));
    const QString link = base.filePath(QStringLiteral("link"));
    QVERIFY(QDir().mkdir(target) && QFile::link(target, link));
    QVERIFY(StoreThread(link, clock).open()); // a link of ours to a folder of ours
    QCOMPARE(modeOf(target), mode_t(0700));
    if (::geteuid() != 0)
        QSKIP("only root can give files away");
    const auto give = [](const QString &path) { return ::lchown(QFile::encodeName(path).constData(), 65534, 65534); };
    const QString foreignLink = base.filePath(QStringLiteral("foreign-link"));
    QVERIFY(QFile::link(target, foreignLink));
    QCOMPARE(give(foreignLink), 0);
    VERIFY_ERROR(StoreThread(foreignLink, clock).open(), OpenErrorKind::FolderNotPrivate);
    const QString foreign = base.filePath(QStringLiteral("foreign"));
    QVERIFY(QDir().mkdir(foreign));
    QCOMPARE(::chmod(QFile::encodeName(foreign).constData(), 0755), 0);
    QCOMPARE(give(foreign), 0);
    VERIFY_ERROR(StoreThread(foreign, clock).open(), OpenErrorKind::FolderNotPrivate);
    QVERIFY(QDir(foreign).isEmpty());
    const QString planted = target + QStringLiteral("/holder");
    QVERIFY(QFile::link(base.filePath(QStringLiteral("elsewhere")), planted));
    QCOMPARE(give(planted), 0);
    const auto opened = StoreThread(target, clock).open();
    VERIFY_ERROR(opened, OpenErrorKind::FolderNotPrivate);
    QCOMPARE(opened.error().file, planted);
    QVERIFY(!QFile::exists(base.filePath(QStringLiteral("elsewhere"))));
}

void TestOpening::writesThroughNoLink()
{
    const QTemporaryDir base;
    const StillClock clock;
    const QString folder = base.filePath(QStringLiteral("data"));
    QVERIFY(QDir().mkdir(folder));
    QVERIFY(QFile::link(base.filePath(QStringLiteral("elsewhere")), folder + QStringLiteral("/flowgate.db")));
    QVERIFY(!StoreThread(folder, clock).open());
    QVERIFY(!QFile::exists(base.filePath(QStringLiteral("elsewhere"))));
}

void TestOpening::saysWhatItClosed()
{
    const QTemporaryDir base;
    const QString folder = base.filePath(QStringLiteral("data"));
    const auto made = prepareFolder(folder);
    QVERIFY(made && made->made && !made->wasOpen);
    QCOMPARE(modeOf(folder), mode_t(0700));
    QCOMPARE(::chmod(QFile::encodeName(folder).constData(), 0755), 0);
    const auto closed = prepareFolder(folder + QLatin1Char('/'));
    QVERIFY(closed && !closed->made);
    QCOMPARE(closed->wasOpen.value_or(0), mode_t(0755));
    QCOMPARE(modeOf(folder), mode_t(0700));
    QVERIFY(!prepareFolder(folder)->wasOpen);
}

// Root may write everywhere, so as root this test is somebody else for a while.
void TestOpening::refusesWhatMayNotBeWritten()
{
    const bool root = ::geteuid() == 0;
    const QTemporaryDir base;
    QCOMPARE(::chmod(QFile::encodeName(base.path()).constData(), 0755), 0);
    const QString foreign = root ? base.filePath(QStringLiteral("foreign")) : QStringLiteral("/usr");
    const QString own = base.filePath(QStringLiteral("own"));
    if (root)
        QVERIFY(QDir().mkdir(foreign));
    QVERIFY(QDir().mkdir(own));
    const QByteArray bytes = healthyDatabase();
    const QString file = own + QStringLiteral("/flowgate.db");
    write(file, bytes);
    QCOMPARE(::chmod(QFile::encodeName(file).constData(), 0444), 0);
    if (root) {
        QCOMPARE(::chown(QFile::encodeName(own).constData(), 65534, 65534), 0);
        QCOMPARE(::chown(QFile::encodeName(file).constData(), 65534, 65534), 0);
        QCOMPARE(::seteuid(65534), 0);
    }
    const StillClock clock;
    const auto inForeign = StoreThread(foreign, clock).open();
    const auto readOnlyFile = StoreThread(own, clock).open();
    if (root)
        QCOMPARE(::seteuid(0), 0);
    VERIFY_ERROR(inForeign, OpenErrorKind::FolderNotPrivate);
    VERIFY_ERROR(readOnlyFile, OpenErrorKind::FolderNotUsable);
    QVERIFY(bytesOf(file) == bytes);
}

void TestOpening::opensOnce()
{
    const QTemporaryDir folder;
    const StillClock clock;
    StoreThread store(folder.path(), clock);
    QVERIFY(!store.post({}));
    VERIFY_OK(store.open());
    VERIFY_ERROR(store.open(), OpenErrorKind::Other);
    QVERIFY(store.stats().databaseBytes > 0);
    VERIFY_OK(store.close());
    VERIFY_OK(store.close());
    VERIFY_ERROR(store.open(), OpenErrorKind::Other);
}

QTEST_GUILESS_MAIN(TestOpening)
#include "tst_opening.moc"
