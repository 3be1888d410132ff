// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configs/draftstore.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace flowgate::ui;
using flowgate::domain::ConfigFile;
using flowgate::domain::ConfigSet;

namespace {

Draft draftOf(const QByteArray &text, int version = 3)
{
    Draft draft;
    draft.version = version;
    draft.base.files[QStringLiteral("a.yaml")] = {"before", QStringLiteral("text/yaml")};
    draft.files.files[QStringLiteral("a.yaml")] = {text, {}};
    draft.files.files[QString()] = {QByteArray("\0\xff\n", 3), {}};
    return draft;
}

} // namespace

class TestDraftStore final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsAndBringsBack()
    {
        const Drafts drafts{{QStringLiteral("base"), draftOf("one")}, {QStringLiteral("core.2"), draftOf("two", 0)}};
        {
            DraftStore store(path());
            QVERIFY(store.load().isEmpty());
            store.keep(drafts);
        } // waits
        DraftStore store(path());
        QCOMPARE(store.load(), drafts);
        // Saved as a version: its file goes, the other stays.
        store.keep(drafts);
        store.keep({{QStringLiteral("base"), draftOf("one more")}});
        QVERIFY(store.finish());
        QCOMPARE(DraftStore(path()).load(), (Drafts{{QStringLiteral("base"), draftOf("one more")}}));
    }

    void theLatestOfManyWins()
    {
        {
            DraftStore store(path());
            for (int i = 0; i < 200; ++i)
                store.keep({{QStringLiteral("base"), draftOf(QByteArray::number(i))}});
        }
        QCOMPARE(DraftStore(path()).load(), (Drafts{{QStringLiteral("base"), draftOf("199")}}));
    }

    void saysWhenItCannot()
    {
        QFile inTheWay(path());
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        DraftStore store(path());
        store.keep({{QStringLiteral("base"), draftOf("one")}});
        QVERIFY(!store.finish());
        // As soon as there is room, what was typed is written though nothing changed since.
        QVERIFY(inTheWay.remove());
        QVERIFY(store.finish());
        QCOMPARE(DraftStore(path()).load().size(), 1);
    }

    void strangeFilesAreLeftAlone_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray good = draftBytes(QStringLiteral("base"), draftOf("one"));
        QTest::addRow("empty") << QStringLiteral("base") << QByteArray();
        QTest::addRow("nonsense") << QStringLiteral("base") << QByteArray("nonsense");
        QTest::addRow("half") << QStringLiteral("base") << good.first(good.size() / 2);
        QTest::addRow("another name") << QStringLiteral("core") << good;
        QTest::addRow("no config's name") << QStringLiteral("a b") << draftBytes(QStringLiteral("a b"), draftOf("one"));
        QTest::addRow("no file") << QStringLiteral("base") << draftBytes(QStringLiteral("base"), {});
        QTest::addRow("version below 0") << QStringLiteral("base")
                                         << draftBytes(QStringLiteral("base"), draftOf("", -1));
    }

    void strangeFilesAreLeftAlone()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QVERIFY(QDir().mkpath(path()));
        QFile file(path() + u'/' + name + QStringLiteral(".draft"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        {
            DraftStore store(path());
            QVERIFY(store.load().isEmpty());
            store.keep({{QStringLiteral("other"), draftOf("one")}});
            store.keep({});
        }
        QVERIFY(file.exists());
    }

    void everyHalfOfAFileIsRefusedOrWhole()
    {
        const QString name = QStringLiteral("base");
        const QByteArray good = draftBytes(name, draftOf("one"));
        for (qsizetype length = 0; length < good.size(); ++length)
            QVERIFY(!draftFromBytes(name, good.first(length)));
        QCOMPARE(draftFromBytes(name, good), draftOf("one"));
    }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

private:
    QString path() const { return m_folder->filePath(QStringLiteral("drafts")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestDraftStore)
#include "tst_draftstore.moc"
