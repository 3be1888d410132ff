// SPDX-License-Identifier: GPL-3.0-or-later
// The programs' contract with scripts: ready line, exit codes, one document a call.
#include "tests/e2e/support/processes.h"

#include <QJsonArray>
#include <QTest>

using namespace flowgate::tests;

class TestDaemon : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endsCleanlyOnTermination();
    void oneProcessAFolder();
    void portInUse();
    void wrongUsage_data();
    void wrongUsage();
    void configsAreKept();
    void configsAreMarkedAndBroughtBack();
    void rolloutsAreFoundByAPartOfTheirId();
    void rolloutsRefuseWhatCheckRefuses();
    void eventsOfThePastComeFirst();
    void settingsAreKept();
    void logLevelTakesEffect();
    void failuresAreSaid_data();
    void failuresAreSaid();
    void nobodyThere();

private:
    static int run(const QStringList &arguments, QByteArray *errors = nullptr)
    {
        QProcess process;
        process.start(QStringLiteral(FLOWGATE_BIN "/flowgated"), arguments);
        if (!process.waitForFinished(patience)) {
            process.kill();
            process.waitForFinished(flowgate::tests::patience);
            return -1;
        }
        if (errors)
            *errors = process.readAllStandardError();
        return process.exitCode();
    }
};

void TestDaemon::endsCleanlyOnTermination()
{
    Daemon daemon;
    QVERIFY2(daemon.start(), daemon.log().constData());
    QVERIFY(daemon.endpoint().startsWith(QStringLiteral("ws://127.0.0.1:")));
    const CtlResult status = daemon.ctl({QStringLiteral("status")});
    QCOMPARE(status.exit, 0);
    QVERIFY(status.json[QStringLiteral("public_endpoint")].isNull());
    QCOMPARE(daemon.terminate(), 0);
    QVERIFY(daemon.start({QStringLiteral("--public-url"), QStringLiteral("https://gw.example.org/a")}));
    QCOMPARE(daemon.ctl({QStringLiteral("status")}).json[QStringLiteral("public_endpoint")].toString(),
             QStringLiteral("wss://gw.example.org/a/v1/opamp"));
}

void TestDaemon::oneProcessAFolder()
{
    Daemon daemon;
    QVERIFY(daemon.start());
    QByteArray errors;
    QCOMPARE(run({QStringLiteral("--data"), daemon.folder(), QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")},
                 &errors),
             3);
    QVERIFY2(errors.contains("flowgated, process"), errors.constData());
    // A folder whose holder was killed is free again.
    daemon.kill();
    QVERIFY(daemon.start());
}

void TestDaemon::portInUse()
{
    Daemon daemon;
    QVERIFY(daemon.start());
    QTemporaryDir other;
    const QString address = QStringLiteral("127.0.0.1:%1").arg(daemon.port());
    QByteArray errors;
    QCOMPARE(run({QStringLiteral("--data"), other.path(), QStringLiteral("--listen"), address}, &errors), 4);
    QVERIFY2(errors.contains(address.toUtf8()), errors.constData());
}

void TestDaemon::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addRow("no address") << QStringList{QStringLiteral("--listen"), QStringLiteral("nonsense")};
    QTest::addRow("certificate without key") << QStringList{QStringLiteral("--tls-cert"), QStringLiteral("x.pem")};
    QTest::addRow("no public url") << QStringList{QStringLiteral("--public-url"), QStringLiteral("gw.example.org")};
    QTest::addRow("unknown option") << QStringList{QStringLiteral("--frobnicate")};
    QTest::addRow("socket path too long")
        << QStringList{QStringLiteral("--data"), QStringLiteral("/tmp/") + QString(120, u'x')};
}

void TestDaemon::wrongUsage()
{
    QFETCH(QStringList, arguments);
    QByteArray errors;
    QCOMPARE(run(arguments, &errors), 2);
    QVERIFY(!errors.isEmpty());
}

void TestDaemon::configsAreKept()
{
    Daemon daemon;
    QVERIFY(daemon.start());
    const auto add = [&](const QByteArray &text) {
        return daemon.ctl(
            {QStringLiteral("configs"), QStringLiteral("add"), QStringLiteral("base"), QStringLiteral("-")}, text);
    };
    const QJsonObject first = add("exporters: {}\n").json;
    QCOMPARE(first.value(QStringLiteral("version")).toInt(), 1);
    QCOMPARE(first.value(QStringLiteral("created")).toBool(), true);
    QCOMPARE(add("exporters: {}\n").json.value(QStringLiteral("created")).toBool(), false);
    QCOMPARE(add("receivers: {}\n").json.value(QStringLiteral("version")).toInt(), 2);
    daemon.kill(); // what was confirmed is on disk
    QVERIFY(daemon.start());
    const QJsonObject shown =
        daemon.ctl({QStringLiteral("configs"), QStringLiteral("show"), QStringLiteral("base@1")}).json;
    QCOMPARE(shown.value(QStringLiteral("hash")), first.value(QStringLiteral("hash")));
    QCOMPARE(shown.value(QStringLiteral("files")).toObject().begin().value().toString(),
             QStringLiteral("exporters: {}\n"));
}

// Tags, the archive and deletions are on disk once they are confirmed, and nothing of a config is lost by them.
void TestDaemon::configsAreMarkedAndBroughtBack()
{
    Daemon daemon;
    QVERIFY(daemon.start());
    const auto configs = [&](const QStringList &words, const QByteArray &input = {}) {
        return daemon.ctl(QStringList{QStringLiteral("configs")} + words, input);
    };
    const auto names = [&] {
        QStringList list;
        for (const QJsonValue config : configs({QStringLiteral("list")}).json[QStringLiteral("items")].toArray())
            list.append(config[QStringLiteral("name")].toString());
        return list;
    };
    const QString base = QStringLiteral("base");
    const QStringList add{QStringLiteral("add"), base, QStringLiteral("-")};
    QCOMPARE(configs(add, "a: 1\n").exit, 0);
    const CtlResult tagged = configs({QStringLiteral("tag"), base, QStringLiteral("lab"), QStringLiteral("edge")});
    QCOMPARE(tagged.json[QStringLiteral("tags")].toArray(),
             (QJsonArray{QStringLiteral("edge"), QStringLiteral("lab")}));
    QCOMPARE(configs({QStringLiteral("tag"), base, QStringLiteral("no/tag")}).exit, 1);
    QCOMPARE(configs({QStringLiteral("archive"), base}).exit, 0);
    QCOMPARE(configs({QStringLiteral("archive"), base}).exit, 1);
    const CtlResult refused = configs(add, "a: 2\n");
    QCOMPARE(refused.exit, 1);
    QVERIFY2(refused.errors.contains("configs unarchive base"), refused.errors.constData());
    daemon.kill();
    QVERIFY(daemon.start());
    QVERIFY(configs({QStringLiteral("list")}).json[QStringLiteral("items")][0][QStringLiteral("archived")].toBool());
    QCOMPARE(configs({QStringLiteral("unarchive"), base}).exit, 0);
    QCOMPARE(configs(add, "a: 2\n").exit, 0);

    QCOMPARE(configs({QStringLiteral("delete"), base}).exit, 0);
    daemon.kill();
    QVERIFY(daemon.start());
    QCOMPARE(names(), QStringList());
    for (const QStringList &words :
         {QStringList{QStringLiteral("show"), base}, add, QStringList{QStringLiteral("delete"), base}}) {
        const CtlResult gone = configs(words, "a: 3\n");
        QCOMPARE(gone.exit, 1);
        QVERIFY2(gone.errors.contains("configs undelete base"), gone.errors.constData());
    }
    const CtlResult back = configs({QStringLiteral("undelete"), base});
    QCOMPARE(back.json[QStringLiteral("latest")].toInt(), 2);
    QCOMPARE(back.json[QStringLiteral("tags")].toArray().size(), 2);
    QCOMPARE(names(), QStringList{base});
    QCOMPARE(configs({QStringLiteral("undelete"), base}).exit, 1);

    // By structure, order and spelling do not count.
    QCOMPARE(configs(add, "\"a\":   2 # the same\n").exit, 0);
    const CtlResult diff = configs(
        {QStringLiteral("diff"), QStringLiteral("base@2"), QStringLiteral("base@3"), QStringLiteral("--structure")});
    QVERIFY(!diff.json[QStringLiteral("equal")].toBool());
    QVERIFY(diff.json[QStringLiteral("differences")].toArray().isEmpty());
    QCOMPARE(configs({QStringLiteral("diff"), QStringLiteral("base@1"), QStringLiteral("base@2")})
                 .json[QStringLiteral("differences")]
                 .toArray(),
             QJsonArray{(QJsonObject{{QStringLiteral("path"), QStringLiteral("a")},
                                     {QStringLiteral("wanted"), QStringLiteral("1")},
                                     {QStringLiteral("effective"), QStringLiteral("2")}})});
}

void TestDaemon::rolloutsAreFoundByAPartOfTheirId()
{
    Daemon daemon;
    QVERIFY(daemon.start());
    QProcess gateways;
    gateways.start(QStringLiteral(FLOWGATE_BIN "/flowgate-fleetsim"),
                   {QStringLiteral("--endpoint"), daemon.endpoint(), QStringLiteral("--count"), QStringLiteral("1")});
    QVERIFY(eventually([&] { return !daemon.gateway().isEmpty(); }));
    const QStringList add{QStringLiteral("configs"), QStringLiteral("add"), QStringLiteral("base"),
                          QStringLiteral("-")};
    QCOMPARE(daemon
                 .ctl(add, "receivers: {otlp: {protocols: {grpc: }}}\nexporters: {debug: }\n"
                           "service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}\n")
                 .exit,
             0);
    // What is not said here is as the settings have it.
    for (const QStringList &setting : {QStringList{QStringLiteral("rollout.soak"), QStringLiteral("7s")},
                                       {QStringLiteral("rollout.waves"), QStringLiteral("3,100%")}})
        QCOMPARE(daemon.ctl(QStringList{QStringLiteral("settings"), QStringLiteral("set")} + setting).exit, 0);
    const CtlResult started = daemon.ctl(
        {QStringLiteral("rollouts"), QStringLiteral("start"), QStringLiteral("--config"), QStringLiteral("base"),
         QStringLiteral("--selector"), QStringLiteral("all"), QStringLiteral("--timeout"), QStringLiteral("50s")});
    const QString id = started.json[QStringLiteral("id")].toString();
    QVERIFY2(!id.isEmpty(), started.errors.constData());
    for (const QString &part : {id, id.left(8), id.right(4)}) {
        const CtlResult shown = daemon.ctl({QStringLiteral("rollouts"), QStringLiteral("show"), part});
        QVERIFY2(shown.exit == 0, shown.errors.constData());
        QCOMPARE(shown.json[QStringLiteral("id")].toString(), id);
        QCOMPARE(shown.json[QStringLiteral("soak_s")].toInt(), 7);
        QCOMPARE(shown.json[QStringLiteral("timeout_s")].toInt(), 50);
        QCOMPARE(shown.json[QStringLiteral("waves")], (QJsonArray{QStringLiteral("3"), QStringLiteral("100%")}));
        const QJsonValue target = shown.json[QStringLiteral("targets")][0];
        QCOMPARE(target[QStringLiteral("name")], daemon.gateway()[QStringLiteral("name")]);
    }
    // Ids of two made within seconds begin alike.
    const CtlResult second =
        daemon.ctl({QStringLiteral("rollouts"), QStringLiteral("start"), QStringLiteral("--config"),
                    QStringLiteral("base"), QStringLiteral("--selector"), QStringLiteral("all")});
    const QString other = second.json[QStringLiteral("id")].toString();
    const CtlResult both = daemon.ctl({QStringLiteral("rollouts"), QStringLiteral("halt"), id.left(4)});
    QCOMPARE(both.exit, 1);
    QCOMPARE(at(both.json, "error.code").toString(), QStringLiteral("ambiguous"));
    for (const QString &each : {id, other})
        QVERIFY2(at(both.json, "error.message").toString().contains(each), both.output.constData());
    for (const QString &part : {id.left(3), QStringLiteral("ffff0000")})
        QCOMPARE(daemon.ctl({QStringLiteral("rollouts"), QStringLiteral("show"), part}).exit, 1);
    gateways.terminate();
    gateways.waitForFinished(flowgate::tests::patience);
}

void TestDaemon::rolloutsRefuseWhatCheckRefuses()
{
    Daemon daemon;
    QVERIFY(daemon.start());
    const QByteArray text = "receivers: {otlp: }\nexporters: {debug: , nop: }\n"
                            "service: {pipelines: {logs: {receivers: [otlp], exporters: [debug, nope]}}}\n";
    const CtlResult checked =
        daemon.ctl({QStringLiteral("configs"), QStringLiteral("check"), QStringLiteral("-")}, text);
    QCOMPARE(checked.exit, 1);
    QCOMPARE(
        daemon.ctl({QStringLiteral("configs"), QStringLiteral("add"), QStringLiteral("b"), QStringLiteral("-")}, text)
            .exit,
        0);
    const CtlResult started =
        daemon.ctl({QStringLiteral("rollouts"), QStringLiteral("start"), QStringLiteral("--config"),
                    QStringLiteral("b"), QStringLiteral("--selector"), QStringLiteral("all")});
    QCOMPARE(started.exit, 1);
    QCOMPARE(at(started.json, "error.code").toString(), QStringLiteral("bad_config"));
    const QJsonArray items = checked.json[QStringLiteral("items")].toArray();
    QCOMPARE(items.size(), 2); // a warning and an error
    for (const QJsonValue &item : items) {
        const QString line =
            QStringLiteral(":%1:%2: %3: %4")
                .arg(item[QStringLiteral("line")].toInt())
                .arg(item[QStringLiteral("column")].toInt())
                .arg(item[QStringLiteral("severity")].toString(), item[QStringLiteral("text")].toString());
        QVERIFY2(started.errors.contains(line.toUtf8()), started.errors.constData());
    }
}

void TestDaemon::eventsOfThePastComeFirst()
{
    Daemon daemon;
    QVERIFY(daemon.start());
    const auto add = [&](const QString &name) {
        return daemon.ctl({QStringLiteral("configs"), QStringLiteral("add"), name, QStringLiteral("-")},
                          "receivers: {otlp: }\n");
    };
    QCOMPARE(add(QStringLiteral("first")).exit, 0);
    const auto follower = daemon.startCtl(
        {QStringLiteral("events"), QStringLiteral("--since"), QStringLiteral("1h"), QStringLiteral("--follow")});
    QByteArray told;
    const auto tells = [&](const QByteArray &word) {
        return eventually([&] {
            follower->waitForReadyRead(50);
            told += follower->readAllStandardOutput();
            return told.contains(word);
        });
    };
    QVERIFY2(tells("first@1"), told.constData());
    QCOMPARE(add(QStringLiteral("second")).exit, 0);
    QVERIFY2(tells("second@1"), told.constData());
    QCOMPARE(told.count("first@1"), 1);
    QCOMPARE(told.count("second@1"), 1);
    follower->kill();
    follower->waitForFinished(flowgate::tests::patience);
}

void TestDaemon::settingsAreKept()
{
    Daemon daemon;
    QVERIFY(daemon.start());
    const QStringList get{QStringLiteral("settings"), QStringLiteral("get")};
    const QStringList set{QStringLiteral("settings"), QStringLiteral("set")};
    const QString caps = QStringLiteral("server.connections_per_address");
    for (const QJsonValue &item : daemon.ctl(get).json[QStringLiteral("items")].toArray()) {
        for (const char *key : {"key", "value", "default", "description", "takes_effect"})
            QVERIFY2(!item[QLatin1String(key)].isUndefined() && !item[QLatin1String(key)].isNull(), key);
        QCOMPARE(item[QStringLiteral("value")], item[QStringLiteral("default")]);
    }
    for (const QStringList &wrong : {QStringList{caps, QStringLiteral("many")}, {caps, QStringLiteral("0")}}) {
        const CtlResult refused = daemon.ctl(set + wrong);
        QCOMPARE(refused.exit, 1);
        QCOMPARE(at(refused.json, "error.code").toString(), QStringLiteral("bad_argument"));
        QVERIFY2(refused.errors.contains("a whole number from 1 to 100000"), refused.errors.constData());
    }
    const CtlResult changed = daemon.ctl(set + QStringList{caps, QStringLiteral("1")});
    QVERIFY2(changed.exit == 0, changed.errors.constData());
    QCOMPARE(changed.json[QStringLiteral("value")].toInt(), 1);
    daemon.kill(); // what was confirmed is on disk
    QVERIFY(daemon.start());
    const CtlResult kept = daemon.ctl(get + QStringList{caps});
    QCOMPARE(kept.json[QStringLiteral("items")][0][QStringLiteral("value")].toInt(), 1);
    // It holds from the start: of two gateways on one address, one gets in.
    QProcess gateways;
    gateways.start(QStringLiteral(FLOWGATE_BIN "/flowgate-fleetsim"),
                   {QStringLiteral("--endpoint"), daemon.endpoint(), QStringLiteral("--count"), QStringLiteral("2")});
    const auto count = [&] { return at(daemon.ctl({QStringLiteral("status")}).json, "gateways.total").toInt(); };
    QVERIFY(eventually([&] { return count() == 1; }));
    QCOMPARE(daemon.ctl(set + QStringList{caps, QStringLiteral("default")}).exit, 0);
    QVERIFY(eventually([&] { return count() == 2; })); // at its next try
    gateways.terminate();
    gateways.waitForFinished(flowgate::tests::patience);
}

void TestDaemon::logLevelTakesEffect()
{
    Daemon daemon;
    QVERIFY(daemon.start());
    const auto add = [&](const char *name) {
        return daemon
            .ctl({QStringLiteral("configs"), QStringLiteral("add"), QString::fromLatin1(name), QStringLiteral("-")},
                 "receivers: {otlp: }\n")
            .exit;
    };
    const auto set = [&](const char *level) {
        return daemon
            .ctl({QStringLiteral("settings"), QStringLiteral("set"), QStringLiteral("log.level"),
                  QString::fromLatin1(level)})
            .exit;
    };
    QVERIFY(add("before") == 0 && set("info") == 0 && add("between") == 0);
    QVERIFY(set("warning") == 0 && add("after") == 0);
    QCOMPARE(daemon.terminate(), 0);
    QVERIFY2(daemon.log().contains("between@1"), daemon.log().constData());
    QVERIFY2(!daemon.log().contains("before@1") && !daemon.log().contains("after@1"), daemon.log().constData());
    // The command line wins.
    QVERIFY(daemon.start({QStringLiteral("--log-level"), QStringLiteral("error")}));
    QVERIFY(set("debug") == 0 && add("late") == 0);
    QCOMPARE(daemon.terminate(), 0);
    QVERIFY2(!daemon.log().contains("late@1"), daemon.log().constData());
}

void TestDaemon::failuresAreSaid_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("code");
    const auto words = [](const char *text) { return QString::fromLatin1(text).split(u' '); };
    QTest::addRow("unknown gateway") << words("gateways show nobody") << QStringLiteral("not_found");
    QTest::addRow("unknown config") << words("configs show nothing") << QStringLiteral("not_found");
    QTest::addRow("unknown rollout") << words("rollouts show 01234567") << QStringLiteral("not_found");
    QTest::addRow("empty selector") << QStringList{QStringLiteral("gateways"), QStringLiteral("list"),
                                                   QStringLiteral("--selector"), QStringLiteral("a in (")}
                                    << QStringLiteral("bad_selector");
    QTest::addRow("no such setting") << words("settings get colour") << QStringLiteral("not_found");
    QTest::addRow("no such state") << words("gateways list --state purple") << QStringLiteral("bad_argument");
}

void TestDaemon::failuresAreSaid()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, code);
    Daemon daemon;
    QVERIFY(daemon.start());
    const CtlResult result = daemon.ctl(arguments);
    QCOMPARE(result.exit, 1);
    QCOMPARE(at(result.json, "error.code").toString(), code);
    QVERIFY(!result.errors.isEmpty());
}

void TestDaemon::nobodyThere()
{
    Daemon daemon;
    QCOMPARE(daemon.ctl({QStringLiteral("status")}).exit, 3);
}

QTEST_GUILESS_MAIN(TestDaemon)
#include "tst_daemon.moc"
