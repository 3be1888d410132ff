// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/files.h"
#include "flowgatectl/request.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace flowgate::ctl;

class TestCtlRequest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makes_data();
    void makes();
    void refuses_data();
    void refuses();
    void readsWaves_data();
    void readsWaves();
    void readsFiles();
    void readsSecrets();
    void refusesFiles_data();
    void refusesFiles();
};

namespace {

Outcome<QJsonObject> requestOf(const QStringList &arguments)
{
    Console console(-1, -1, -1);
    const auto invocation = parseArguments(arguments);
    if (!invocation)
        return flowgate::domain::unexpected(invocation.error());
    return makeRequest(*invocation, console);
}

QString written(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
    return file.fileName();
}

} // namespace

void TestCtlRequest::makes_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("request");
    const auto row = [](const char *line, const char *request) {
        QTest::addRow("%s", line) << QString::fromUtf8(line) << QByteArray(request);
    };
    row("status", R"({"verb":"status","args":{}})");
    row("gateways list", R"({"verb":"gateways list","args":{}})");
    row("gateways list --selector= --state lost", R"({"verb":"gateways list","args":{"selector":"","state":"lost"}})");
    row("gateways show lab-1", R"({"verb":"gateways show","args":{"id":"lab-1"}})");
    row("gateways effective a --file x.yaml", R"({"verb":"gateways effective","args":{"id":"a","file":"x.yaml"}})");
    row("gateways components a", R"({"verb":"gateways components","args":{"id":"a"}})");
    row("gateways link a b", R"({"verb":"gateways link","args":{"old":"a","new":"b"}})");
    row("gateways approve a", R"({"verb":"gateways approve","args":{"id":"a"}})");
    row("tokens create lab --expires 30d",
        R"({"verb":"tokens create","args":{"name":"lab","expires_ms":2592000000,"bootstrap":false,"per_gateway":false,"approves":false}})");
    row("tokens create lab --per-gateway --approve",
        R"({"verb":"tokens create","args":{"name":"lab","bootstrap":false,"per_gateway":true,"approves":true}})");
    row("tokens list", R"({"verb":"tokens list","args":{}})");
    row("tokens revoke lab", R"({"verb":"tokens revoke","args":{"name":"lab"}})");
    row("gateways list --at 2h", R"({"verb":"gateways list","args":{"at_ago_ms":7200000}})");
    row("gateways list --at 2026-11-23T09:15:00Z",
        R"({"verb":"gateways list","args":{"at":"2026-11-23T09:15:00.000Z"}})");
    row("gateways timeline a", R"({"verb":"gateways timeline","args":{"id":"a"}})");
    row("gateways timeline a --since 1h30m", R"({"verb":"gateways timeline","args":{"id":"a","since_ms":5400000}})");
    row("gateways label a env=lab x- y=",
        R"({"verb":"gateways label","args":{"id":"a","changes":["env=lab","x-","y="]}})");
    row("gateways restart a", R"({"verb":"gateways restart","args":{"id":"a","wait":false}})");
    row("gateways restart a --wait", R"({"verb":"gateways restart","args":{"id":"a","wait":true}})");
    row("gateways forget a", R"({"verb":"gateways forget","args":{"id":"a"}})");
    row("gateways forget --selector env=lab --state lost --dry-run",
        R"({"verb":"gateways forget","args":{"selector":"env=lab","state":"lost","dry_run":true}})");
    row("gateways forget --selector all", R"({"verb":"gateways forget","args":{"selector":"all","dry_run":false}})");
    row("configs show base@3", R"({"verb":"configs show","args":{"name":"base@3"}})");
    row("configs diff base@1 base@2", R"({"verb":"configs diff","args":{"from":"base@1","to":"base@2"}})");
    row("configs diff base@1 --gateway a", R"({"verb":"configs diff","args":{"from":"base@1","gateway":"a"}})");
    row("rollouts preview --config a --selector all",
        R"({"verb":"rollouts preview","args":{"config":"a","selector":"all"}})");
    row("rollouts start --config a --selector all",
        R"({"verb":"rollouts start","args":{"config":"a","selector":"all","rollback":true,"force":false,"wait":false}})");
    row("rollouts start --config a@2 --selector=env=lab --waves 1,50%,100% --soak 0s --timeout 2m --no-rollback "
        "--force --wait",
        R"({"verb":"rollouts start","args":{"config":"a@2","selector":"env=lab","waves":["1","50%","100%"],)"
        R"("soak_ms":0,"timeout_ms":120000,"rollback":false,"force":true,"wait":true}})");
    row("rollouts halt x", R"({"verb":"rollouts halt","args":{"id":"x"}})");
    row("events", R"({"verb":"events","args":{"follow":false}})");
    row("gateways metrics a --name m --since 1h",
        R"({"verb":"gateways metrics","args":{"id":"a","name":"m","since_ms":3600000}})");
    row("gateways logs a --tail 3", R"({"verb":"gateways logs","args":{"follow":false,"id":"a","tail":3}})");
    row("gateways logs a --follow", R"({"verb":"gateways logs","args":{"follow":true,"id":"a"}})");
    row("events --follow --since 1h", R"({"verb":"events","args":{"follow":true,"since_ms":3600000}})");
    row("settings get", R"({"verb":"settings get","args":{}})");
    row("settings get rollout.soak", R"({"verb":"settings get","args":{"key":"rollout.soak"}})");
    row("settings set rollout.waves 1,100%",
        R"({"verb":"settings set","args":{"key":"rollout.waves","value":"1,100%"}})");
    row("watch", R"({"verb":"watch","args":{}})");
}

void TestCtlRequest::makes()
{
    QFETCH(QString, line);
    QFETCH(QByteArray, request);
    const auto made = requestOf(line.split(u' '));
    QVERIFY2(made, made ? "" : qPrintable(made.error().text));
    const QJsonDocument expected = QJsonDocument::fromJson(request);
    QVERIFY(expected.isObject());
    QCOMPARE(QJsonDocument(*made).toJson(), expected.toJson());
}

void TestCtlRequest::refuses_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *line, const char *says) {
        QTest::addRow("%s", line) << QString::fromUtf8(line) << QString::fromUtf8(says);
    };
    row("gateways list --at yesterday", "'yesterday' is no moment");
    row("gateways timeline a --since yesterday", "'yesterday' is no length of time");
    row("gateways timeline a --since -5m", "is no length of time");
    row("gateways logs a --tail x", "--tail 'x' must be a whole number from 0 to 10000");
    row("gateways logs a --tail 10001", "--tail '10001' must be a whole number from 0 to 10000");
    row("events --since 0s", "--since must be");
    row("events --since 9000d", "is no length of time");
    row("gateways label a env", "'env' is no change of a label");
    row("gateways label a =x", "'=x' is no change of a label");
    row("gateways label a a=1 -", "'-' is no change of a label");
    row("configs diff base@1", "say what to compare with");
    row("configs diff base@1 base@2 --gateway a", "say what to compare with");
    row("rollouts preview --config a", "--selector is missing");
    row("rollouts start --selector all", "--config is missing");
    row("rollouts start --config a --selector all --timeout 0s", "--timeout must be 1 s or more");
    row("rollouts start --config a --selector all --soak 25h", "--soak can be 1 d at most");
    row("gateways adopt a b --secret exporters.x.token=s3cret", "--secret takes a file");
    row("gateways adopt a b --secret =@f", "--secret takes a file");
    row("gateways forget", "say what to forget");
    row("gateways forget a --selector all", "say what to forget");
    row("gateways forget a --dry-run", "go with --selector");
    row("rollouts start --config a --selector all --waves 0", "is not a count from 1 on");
}

void TestCtlRequest::refuses()
{
    QFETCH(QString, line);
    QFETCH(QString, says);
    const auto made = requestOf(line.split(u' '));
    QVERIFY(!made);
    QCOMPARE(made.error().exit, Exit::Usage);
    QVERIFY2(made.error().text.contains(says), qPrintable(made.error().text));
}

void TestCtlRequest::readsWaves_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("waves"); // none: refused
    const auto row = [](const char *text, const QStringList &waves = {}) {
        QTest::addRow("waves '%s'", text) << QString::fromUtf8(text) << waves;
    };
    // The rest is the domain's: tst_wavetext.
    row("1,50%,100%", {QStringLiteral("1"), QStringLiteral("50%"), QStringLiteral("100%")});
    row(" 1 , 50 % ", {QStringLiteral("1"), QStringLiteral("50%")});
    row("1,");
    row("101%");
    row("1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21");
}

void TestCtlRequest::readsWaves()
{
    QFETCH(QString, text);
    QFETCH(QStringList, waves);
    const auto made = requestOf({QStringLiteral("rollouts"), QStringLiteral("start"), QStringLiteral("--config"),
                                 QStringLiteral("base"), QStringLiteral("--selector"), QStringLiteral("all"),
                                 QStringLiteral("--waves"), text});
    QCOMPARE(made.has_value(), !waves.isEmpty());
    if (made) {
        QCOMPARE(made->value(QStringLiteral("args"))[QStringLiteral("waves")], QJsonArray::fromStringList(waves));
    } else {
        QCOMPARE(made.error().exit, Exit::Usage);
        QVERIFY2(made.error().text.contains(QStringLiteral("such as 1,50%,100%")), qPrintable(made.error().text));
    }
}

void TestCtlRequest::readsFiles()
{
    const QTemporaryDir folder;
    const QByteArray body = "\xEF\xBB\xBF"
                            "a: \"\xC3\xA4\"\r\n"; // a byte order mark and line ends stay
    const QString one = written(folder, QStringLiteral("one.yaml"), body);
    const QString two = written(folder, QStringLiteral("two.yaml"), "b: 2\n");
    const auto made = requestOf({QStringLiteral("configs"), QStringLiteral("add"), QStringLiteral("base"), one, two,
                                 QStringLiteral("--message"), QStringLiteral("why")});
    QVERIFY2(made, made ? "" : qPrintable(made.error().text));
    const QJsonObject args = made->value(QStringLiteral("args")).toObject();
    QCOMPARE(args.value(QStringLiteral("message")).toString(), QStringLiteral("why"));
    const QJsonObject files = args.value(QStringLiteral("files")).toObject();
    QCOMPARE(files.keys(), (QStringList{QStringLiteral("one.yaml"), QStringLiteral("two.yaml")}));
    QCOMPARE(files.value(QStringLiteral("one.yaml")).toString().toUtf8(), body);
}

// A value on the command line could be read by other users.
void TestCtlRequest::readsSecrets()
{
    const QTemporaryDir folder;
    const QString file = written(folder, QStringLiteral("token"), "s3cret=@x\n");
    const auto request =
        requestOf({QStringLiteral("gateways"), QStringLiteral("adopt"), QStringLiteral("a"), QStringLiteral("b"),
                   QStringLiteral("--secret"), QStringLiteral("exporters.x.token=@") + file});
    QVERIFY(request);
    QCOMPARE((*request)[QStringLiteral("args")][QStringLiteral("secrets")],
             QJsonValue(QJsonObject{{QStringLiteral("exporters.x.token"), QStringLiteral("s3cret=@x")}}));
    const auto literal = requestOf({QStringLiteral("gateways"), QStringLiteral("adopt"), QStringLiteral("a"),
                                    QStringLiteral("b"), QStringLiteral("--secret"), QStringLiteral("x=s3cret")});
    QVERIFY(!literal);
    QCOMPARE(literal.error().exit, Exit::Usage);
    QVERIFY(!literal.error().text.contains(QStringLiteral("s3cret")));
}

void TestCtlRequest::refusesFiles_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("code");
    QTest::addRow("missing") << QStringLiteral("missing") << QStringLiteral("unreadable_file");
    QTest::addRow("a folder") << QStringLiteral("folder") << QStringLiteral("unreadable_file");
    QTest::addRow("not UTF-8") << QStringLiteral("latin1") << QStringLiteral("not_utf8");
    QTest::addRow("cut off within a character") << QStringLiteral("cut") << QStringLiteral("not_utf8");
    QTest::addRow("over 16 MiB") << QStringLiteral("large") << QStringLiteral("too_large");
    QTest::addRow("over 16 MiB together") << QStringLiteral("sum") << QStringLiteral("too_large");
    QTest::addRow("two of one name") << QStringLiteral("same") << QStringLiteral("usage");
    QTest::addRow("standard input that cannot be read") << QStringLiteral("stdin") << QStringLiteral("unreadable_file");
}

void TestCtlRequest::refusesFiles()
{
    QFETCH(QString, kind);
    const QTemporaryDir folder;
    QStringList paths;
    if (kind == u"missing")
        paths = {folder.filePath(QStringLiteral("none.yaml"))};
    else if (kind == u"folder")
        paths = {folder.path()};
    else if (kind == u"latin1")
        paths = {written(folder, kind, "a: \xE4\n")};
    else if (kind == u"cut")
        paths = {written(folder, kind, "a: \xC3")};
    else if (kind == u"large")
        paths = {written(folder, kind, QByteArray(largestConfig + 1, 'a'))};
    else if (kind == u"sum")
        paths = {written(folder, kind, QByteArray(largestConfig, 'a')), written(folder, QStringLiteral("more"), "a")};
    else if (kind == u"same")
        paths = {written(folder, kind, "a"), folder.path() + QStringLiteral("/./") + kind};
    else
        paths = {QStringLiteral("-")};
    const auto made =
        requestOf(QStringList{QStringLiteral("configs"), QStringLiteral("add"), QStringLiteral("x")} + paths);
    QVERIFY(!made);
    QTEST(made.error().code, "code");
    QCOMPARE(made.error().exit, kind == u"same" ? Exit::Usage : Exit::Failed);
}

QTEST_GUILESS_MAIN(TestCtlRequest)
#include "tst_ctlrequest.moc"
