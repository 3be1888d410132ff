// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flowgatectl/fakeplane.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace flowgate::ctltest;

class TestCtlProgram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void exitCodes_data();
    void exitCodes();
    void nobodyThere_data();
    void nobodyThere();
    void wrongUsage();
    void sendsOneRequest();
    void readsStandardInput();
    void largeAnswers();
    void checksFiles_data();
    void checksFiles();
    void checksAgainstAGateway_data();
    void checksAgainstAGateway();
    void checksWithACollector_data();
    void checksWithACollector();
    void filesArePrintedAsTheyAre();
    void terminalsGetNoEscapes_data();
    void terminalsGetNoEscapes();
    void closedPipes_data();
    void closedPipes();
    void fullDisks();
    void localeDoesNotMatter();
};

namespace {

/// The one JSON document that @p out must be: a line, and nothing else.
QJsonValue onlyDocument(const QByteArray &out)
{
    if (out.count('\n') != 1 || !out.endsWith('\n'))
        return {};
    const QJsonDocument document = QJsonDocument::fromJson(out);
    return document.isObject() ? QJsonValue(document.object()) : QJsonValue();
}

} // namespace

void TestCtlProgram::exitCodes_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QByteArray>("json");    // with --json, on stdout
    QTest::addColumn<QByteArray>("stderr_"); // part of it
    const auto row = [](const char *name, const char *answer, int exit, const char *json, const char *says) {
        QTest::addRow("%s", name) << QByteArray(answer) << exit << QByteArray(json) << QByteArray(says);
    };
    row("done",
        R"({"exit":0,"result":{"items":[]}})"
        "\n",
        0, R"({"items":[]})", "");
    row("failed without a result",
        R"({"exit":1,"error":{"code":"not_found","message":"no gateway matches"}})"
        "\n",
        1, R"({"error":{"code":"not_found","message":"no gateway matches"}})", "flowgatectl: no gateway matches\n");
    row("failed with a result",
        R"({"exit":1,"result":{"id":"x"},"error":{"code":"rollout_failed","message":"it failed"}})"
        "\n",
        1, R"({"id":"x"})", "flowgatectl: it failed\n");
    row("notes go to stderr",
        R"({"exit":0,"result":{},"notes":["2 are waiting","one more"]})"
        "\n",
        0, "{}", "flowgatectl: 2 are waiting\nflowgatectl: one more\n");
    row("an error's escapes are visible",
        R"({"exit":1,"error":{"code":"x","message":"\u001b[2J"}})"
        "\n",
        1, R"({"error":{"code":"x","message":"\u001b[2J"}})", "\\x1b[2J");
    row("wrong usage found by the other side",
        R"({"exit":2,"error":{"code":"bad_argument","message":"m"}})"
        "\n",
        2, R"({"error":{"code":"bad_argument","message":"m"}})", "flowgatectl: m\n");
    row("an exit code that cannot be",
        R"({"exit":77,"result":{}})"
        "\n",
        1, "{}", "");
    row("an error with exit 0 is a failure",
        R"({"exit":0,"error":{"code":"c","message":"m"}})"
        "\n",
        1, R"({"error":{"code":"c","message":"m"}})", "m");
    row("not JSON", "hello\n", 1,
        R"({"error":{"code":"bad_answer","message":"the control plane's answer cannot be read; is it of another version?"}})",
        "cannot be read");
    row("neither result nor error",
        R"({"exit":0})"
        "\n",
        1,
        R"({"error":{"code":"bad_answer","message":"the control plane's answer has neither a result nor an error"}})",
        "neither");
    row("cut off", R"({"exit":0,"resu)", 1,
        R"({"error":{"code":"connection_lost","message":"the control plane closed the connection before it had answered"}})",
        "closed the connection");
    row("closed at once", "", 1,
        R"({"error":{"code":"connection_lost","message":"the control plane closed the connection before it had answered"}})",
        "closed the connection");
}

void TestCtlProgram::exitCodes()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, stderr_);
    FakePlane plane;
    plane.setAnswer(answer);
    const Ran asJson = runCtl({QStringLiteral("--data"), plane.folder(), QStringLiteral("--json"),
                               QStringLiteral("gateways"), QStringLiteral("list")});
    QTEST(asJson.exit, "exit");
    QCOMPARE(onlyDocument(asJson.out), QJsonValue(QJsonDocument::fromJson(json).object()));
    QVERIFY2(asJson.err.contains(stderr_), asJson.err.constData());
    if (stderr_.isEmpty())
        QCOMPARE(asJson.err, QByteArray());
    const Ran forPeople =
        runCtl({QStringLiteral("gateways"), QStringLiteral("list"), QStringLiteral("--data"), plane.folder()});
    QTEST(forPeople.exit, "exit");
    QCOMPARE(forPeople.err, asJson.err);
    QVERIFY(!forPeople.out.contains("\"error\""));
}

void TestCtlProgram::nobodyThere_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"no folder", "no socket", "dead socket", "no socket but a file"})
        QTest::addRow("%s", kind) << QString::fromLatin1(kind);
}

void TestCtlProgram::nobodyThere()
{
    QFETCH(QString, kind);
    const QTemporaryDir base;
    QString folder = base.path();
    if (kind == u"no folder")
        folder += QStringLiteral("/none");
    const QString path = folder + QStringLiteral("/control.sock");
    if (kind == u"dead socket") {
        QLocalServer server;
        QVERIFY(server.listen(path));
        // What kill -9 leaves behind: the file without the server.
        QVERIFY(QFile::rename(path, path + QStringLiteral(".kept")));
        server.close();
        QVERIFY(QFile::rename(path + QStringLiteral(".kept"), path));
    } else if (kind == u"no socket but a file") {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    const Ran ran = runCtl({QStringLiteral("status"), QStringLiteral("--json"), QStringLiteral("--data=") + folder});
    QCOMPARE(ran.exit, 3);
    QCOMPARE(onlyDocument(ran.out)[QStringLiteral("error")][QStringLiteral("code")].toString(),
             QStringLiteral("no_control_plane"));
    QVERIFY2(ran.err.contains(folder.toUtf8()), ran.err.constData());
}

void TestCtlProgram::wrongUsage()
{
    const Ran plain = runCtl({QStringLiteral("setup")});
    QCOMPARE(plain.exit, 2);
    QCOMPARE(plain.out, QByteArray());
    QCOMPARE(plain.err,
             QByteArray("flowgatectl: 'setup' is not in this release; flowgatectl --help lists what is\n"));
    const Ran json = runCtl({QStringLiteral("--json"), QStringLiteral("gateways"), QStringLiteral("show")});
    QCOMPARE(json.exit, 2);
    QCOMPARE(onlyDocument(json.out)[QStringLiteral("error")][QStringLiteral("code")].toString(),
             QStringLiteral("usage"));
    const Ran tooLong = runCtl({QStringLiteral("status"), QStringLiteral("--data"), u'/' + QString(100, u'a')});
    QCOMPARE(tooLong.exit, 2);
    QVERIFY2(tooLong.err.contains("114 bytes"), tooLong.err.constData());
    QCOMPARE(runCtl({}).exit, 2);
    QCOMPARE(runCtl({QStringLiteral("--help")}).exit, 0);
    QCOMPARE(
        onlyDocument(runCtl({QStringLiteral("--version"), QStringLiteral("--json")}).out)[QStringLiteral("version")]
            .toString(),
        QStringLiteral(FLOWGATE_VERSION));
}

void TestCtlProgram::sendsOneRequest()
{
    FakePlane plane;
    plane.setAnswer("{\"exit\":0,\"result\":{\"id\":\"r\"}}\n");
    // A relative folder is one of the working folder.
    const QString name = plane.folder().section(u'/', -1);
    const Ran ran =
        runCtl({QStringLiteral("--data"), name, QStringLiteral("rollouts"), QStringLiteral("start"),
                QStringLiteral("--config=base"), QStringLiteral("--selector"), QString::fromUtf16(u"env=ä")},
               {}, plane.folder().section(u'/', 0, -2));
    QCOMPARE(ran.exit, 0);
    QCOMPARE(ran.out, QByteArray("r\n"));
    QCOMPARE(plane.requests().size(), 1);
    QCOMPARE(plane.requests().first().value(QStringLiteral("verb")).toString(), QStringLiteral("rollouts start"));
    QCOMPARE(plane.requests().first().value(QStringLiteral("args"))[QStringLiteral("selector")].toString(),
             QString::fromUtf16(u"env=ä"));
}

void TestCtlProgram::readsStandardInput()
{
    FakePlane plane;
    plane.setAnswer("{\"exit\":0,\"result\":{\"config\":\"base\",\"version\":1,\"hash\":\"ab\",\"created\":true}}\n");
    QByteArray text;
    while (text.size() < 2 * 1024 * 1024)
        text += "# a line of a config that does not fit into one pipe's worth of bytes\n";
    const Ran ran = runCtl({QStringLiteral("--data"), plane.folder(), QStringLiteral("configs"), QStringLiteral("add"),
                            QStringLiteral("base"), QStringLiteral("-")},
                           text);
    QCOMPARE(ran.exit, 0);
    QCOMPARE(ran.out, QByteArray("Saved as base@1, hash ab.\n"));
    QCOMPARE(plane.requests().size(), 1);
    const QJsonValue files = plane.requests().first().value(QStringLiteral("args"))[QStringLiteral("files")];
    QCOMPARE(files[QStringLiteral("config.yaml")].toString().toUtf8(), text);
}

void TestCtlProgram::largeAnswers()
{
    FakePlane plane;
    const QString text(12 * 1024 * 1024, u'x');
    const QJsonObject result{{QStringLiteral("files"), QJsonObject{{QStringLiteral("a"), text}}}};
    plane.setAnswer(QJsonDocument(QJsonObject{{QStringLiteral("exit"), 0}, {QStringLiteral("result"), result}})
                        .toJson(QJsonDocument::Compact) +
                    '\n');
    const Ran ran = runCtl({QStringLiteral("--data"), plane.folder(), QStringLiteral("configs"), QStringLiteral("show"),
                            QStringLiteral("a")});
    QCOMPARE(ran.exit, 0);
    QCOMPARE(ran.out.size(), text.size());
}

void TestCtlProgram::checksFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QByteArray>("says");
    const QByteArray good = "receivers: {otlp: {}}\nexporters: {debug: {}}\n"
                            "service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}\n";
    QTest::addRow("good") << good << 0 << QByteArray("standard input: no problems found.\n");
    QTest::addRow("a warning") << QByteArray(good).replace("{debug: {}}", "{debug: {}, nop: {}}") << 0
                               << QByteArray("1 warning.\n");
    QTest::addRow("an error") << QByteArray(good).replace("[debug]", "[nosuch]") << 1 << QByteArray(": error: ");
    QTest::addRow("no YAML") << QByteArray("a: [\n") << 1 << QByteArray(": error: ");
    QTest::addRow("escapes in it") << QByteArray("\"\\e[2J\": 1\n") << 1 << QByteArray("\\x1b[2J");
}

void TestCtlProgram::checksFiles()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    QFETCH(int, exit);
    const QStringList check{QStringLiteral("configs"), QStringLiteral("check"), QStringLiteral("-")};
    // No control plane is asked: there is none in that folder.
    const Ran plain = runCtl(check + QStringList{QStringLiteral("--data=/nonexistent")}, text);
    QCOMPARE(plain.exit, exit);
    QVERIFY2(plain.out.contains(says), plain.out.constData());
    QVERIFY(!plain.out.contains('\x1b'));
    const Ran json = runCtl(check + QStringList{QStringLiteral("--json")}, text);
    QCOMPARE(json.exit, exit);
    const QJsonArray items = onlyDocument(json.out)[QStringLiteral("items")].toArray();
    int errors = 0;
    for (const QJsonValue &item : items) {
        QCOMPARE(item.toObject().keys().size(), 5);
        for (const char *key : {"severity", "line", "column", "path", "text"})
            QVERIFY(item.toObject().contains(QLatin1String(key)));
        errors += item[QStringLiteral("severity")].toString() == u"error";
    }
    QCOMPARE(errors > 0, exit == 1);
    QCOMPARE(json.err, QByteArray()); // it has a result, so it is no failure of the program
}

void TestCtlProgram::checksAgainstAGateway_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QString>("says"); // of the only item; null: there is none
    QTest::addColumn<bool>("known");
    const QByteArray head = R"({"exit":0,"result":{"id":"u","name":"lab-1","hash":"ab","components":)";
    QTest::addRow("has all") << QByteArray(head + R"({"receivers":{"otlp":{}},"exporters":{"debug":{}}}}})") << 0
                             << QString() << true;
    QTest::addRow("lacks one") << QByteArray(head + R"({"receivers":{"otlp":{}},"exporters":{"nop":{}}}}})") << 1
                               << QStringLiteral("lab-1 is built without 'debug' in its exporters") << true;
    QTest::addRow("lists nothing") << QByteArray(head + "{}}}") << 0 << QStringLiteral("Not checked against lab-1")
                                   << false;
    QTest::addRow("never said") << QByteArray(
                                       R"({"exit":1,"error":{"code":"not_reported","message":"it has not said"}})")
                                << 0 << QStringLiteral("Not checked against lab-1: it has not said") << false;
    QTest::addRow("no such gateway") << QByteArray(
                                            R"({"exit":1,"error":{"code":"not_found","message":"no gateway matches"}})")
                                     << 1 << QString() << false;
    QTest::addRow("garbage") << QByteArray("{}") << 1 << QString() << false;
}

void TestCtlProgram::checksAgainstAGateway()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, exit);
    QFETCH(QString, says);
    QFETCH(bool, known);
    FakePlane plane;
    plane.setAnswer(answer + '\n');
    const Ran ran =
        runCtl({QStringLiteral("configs"), QStringLiteral("check"), QStringLiteral("-"),
                QStringLiteral("--gateway=lab-1"), QStringLiteral("--json"), QStringLiteral("--data"), plane.folder()},
               "receivers: {otlp: }\nexporters: {debug: }\n"
               "service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}\n");
    QCOMPARE(ran.exit, exit);
    QCOMPARE(plane.requests().first().value(QStringLiteral("args"))[QStringLiteral("id")].toString(),
             QStringLiteral("lab-1"));
    const QJsonValue json = onlyDocument(ran.out);
    QCOMPARE(json[QStringLiteral("gateway")][QStringLiteral("components_known")].toBool(), known);
    const QJsonArray items = json[QStringLiteral("items")].toArray();
    QCOMPARE(items.size(), says.isNull() ? 0 : 1);
    if (!says.isNull())
        QVERIFY2(items.first()[QStringLiteral("text")].toString().contains(says), ran.out.constData());
    else
        QCOMPARE(json[QStringLiteral("error")].isObject(), exit == 1);
}

void TestCtlProgram::checksWithACollector_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QByteArray>("text"); // of the answer for people
    QTest::addRow("accepts") << QByteArray("exit 0\n") << 0 << QStringLiteral("accepted")
                             << QByteArray("/otelcol accepts it.\n");
    QTest::addRow("refuses a line")
        << QByteArray("echo 'Error: exporters::debug: \033[2J no' >&2\nexit 1\n") << 1 << QStringLiteral("refused")
        << QByteArray("standard input:2:13: error: otelcol: exporters::debug: \\x1b[2J no (exporters::debug)\n");
    QTest::addRow("dies") << QByteArray("kill -9 $$\n") << 1 << QStringLiteral("crashed")
                          << QByteArray("no problems found");
    QTest::addRow("is not there") << QByteArray() << 1 << QStringLiteral("not_started")
                                  << QByteArray("no problems found");
}

void TestCtlProgram::checksWithACollector()
{
    QFETCH(QByteArray, script);
    QFETCH(int, exit);
    QFETCH(QString, outcome);
    QFETCH(QByteArray, text);
    const QTemporaryDir folder;
    QFile binary(folder.filePath(QStringLiteral("otelcol")));
    if (!script.isEmpty()) {
        QVERIFY(binary.open(QIODevice::WriteOnly));
        binary.write("#!/bin/sh\n" + script);
        binary.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        binary.close();
    }
    const QStringList check{QStringLiteral("configs"), QStringLiteral("check"), QStringLiteral("-"),
                            QStringLiteral("--collector"), binary.fileName()};
    const QByteArray config = "receivers: {otlp: }\nexporters: {debug: }\n"
                              "service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}\n";
    const Ran plain = runCtl(check, config);
    QCOMPARE(plain.exit, exit);
    QVERIFY2(plain.out.contains(text), plain.out.constData());
    const Ran json = runCtl(check + QStringList{QStringLiteral("--json")}, config);
    QCOMPARE(json.exit, exit);
    QCOMPARE(onlyDocument(json.out)[QStringLiteral("collector")][QStringLiteral("outcome")].toString(), outcome);
    // Whoever gave no verdict is complained of.
    QCOMPARE(json.err.contains(QFile::encodeName(binary.fileName())), outcome != u"accepted" && outcome != u"refused");
}

void TestCtlProgram::filesArePrintedAsTheyAre()
{
    FakePlane plane;
    plane.setAnswer("{\"exit\":0,\"result\":{\"files\":{\"\":\"a: \\u001b[1m\\r\\n\"}}}\n");
    const QStringList effective{QStringLiteral("--data"), plane.folder(), QStringLiteral("gateways"),
                                QStringLiteral("effective"), QStringLiteral("a")};
    // Into a pipe: the very bytes. (A terminal would see the escape written out.)
    QCOMPARE(runCtl(effective).out, QByteArray("a: \x1b[1m\r\n"));
    const Ran missing = runCtl(effective + QStringList{QStringLiteral("--file=x"), QStringLiteral("--json")});
    QCOMPARE(missing.exit, 1);
    QCOMPARE(onlyDocument(missing.out)[QStringLiteral("error")][QStringLiteral("code")].toString(),
             QStringLiteral("not_found"));
}

void TestCtlProgram::terminalsGetNoEscapes_data()
{
    QTest::addColumn<QStringList>("verb");
    QTest::addColumn<QByteArray>("shown");
    QTest::addRow("a file") << QStringList{QStringLiteral("gateways"), QStringLiteral("effective"), QStringLiteral("a")}
                            << QByteArray("a: \\x1b[1m\\x9b");
    QTest::addRow("a diff") << QStringList{QStringLiteral("configs"), QStringLiteral("diff"), QStringLiteral("a@1"),
                                           QStringLiteral("--gateway=a")}
                            << QByteArray("+\\x1b[1m");
}

void TestCtlProgram::terminalsGetNoEscapes()
{
    QFETCH(QStringList, verb);
    QFETCH(QByteArray, shown);
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    QVERIFY(terminal >= 0);
    const auto closing = qScopeGuard([terminal] { ::close(terminal); });
    QVERIFY(::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
    FakePlane plane;
    plane.setAnswer(
        "{\"exit\":0,\"result\":{\"diff\":\"+\\u001b[1m\\n\",\"files\":{\"\":\"a: \\u001b[1m\\u009b\\n\"}}}\n");
    QProcess process;
    process.setStandardOutputFile(QString::fromLocal8Bit(::ptsname(terminal)));
    process.start(QStringLiteral(FLOWGATE_CTL), verb + QStringList{QStringLiteral("--data"), plane.folder()});
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000);
    QCOMPARE(process.exitCode(), 0);
    QByteArray screen(4096, '\0');
    screen.resize(std::max<ssize_t>(::read(terminal, screen.data(), size_t(screen.size())), 0));
    QVERIFY2(screen.contains(shown), screen.constData());
    QVERIFY(!screen.contains('\x1b') && !screen.contains("\xc2\x9b"));
}

void TestCtlProgram::closedPipes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exit");
    QTest::addRow("help") << QStringList{QStringLiteral("--help")} << 0;
    QTest::addRow("a failed check") << QStringList{QStringLiteral("configs"), QStringLiteral("check"),
                                                   QStringLiteral("-")}
                                    << 1;
    QTest::addRow("wrong usage") << QStringList{QStringLiteral("--json"), QStringLiteral("x")} << 2;
}

void TestCtlProgram::closedPipes()
{
    QFETCH(QStringList, arguments);
    std::array<int, 2> ends{};
    QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
    ::close(ends[0]); // nobody will ever read
    QProcess process;
    process.setChildProcessModifier([write = ends[1]] { ::dup2(write, STDOUT_FILENO); });
    process.start(QStringLiteral(FLOWGATE_CTL), arguments);
    process.write("a: [\n");
    process.closeWriteChannel();
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000);
    ::close(ends[1]);
    QCOMPARE(process.exitStatus(), QProcess::NormalExit); // SIGPIPE did not end it
    QTEST(process.exitCode(), "exit");
}

void TestCtlProgram::fullDisks()
{
    if (!QFile::exists(QStringLiteral("/dev/full")))
        QSKIP("/dev/full is not here");
    FakePlane plane;
    plane.setAnswer("{\"exit\":0,\"result\":{\"items\":[]}}\n");
    QProcess process;
    process.setStandardOutputFile(QStringLiteral("/dev/full"));
    process.start(QStringLiteral(FLOWGATE_CTL), {QStringLiteral("--data"), plane.folder(), QStringLiteral("configs"),
                                                 QStringLiteral("list"), QStringLiteral("--json")});
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000);
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("cannot be written"));
}

void TestCtlProgram::localeDoesNotMatter()
{
    FakePlane plane;
    plane.setAnswer("{\"exit\":0,\"result\":{\"id\":\"r\"}}\n");
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(FLOWGATE_CTL), {QStringLiteral("--data"), plane.folder(), QStringLiteral("rollouts"),
                                                 QStringLiteral("show"), QString::fromUtf16(u"ä")});
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000);
    QCOMPARE(process.readAllStandardError(), QByteArray());
    QCOMPARE(plane.requests().first().value(QStringLiteral("args"))[QStringLiteral("id")].toString(),
             QString::fromUtf16(u"ä"));
}

QTEST_GUILESS_MAIN(TestCtlProgram)
#include "tst_ctlprogram.moc"
