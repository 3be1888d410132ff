// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrations.h"
#include "store/storethread.h"
#include "tests/store/openedstore.h"
#include "tests/store/samplevalues.h"

#include <QFile>
#include <QTest>

using namespace flowgate;
using namespace flowgate::domain;
using namespace flowgate::store;
using flowgate::testing::at;
using flowgate::testing::OpenedStore;
using flowgate::testing::Sample;
using flowgate::testing::StillClock;

namespace {

Migration step(int number, const char *text)
{
    return {number, QStringLiteral("%1_step.sql").arg(number, 3, 10, QLatin1Char('0')), text};
}

} // namespace

class TestSchema final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void carriesItsSteps();
    void splitsStatements_data();
    void splitsStatements();
    void judges_data();
    void judges();
    void appliesWhatIsMissing();
    void failedStepLeavesNothing();
    void recordsEachStep();
    void everyOldFileIsWhole_data();
    void everyOldFileIsWhole();
};

void TestSchema::carriesItsSteps()
{
    const std::vector<Migration> own = ownMigrations();
    QVERIFY(!own.empty());
    for (size_t i = 0; i < own.size(); ++i) {
        QCOMPARE(own[i].number, static_cast<int>(i) + 1);
        QVERIFY(!statementsOf(own[i].text).isEmpty());
    }
}

void TestSchema::splitsStatements_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("expected");
    const auto add = [](const char *name, const char *text, const QStringList &expected) {
        QTest::newRow(name) << QByteArray(text) << expected;
    };
    add("nothing", "", {});
    add("only comments", "-- one; two\n -- three", {});
    add("two", "A;\nB ;", {QStringLiteral("A"), QStringLiteral("B")});
    add("no last semicolon", "A; B", {QStringLiteral("A"), QStringLiteral("B")});
    add("quotes", "A ';' \"--;\" 'it''s;';B", {QStringLiteral("A ';' \"--;\" 'it''s;'"), QStringLiteral("B")});
    add("comment inside", "A -- x; y\nB;", {QStringLiteral("A \nB")});
    add("comment at the end", "A; -- x", {QStringLiteral("A")});
    add("minus", "A - B;-", {QStringLiteral("A - B"), QStringLiteral("-")});
}

void TestSchema::splitsStatements()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, expected);
    QCOMPARE(statementsOf(text), expected);
}

void TestSchema::judges_data()
{
    QTest::addColumn<QStringList>("applied"); // texts of the steps 1, 2, 3…
    QTest::addColumn<int>("expected");        // an OpenErrorKind, or -1
    const QString a = QStringLiteral("A;"), b = QStringLiteral("B;");
    QTest::newRow("new") << QStringList{} << -1;
    QTest::newRow("older") << QStringList{a} << -1;
    QTest::newRow("same") << QStringList{a, b} << -1;
    QTest::newRow("newer") << QStringList{a, b, a} << static_cast<int>(OpenErrorKind::NewerSchema);
    QTest::newRow("changed") << QStringList{b} << static_cast<int>(OpenErrorKind::ChangedMigration);
    // A newer program may have changed nothing we know of: the newest step is what counts.
    QTest::newRow("newer and changed") << QStringList{a, a, a} << static_cast<int>(OpenErrorKind::ChangedMigration);
}

void TestSchema::judges()
{
    QFETCH(QStringList, applied);
    QFETCH(int, expected);
    const std::vector<Migration> carried{step(1, "A;"), step(2, "B;")};
    std::vector<AppliedMigration> found;
    for (qsizetype i = 0; i < applied.size(); ++i) {
        const int number = static_cast<int>(i) + 1;
        found.push_back({number, step(number, applied[i].toUtf8().constData()).sha256()});
    }
    const auto judgement = judge(found, carried);
    QCOMPARE(judgement ? -1 : static_cast<int>(judgement.error().kind), expected);
}

void TestSchema::appliesWhatIsMissing()
{
    OpenedStore store;
    VERIFY_OK(store.database->settings.set(QStringLiteral("k"), QStringLiteral("v")));
    std::vector<Migration> carried = ownMigrations();
    const int next = carried.back().number + 1;
    carried.push_back(step(next, "ALTER TABLE settings ADD COLUMN extra TEXT; UPDATE settings SET extra = 'x;y';"));
    QCOMPARE(*migrate(*store.sql, carried, at(7)), 1);
    QCOMPARE(*migrate(*store.sql, carried, at(8)), 0);
    QCOMPARE(store.sql->askOnce(QStringLiteral("SELECT extra FROM settings"), 9)->join(u'|'), QStringLiteral("x;y"));
    QCOMPARE(appliedMigrations(*store.sql)->back().number, next);
}

void TestSchema::failedStepLeavesNothing()
{
    OpenedStore store;
    std::vector<Migration> carried = ownMigrations();
    const int next = carried.back().number + 1;
    carried.push_back(step(next, "CREATE TABLE fine (a TEXT); UPDATE settings SET value = ''; CREATE TABEL broken;"));
    carried.push_back(step(next + 1, "CREATE TABLE never (a TEXT);"));
    VERIFY_OK(store.database->settings.set(QStringLiteral("k"), QStringLiteral("v")));
    QVERIFY(!migrate(*store.sql, carried, at(7)));
    QCOMPARE(appliedMigrations(*store.sql)->back().number, next - 1);
    QCOMPARE(**store.database->settings.get(QStringLiteral("k")), QStringLiteral("v"));
    const auto tables = store.sql->askOnce(QStringLiteral("SELECT name FROM sqlite_master"), 1000);
    QVERIFY(!tables->contains(QStringLiteral("fine")));
    QVERIFY(!tables->contains(QStringLiteral("never")));
}

void TestSchema::recordsEachStep()
{
    OpenedStore store;
    const std::vector<Migration> own = ownMigrations();
    const auto applied = appliedMigrations(*store.sql);
    VERIFY_OK(applied);
    QCOMPARE(applied->size(), own.size());
    for (size_t i = 0; i < own.size(); ++i) {
        QCOMPARE(applied->at(i).number, own[i].number);
        QCOMPARE(applied->at(i).sha256, own[i].sha256());
    }
    const auto times = store.sql->askOnce(QStringLiteral("SELECT DISTINCT applied_at FROM schema_migrations"), 9);
    QCOMPARE(times->join(u','), QString::number(store.clock.now().time_since_epoch().count()));
}

void TestSchema::everyOldFileIsWhole_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("schema 1") << QStringLiteral(FLOWGATE_TEST_DATA "/store/schema_001.sqlite");
}

// Files as they were written in the past are brought up to date and have everything.
void TestSchema::everyOldFileIsWhole()
{
    QFETCH(QString, file);
    const QTemporaryDir folder;
    QVERIFY2(QFile::copy(file, folder.filePath(QStringLiteral("flowgate.db"))), qPrintable(file));
    QFile(folder.filePath(QStringLiteral("flowgate.db"))).setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    const StillClock clock;
    auto opened = openDatabase(folder.path(), QStringLiteral("flowgate.db"), clock);
    VERIFY_OK(opened);
    QVERIFY(!opened->created);
    QCOMPARE(appliedMigrations(*opened->sql)->size(), ownMigrations().size());

    Database database(*opened->sql);
    Sample expected = flowgate::testing::sample();
    for (Gateway &gateway : expected.gateways) {
        if (gateway.containment)
            gateway.containment->rules = 0; // compared before rules had numbers
    }
    const auto snapshot = database.snapshot();
    VERIFY_OK(snapshot);
    QVERIFY(snapshot->damaged.empty());
    QCOMPARE(snapshot->gateways.size(), expected.gateways.size());
    for (size_t i = 0; i < expected.gateways.size(); ++i)
        QVERIFY(snapshot->gateways[i] == expected.gateways[i]);
    const GatewayId id = expected.gateways[0].id;
    std::vector<Span> spans;
    for (const auto &[gateway, span] : expected.spans)
        spans.push_back(span);
    QCOMPARE(*database.spans.since(id, at(0)), spans);
    for (const auto &[version, files] : expected.versions)
        QCOMPARE(*database.configs.files(version.ref.config, version.ref.version), files);
    QCOMPARE(*database.effective(id), expected.effective);
    QVERIFY(snapshot->rollouts == std::vector{expected.rollout});
    QVERIFY(snapshot->components == std::vector{expected.components});
    QCOMPARE(*database.events.query({}), expected.events);
    QCOMPARE(snapshot->settings, expected.settings);
    QCOMPARE(snapshot->previousRun, std::optional(expected.run));
}

/// Writes a file like tests/data/store/schema_NNN.sqlite, with the newest schema.
static int writeSample(const QString &target)
{
    OpenedStore store;
    const auto done = flowgate::testing::write(*store.database, flowgate::testing::sample());
    const QString file = store.sql->file();
    store.database.reset();
    store.sql.reset(); // closing brings everything from the log into the file
    return done && QFile::copy(file, target) ? 0 : 1;
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == u"--write-sample")
        return writeSample(arguments[2]);
    TestSchema test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_schema.moc"
