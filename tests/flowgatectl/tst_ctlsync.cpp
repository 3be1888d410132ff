// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/sync/syncfolder.h"
#include "flowgatectl/sync/syncrun.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace flowgate::ctl;

Q_DECLARE_METATYPE(flowgate::ctl::SyncAction)

namespace {

SyncFiles files(const char *body)
{
    return {{QStringLiteral("c.yaml"), QString::fromUtf8(body)}};
}

/// A library in memory, asked as the control plane is.
struct FakeLibrary
{
    QMap<QString, LibrarySide> configs;
    QStringList asked;

    AskPlane ask()
    {
        return [this](const QString &verb, const QJsonObject &args) -> Outcome<QJsonObject> {
            const QString name = args[QLatin1String("name")].toString();
            asked.append(verb + u' ' + name);
            if (verb == u"configs list") {
                QJsonArray items;
                for (const QString &one : configs.keys())
                    items.append(QJsonObject{{QStringLiteral("name"), one}});
                return QJsonObject{{QStringLiteral("items"), items}};
            }
            if (verb == u"configs add") {
                if (name == u"refused")
                    return failure(QStringLiteral("too_large"), QStringLiteral("no"));
                LibrarySide &side = configs[name];
                ++side.version;
                side.files.clear();
                const QJsonObject texts = args[QLatin1String("files")].toObject();
                for (auto it = texts.begin(); it != texts.end(); ++it)
                    side.files.insert(it.key(), it.value().toString());
                return QJsonObject{{QStringLiteral("version"), side.version}};
            }
            QJsonObject texts;
            const LibrarySide side = configs.value(name);
            for (auto it = side.files.cbegin(); it != side.files.cend(); ++it)
                texts.insert(it.key(), it.value());
            return QJsonObject{{QStringLiteral("version"), side.version}, {QStringLiteral("files"), texts}};
        };
    }
};

QStringList actions(const Outcome<QJsonObject> &result)
{
    QStringList list;
    for (const QJsonValue item : result ? (*result)[QLatin1String("items")].toArray() : QJsonArray())
        list.append(item[QLatin1String("action")].toString());
    return list;
}

} // namespace

class TestCtlSync : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plans_data()
    {
        QTest::addColumn<QString>("library"); // null: not there
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("last");
        QTest::addColumn<SyncAction>("expected");
        const QString none;
        const QString a = QStringLiteral("a");
        const QString b = QStringLiteral("b");
        const QString c = QStringLiteral("c");
        QTest::addRow("new in the library") << a << none << none << SyncAction::Write;
        QTest::addRow("new in the folder") << none << a << none << SyncAction::Save;
        QTest::addRow("alike, never in step") << a << a << none << SyncAction::Same;
        QTest::addRow("different, never in step") << a << b << none << SyncAction::Conflict;
        QTest::addRow("nothing changed") << a << a << a << SyncAction::Same;
        QTest::addRow("the library changed") << b << a << a << SyncAction::Write;
        QTest::addRow("the folder changed") << a << b << a << SyncAction::Save;
        QTest::addRow("both changed") << b << c << a << SyncAction::Conflict;
        QTest::addRow("both changed alike") << b << b << a << SyncAction::Same;
        QTest::addRow("deleted in the folder") << a << none << a << SyncAction::Gone;
        QTest::addRow("deleted in the folder, news in the library") << b << none << a << SyncAction::Gone;
        QTest::addRow("gone from the library") << none << a << a << SyncAction::Save;
    }
    void plans()
    {
        QFETCH(QString, library);
        QFETCH(QString, folder);
        QFETCH(QString, last);
        QFETCH(SyncAction, expected);
        const QString name = QStringLiteral("base");
        QMap<QString, LibrarySide> there;
        QMap<QString, SyncFiles> here;
        QMap<QString, SyncMark> marks;
        if (!library.isNull())
            there.insert(name, {3, files(qPrintable(library))});
        if (!folder.isNull())
            here.insert(name, files(qPrintable(folder)));
        if (!last.isNull())
            marks.insert(name, {2, syncHash(files(qPrintable(last))), {}});
        QCOMPARE(planSync(there, here, marks), std::vector<SyncStep>({{name, expected}}));
    }

    void hashesTellNamesAndTextsApart()
    {
        QVERIFY(syncHash({{QStringLiteral("a"), QStringLiteral("bc")}}) !=
                syncHash({{QStringLiteral("ab"), QStringLiteral("c")}}));
        QVERIFY(syncHash({}) != syncHash({{QString(), QString()}}));
    }

    void goesBothWaysAndComesToRest()
    {
        const QTemporaryDir temporary;
        const SyncWish wish{temporary.filePath(QStringLiteral("new/folder")), QStringLiteral("why"), false};
        FakeLibrary library;
        library.configs.insert(QStringLiteral("base"), {4, files("1")});
        QCOMPARE(actions(runSync({wish.folder, {}, true}, library.ask())), QStringList(QStringLiteral("write")));
        QVERIFY(!QFile::exists(wish.folder + QStringLiteral("/base")));
        QCOMPARE(actions(runSync(wish, library.ask())), QStringList(QStringLiteral("write")));
        QCOMPARE(actions(runSync(wish, library.ask())), QStringList(QStringLiteral("same")));

        QFile file(wish.folder + QStringLiteral("/base/c.yaml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("2");
        file.close();
        QCOMPARE(actions(runSync(wish, library.ask())), QStringList(QStringLiteral("save")));
        QCOMPARE(library.configs.value(QStringLiteral("base")).files, files("2"));

        // Another set of files: what it has no more goes.
        library.configs[QStringLiteral("base")] = {6, {{QStringLiteral("d.yaml"), QStringLiteral("3")}}};
        QCOMPARE(actions(runSync(wish, library.ask())), QStringList(QStringLiteral("write")));
        QVERIFY(!QFile::exists(file.fileName()));
        QVERIFY(QFile::exists(wish.folder + QStringLiteral("/base/d.yaml")));
    }

    void conflictsStayAsTheyAre()
    {
        const QTemporaryDir temporary;
        const SyncWish wish{temporary.path(), {}, false};
        FakeLibrary library;
        library.configs.insert(QStringLiteral("base"), {1, files("1")});
        QVERIFY(runSync(wish, library.ask()));
        QFile file(temporary.filePath(QStringLiteral("base/c.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("mine");
        file.close();
        library.configs[QStringLiteral("base")] = {2, files("theirs")};
        const auto result = runSync(wish, library.ask());
        QCOMPARE(actions(result), QStringList(QStringLiteral("conflict")));
        QCOMPARE((*result)[QLatin1String("conflicts")].toInt(), 1);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("mine"));
        QCOMPARE(library.configs.value(QStringLiteral("base")).files, files("theirs"));
    }

    void refusesFolders_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"link", "folder", "bytes", "huge", "linked folder", "marks"})
            QTest::addRow("%s", what) << QString::fromLatin1(what);
    }
    void refusesFolders()
    {
        QFETCH(QString, what);
        const QTemporaryDir temporary;
        const QDir dir(temporary.path());
        QVERIFY(dir.mkpath(QStringLiteral("base")));
        const QString path = dir.filePath(QStringLiteral("base/x.yaml"));
        QFile file(what == u"marks" ? dir.filePath(QStringLiteral(".flowgate-sync.json")) : path);
        if (what == u"link") {
            QVERIFY(QFile::link(QStringLiteral("/etc/hostname"), path));
        } else if (what == u"folder") {
            QVERIFY(dir.mkpath(QStringLiteral("base/x.yaml")));
        } else if (what == u"linked folder") {
            QVERIFY(QFile::link(QStringLiteral("/etc"), dir.filePath(QStringLiteral("more"))));
        } else {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(what == u"huge" ? QByteArray(17 * 1024 * 1024, 'x') : QByteArray("\xff\xfe["));
            file.close();
        }
        FakeLibrary library;
        const auto result = runSync({temporary.path(), {}, false}, library.ask());
        QVERIFY(!result);
        QCOMPARE(result.error().exit, Exit::Failed);
        QVERIFY(!library.asked.join(u' ').contains(QStringLiteral("configs add")));
    }

    // What it writes goes through no link, and only the owner may read it.
    void writesThroughNoLink_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"marks", "config", "nothing"})
            QTest::addRow("%s", what) << QString::fromLatin1(what);
    }
    void writesThroughNoLink()
    {
        QFETCH(QString, what);
        const QTemporaryDir temporary;
        const QTemporaryDir elsewhere;
        const QString target = elsewhere.filePath(QStringLiteral("target"));
        const QDir dir(temporary.path());
        if (what == u"marks")
            QVERIFY(QFile::link(target, dir.filePath(QStringLiteral(".flowgate-sync.json"))));
        else if (what == u"config")
            QVERIFY(QFile::link(elsewhere.path(), dir.filePath(QStringLiteral("base"))));
        FakeLibrary library;
        library.configs.insert(QStringLiteral("base"), {1, files("1")});
        const auto result = runSync({temporary.path(), {}, false}, library.ask());
        QCOMPARE(bool(result), what == u"nothing");
        QVERIFY(QDir(elsewhere.path()).isEmpty());
        if (!result)
            return;
        const auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner;
        for (const char *name : {"base/c.yaml", ".flowgate-sync.json"}) {
            const auto mode = QFile::permissions(dir.filePath(QString::fromLatin1(name)));
            QCOMPARE(mode & ~(QFile::ReadUser | QFile::WriteUser), ownerOnly);
        }
    }

    void refusesNamesThatLeadOut()
    {
        const QTemporaryDir temporary;
        FakeLibrary library;
        library.configs.insert(QStringLiteral("base"), {1, {{QStringLiteral("../evil"), QStringLiteral("x")}}});
        const auto result = runSync({temporary.path(), {}, false}, library.ask());
        QVERIFY(!result);
        QCOMPARE(result.error().code, QStringLiteral("bad_name"));
        QVERIFY(!QFile::exists(temporary.filePath(QStringLiteral("evil"))));
    }

    /// What was done before a failure is remembered.
    void goesOnAfterAFailure()
    {
        const QTemporaryDir temporary;
        const QDir dir(temporary.path());
        QVERIFY(dir.mkpath(QStringLiteral("base")) && dir.mkpath(QStringLiteral("refused")));
        for (const char *name : {"base/c.yaml", "refused/c.yaml"}) {
            QFile file(dir.filePath(QString::fromLatin1(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("1");
        }
        FakeLibrary library;
        QVERIFY(!runSync({temporary.path(), {}, false}, library.ask()));
        const auto folder = SyncFolder::open(temporary.path());
        QVERIFY(folder);
        QCOMPARE(folder->marks().keys(), QStringList(QStringLiteral("base")));
    }
};

QTEST_GUILESS_MAIN(TestCtlSync)
#include "tst_ctlsync.moc"
