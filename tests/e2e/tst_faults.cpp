// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the control plane when what it stands on fails: it stays up or ends with one sentence that says what
// to do, loses nothing that it had confirmed, and leaves a file that it cannot use as it is.
#include "tests/e2e/support/processes.h"

#include <QDir>
#include <QJsonArray>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <sys/mount.h>
#include <unistd.h>

using namespace flowgate::tests;

namespace {

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

QByteArray bytesOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &name, const QByteArray &bytes)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

/// A file system of 8 MiB in memory, where this process may mount one.
class SmallDisk
{
public:
    SmallDisk()
        : m_mounted(::mount("none", QFile::encodeName(m_folder.path()).constData(), "tmpfs", 0, "size=8m") == 0)
    {
    }
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(QFile::encodeName(m_folder.path()).constData(), MNT_DETACH);
    }
    [[nodiscard]] bool isThere() const { return m_mounted; }
    [[nodiscard]] QString data() const { return m_folder.filePath(QStringLiteral("data")); }
    void fill()
    {
        QFile ballast(m_folder.filePath(QStringLiteral("ballast")));
        if (!ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return;
        for (const qsizetype size : {4096, 1}) {
            while (ballast.write(QByteArray(size, 'b')) > 0) {
            }
        }
    }
    void empty() { QFile::remove(m_folder.filePath(QStringLiteral("ballast"))); }

private:
    QTemporaryDir m_folder;
    bool m_mounted;
};

/// What a flowgated that does not come up says, and its exit code; -1 where it serves.
struct Refusal
{
    int exit = -1;
    QByteArray said;
};

Refusal startOn(const QString &folder, bool asNobody = false)
{
    QProcess process;
    process.setChildProcessModifier([asNobody] {
        if (asNobody && (::setgid(65534) != 0 || ::setuid(65534) != 0))
            ::_exit(99);
    });
    process.start(QStringLiteral(FLOWGATE_BIN "/flowgated"),
                  {QStringLiteral("--data"), folder, QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")});
    Refusal refusal;
    if (process.waitForFinished(patience))
        refusal.exit = process.exitCode();
    else
        process.kill();
    process.waitForFinished(flowgate::tests::patience);
    refusal.said = process.readAllStandardError();
    return refusal;
}

/// A data folder as a control plane leaves it that has done a few things.
void fillFolder(const QString &folder)
{
    Daemon daemon(folder);
    QVERIFY2(daemon.start(), daemon.log().constData());
    for (int i = 0; i < 20; ++i) {
        const QByteArray text = "receivers: {otlp: }\n#" + QByteArray(4000, static_cast<char>('a' + i)) + '\n';
        QCOMPARE(daemon.ctl(words("configs add base -"), text).exit, 0);
    }
    QCOMPARE(daemon.terminate(), 0);
}

} // namespace

class TestFaults final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDiskThatTakesNothing_data();
    void aDiskThatTakesNothing();
    void aStartWithoutRoom();
    void aFolderThatMayNotBeWritten();
    void aFileThatCannotBeUsed_data();
    void aFileThatCannotBeUsed();

private:
    static QString trouble(Daemon &daemon)
    {
        return at(daemon.ctl(words("status")).json, "database.trouble").toString();
    }
    static int connected(Daemon &daemon)
    {
        return at(daemon.ctl(words("status")).json, "gateways.presence.connected").toInt();
    }
    static double messages(Daemon &daemon)
    {
        return daemon.ctl(words("status")).json[QStringLiteral("messages")].toDouble();
    }
    static QStringList configs(Daemon &daemon)
    {
        QStringList names;
        for (const QJsonValue config : daemon.ctl(words("configs list")).json[QStringLiteral("items")].toArray())
            names.append(config[QStringLiteral("name")].toString());
        return names;
    }
};

void TestFaults::aDiskThatTakesNothing_data()
{
    QTest::addColumn<bool>("limited");
    QTest::addRow("files may not grow") << true;
    QTest::addRow("the disk is full") << false;
}

// ER2: a report is not failed by the disk, as its content is kept and written later.
// While it lasts gateways are answered, commands are refused with the reason, and both status and log say it. When it
// is over it goes on without a start, and has what had been confirmed, and nothing of what had been refused.
void TestFaults::aDiskThatTakesNothing()
{
    QFETCH(bool, limited);
    SmallDisk disk;
    if (!limited && !disk.isThere())
        QSKIP("this process may not mount a file system; the row before needs none");
    const QTemporaryDir own;
    Daemon daemon(limited ? own.filePath(QStringLiteral("data")) : disk.data());
    QVERIFY2(daemon.start(), daemon.log().constData());
    QProcess fleet;
    bindToParent(fleet);
    fleet.start(QStringLiteral(FLOWGATE_BIN "/flowgate-fleetsim"),
                {QStringLiteral("--endpoint"), daemon.endpoint(), QStringLiteral("--count"), QStringLiteral("3"),
                 QStringLiteral("--heartbeat"), QStringLiteral("1s")});
    QVERIFY(eventually([&] { return connected(daemon) == 3; }));
    const QString id =
        daemon.ctl(words("gateways list")).json[QStringLiteral("items")][0][QStringLiteral("id")].toString();
    const QStringList label{QStringLiteral("gateways"), QStringLiteral("label"), id};
    QCOMPARE(daemon.ctl(words("configs add before -"), "receivers: {otlp: }\n").exit, 0);
    QCOMPARE(daemon.ctl(words("tokens create kept")).exit, 0);
    QCOMPARE(daemon.ctl(label + QStringList{QStringLiteral("when=before")}).exit, 0);

    if (limited)
        daemon.limitFiles(4096);
    else
        disk.fill();
    for (const auto &[command, input] :
         {std::pair(words("configs add during -"), QByteArray("exporters: {debug: }\n#") + QByteArray(60'000, 'x')),
          {words("tokens create during"), {}},
          {words("settings set rollout.soak 7s"), {}},
          {words("rollouts start --config before --selector all --force"), {}}}) {
        const CtlResult refused = daemon.ctl(command, input);
        QVERIFY2(refused.exit == 1, qPrintable(command.join(u' ') + QString::fromUtf8(refused.output)));
        QCOMPARE(at(refused.json, "error.code").toString(), QStringLiteral("store_failed"));
    }
    const CtlResult told = daemon.ctl(label + QStringList{QStringLiteral("when=during")});
    QCOMPARE(told.exit, 1);
    QVERIFY2(at(told.json, "error.message").toString().contains(QStringLiteral("in force all the same")),
             told.output.constData());
    const QString said = trouble(daemon);
    QVERIFY2(said.contains(limited ? QStringLiteral("see whether it is full")
                                   : QStringLiteral("the disk is full; make space")),
             qPrintable(said));
    const double before = messages(daemon);
    QVERIFY(eventually([&] { return messages(daemon) >= before + 6; })); // two heartbeats of each
    QCOMPARE(connected(daemon), 3);
    QCOMPARE(configs(daemon), QStringList{QStringLiteral("before")});

    if (limited)
        daemon.limitFiles({});
    else
        disk.empty();
    QVERIFY(eventually([&] { return trouble(daemon).isEmpty(); }));
    QCOMPARE(daemon.ctl(words("configs add after -"), "receivers: {otlp: }\n").exit, 0);
    daemon.kill(); // what it says is on disk
    QVERIFY2(daemon.log().contains("The database takes nothing: ") &&
                 daemon.log().contains("The database takes again what happens"),
             daemon.log().constData());
    QVERIFY2(daemon.start(), daemon.log().constData());
    QCOMPARE(configs(daemon), (QStringList{QStringLiteral("after"), QStringLiteral("before")}));
    const QJsonArray tokens = daemon.ctl(words("tokens list")).json[QStringLiteral("items")].toArray();
    QCOMPARE(tokens.size(), 1);
    QCOMPARE(tokens[0][QStringLiteral("name")].toString(), QStringLiteral("kept"));
    QCOMPARE(at(daemon.gateway(id), "labels.when").toString(), QStringLiteral("during"));
    QVERIFY(daemon.ctl(words("rollouts list")).json[QStringLiteral("items")].toArray().isEmpty());
    QStringList kinds;
    for (const QJsonValue event : daemon.ctl(words("events")).json[QStringLiteral("items")].toArray())
        kinds.append(event[QStringLiteral("kind")].toString());
    QVERIFY2(kinds.contains(QStringLiteral("store_trouble")) && kinds.contains(QStringLiteral("store_recovered")),
             qPrintable(kinds.join(u' ')));
    QCOMPARE(daemon.terminate(), 0);
    fleet.kill();
    fleet.waitForFinished(flowgate::tests::patience);
}

void TestFaults::aStartWithoutRoom()
{
    SmallDisk disk;
    if (!disk.isThere())
        QSKIP("this process may not mount a file system");
    fillFolder(disk.data());
    const QString file = disk.data() + QStringLiteral("/flowgate.db");
    const QByteArray before = bytesOf(file);
    disk.fill();
    const Refusal refusal = startOn(disk.data());
    QCOMPARE(refusal.exit, 1);
    QVERIFY2(refusal.said.count('\n') == 1 && refusal.said.contains(" is full"), refusal.said.constData());
    QVERIFY(bytesOf(file) == before);
    disk.empty();
    Daemon daemon(disk.data());
    QVERIFY2(daemon.start(), daemon.log().constData());
    QCOMPARE(configs(daemon), QStringList{QStringLiteral("base")});
}

// Root may write everywhere, so the program is started as somebody else then.
void TestFaults::aFolderThatMayNotBeWritten()
{
    const QTemporaryDir base;
    const QString folder = base.filePath(QStringLiteral("data"));
    const bool root = ::geteuid() == 0;
    if (root) {
        fillFolder(folder);
        QFile::setPermissions(base.path(), QFile::permissions(base.path()) | QFile::ExeOther | QFile::ReadOther);
        QFile::setPermissions(folder, QFile::permissions(folder) | QFile::ExeOther | QFile::ReadOther);
    }
    const QString whose = root ? folder : QStringLiteral("/usr");
    const QByteArray before = bytesOf(whose + QStringLiteral("/flowgate.db"));
    const Refusal refusal = startOn(whose, root);
    QCOMPARE(refusal.exit, 1);
    QVERIFY2(refusal.said.count('\n') == 1 && refusal.said.contains("--data") &&
                 refusal.said.contains(whose.toUtf8() + ": it is not this user's own"),
             refusal.said.constData());
    QVERIFY(bytesOf(whose + QStringLiteral("/flowgate.db")) == before);
}

void TestFaults::aFileThatCannotBeUsed_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QByteArray>("sentence");
    QTest::addRow("header overwritten") << QStringLiteral("header") << QByteArray("the file is damaged");
    QTest::addRow("a page overwritten") << QStringLiteral("page") << QByteArray("the file is damaged");
    QTest::addRow("cut off") << QStringLiteral("cut") << QByteArray("the file is damaged");
    QTest::addRow("of a newer version") << QStringLiteral("newer")
                                        << QByteArray("was written by a newer version of this program");
}

void TestFaults::aFileThatCannotBeUsed()
{
    QFETCH(QString, fault);
    QFETCH(QByteArray, sentence);
    const QTemporaryDir base;
    const QString folder = base.filePath(QStringLiteral("data"));
    fillFolder(folder);
    const QString file = folder + QStringLiteral("/flowgate.db");
    if (fault == u"newer") {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("newer"));
            database.setDatabaseName(file);
            QVERIFY(database.open());
            QVERIFY(QSqlQuery(database).exec(
                QStringLiteral("INSERT INTO schema_migrations VALUES (999, '999_later.sql', 'x', 0)")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("newer"));
    } else {
        QByteArray bytes = bytesOf(file);
        QVERIFY(bytes.size() > 100'000);
        if (fault == u"header")
            bytes.replace(0, 16, "not a database!!");
        else if (fault == u"page")
            bytes.replace(bytes.size() / 2 / 4096 * 4096, 4096, QByteArray(4096, '\x5a'));
        else
            bytes.truncate(bytes.size() / 2);
        QVERIFY(write(file, bytes));
    }
    const QByteArray before = bytesOf(file);
    const QStringList files = QDir(folder).entryList(QDir::Files | QDir::Hidden);
    for (int again = 0; again < 2; ++again) {
        const Refusal refusal = startOn(folder);
        QCOMPARE(refusal.exit, 1);
        QVERIFY2(refusal.said.count('\n') == 1 && refusal.said.contains(sentence) &&
                     refusal.said.contains(file.toUtf8()) && refusal.said.contains("It was left as it is"),
                 refusal.said.constData());
        QVERIFY(bytesOf(file) == before);
        QCOMPARE(QDir(folder).entryList(QDir::Files | QDir::Hidden), files);
    }
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
