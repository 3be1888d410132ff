// SPDX-License-Identifier: GPL-3.0-or-later
// A library goes from one control plane to another by the programs that people use.
#include "tests/e2e/support/processes.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace flowgate::tests;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// What `configs list` says of each config as a whole.
QStringList tagsAndArchive(const QJsonArray &configs)
{
    QStringList lines;
    for (const QJsonValue config : configs) {
        QStringList tags;
        for (const QJsonValue tag : config[text("tags")].toArray())
            tags.append(tag.toString());
        lines.append(config[text("name")].toString() + u' ' + tags.join(u',') + u' ' +
                     (config[text("archived")].toBool() ? text("archived") : QString()));
    }
    return lines;
}

/// All that `configs show` says of every version of every config.
QJsonArray library(Daemon &daemon)
{
    QJsonArray all;
    const QJsonArray configs = daemon.ctl({text("configs"), text("list")}).json.value(text("items")).toArray();
    for (const QJsonValue config : configs) {
        for (int version = 1; version <= config[text("latest")].toInt(); ++version)
            all.append(daemon
                           .ctl({text("configs"), text("show"),
                                 QStringLiteral("%1@%2").arg(config[text("name")].toString()).arg(version)})
                           .json);
    }
    return all;
}

} // namespace

class TestBundleFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void libraryTravelsWhole()
    {
        Daemon from;
        Daemon to;
        QVERIFY(from.start() && to.start());
        for (const char *body : {"a: 1\n", "a: 2\n# \xc3\xa9\n", "a: 3"})
            QCOMPARE(
                from.ctl({text("configs"), text("add"), text("base"), text("-"), text("--message"), text("why")}, body)
                    .exit,
                0);
        QCOMPARE(from.ctl({text("configs"), text("add"), text("other"), text("-")}, "b: 1\n").exit, 0);
        QCOMPARE(from.ctl({text("settings"), text("set"), text("rollout.soak"), text("10s")}).exit, 0);
        QCOMPARE(from.ctl({text("configs"), text("tag"), text("base"), text("eu"), text("prod")}).exit, 0);
        QCOMPARE(from.ctl({text("configs"), text("archive"), text("other")}).exit, 0);
        const QTemporaryDir folder;
        const QString file = folder.filePath(text("lab.flowgate"));
        QCOMPARE(from.ctl({text("bundle"), text("export"), file}).exit, 0);
        QVERIFY(QFile::exists(file));
        QCOMPARE(from.ctl({text("bundle"), text("export"), file}).exit, 1); // never overwrites by itself

        QCOMPARE(to.ctl({text("bundle"), text("import"), file, text("--dry-run")}).exit, 0);
        QVERIFY(library(to).isEmpty());
        const CtlResult imported = to.ctl({text("bundle"), text("import"), file});
        QCOMPARE(imported.exit, 0);
        QCOMPARE(imported.json.value(text("imported")).toBool(), true);
        QCOMPARE(library(to).size(), 4);
        QCOMPARE(library(to), library(from));
        QCOMPARE(tagsAndArchive(to.ctl({text("configs"), text("list")}).json.value(text("items")).toArray()),
                 QStringList({text("base eu,prod "), text("other  archived")}));
        QCOMPARE(to.ctl({text("settings"), text("get"), text("rollout.soak")})
                     .json.value(text("items"))
                     .toArray()[0][text("value")]
                     .toString(),
                 text("10s"));

        // Again: nothing is new.
        const qsizetype events = to.ctl({text("events")}).json.value(text("items")).toArray().size();
        const CtlResult again = to.ctl({text("bundle"), text("import"), file});
        QCOMPARE(again.exit, 0);
        for (const QJsonValue item : again.json.value(text("items")).toArray())
            QCOMPARE(item[text("action")].toString(), text("same"));
        QCOMPARE(to.ctl({text("events")}).json.value(text("items")).toArray().size(), events);

        // It is there after a kill, whole.
        to.kill();
        QVERIFY(to.start());
        QCOMPARE(library(to), library(from));
    }

    void conflictsAreTheOperatorsToDecide()
    {
        Daemon from;
        Daemon to;
        QVERIFY(from.start() && to.start());
        QCOMPARE(from.ctl({text("configs"), text("add"), text("base"), text("-")}, "a: 1\n").exit, 0);
        QCOMPARE(from.ctl({text("configs"), text("add"), text("new"), text("-")}, "n: 1\n").exit, 0);
        QCOMPARE(to.ctl({text("configs"), text("add"), text("base"), text("-")}, "other: 1\n").exit, 0);
        const QTemporaryDir folder;
        const QString file = folder.filePath(text("lab.flowgate"));
        QCOMPARE(from.ctl({text("bundle"), text("export"), file}).exit, 0);

        const QJsonArray before = library(to);
        const CtlResult refused = to.ctl({text("bundle"), text("import"), file});
        QCOMPARE(refused.exit, 1);
        QCOMPARE(refused.json.value(text("imported")).toBool(true), false);
        QCOMPARE(library(to), before); // not even what would have fitted
        QCOMPARE(to.ctl({text("bundle"), text("import"), file, text("--conflicts"), text("skip")}).exit, 0);
        QCOMPARE(library(to).size(), 2);
        QCOMPARE(to.ctl({text("bundle"), text("import"), file, text("--conflicts=rename")}).exit, 0);
        QCOMPARE(to.ctl({text("configs"), text("show"), text("base-2")})
                     .json.value(text("files"))
                     .toObject()
                     .value(text("config.yaml"))
                     .toString(),
                 text("a: 1\n"));

        QCOMPARE(to.ctl({text("bundle"), text("import"), text("/dev/null")}).exit, 1);
        QCOMPARE(to.ctl({text("bundle"), text("import"), file, text("--only"), text("nonsense")}).exit, 1);
    }
};

QTEST_GUILESS_MAIN(TestBundleFiles)
#include "tst_bundlefiles.moc"
