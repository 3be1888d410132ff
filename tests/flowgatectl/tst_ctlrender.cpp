// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/printable.h"
#include "flowgatectl/render.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace flowgate;
using namespace flowgate::ctl;

class TestCtlRender : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tables_data();
    void tables();
    void showsAGateway();
    void showsHowOftenAGatewayPolls();
    void showsARollout();
    void drawsTheTree();
    void saysWhatIsNotCurrent_data();
    void saysWhatIsNotCurrent();
    void boundsHostileTrees();
    void filesAsTheyAre_data();
    void filesAsTheyAre();
    void oneFileOfSeveral();
    void hostileStringsStayVisible_data();
    void hostileStringsStayVisible();
    void survivesAnyShape_data();
    void survivesAnyShape();
};

namespace {

const domain::WallTime now = *domain::fromRfc3339(u"2026-11-23T12:00:00.000Z");

QJsonValue json(const QByteArray &text)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (document.isNull())
        qFatal("bad JSON in the test: %s", qPrintable(error.errorString()));
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

/// The rendering for a typed line, e.g. "gateways list".
QString rendered(const QString &line, const QJsonValue &result)
{
    const auto invocation = parseArguments(line.split(u' '));
    if (!invocation)
        qFatal("bad line in the test: %s", qPrintable(invocation.error().text));
    return render(*invocation, result, now);
}

const QByteArray gateway = R"({"id":"01a20a40-b847-7c64-a967-500bd08305b3","name":"lab-1","admission":"approved",
 "presence":{"state":"connected","since":"2026-11-23T10:00:00.000Z","last_seen":"2026-11-23T11:59:57.000Z",
             "transport":"ws","peer":"127.0.0.1:51234"},
 "health":{"state":"unhealthy","since":"2026-11-23T11:58:00.000Z","observed_at":"2026-11-23T11:58:00.000Z",
           "started_at":null,"error":"exporter:otlp: refused",
           "components":{"pipeline:logs":{"healthy":false,"status":"StatusRecoverableError","error":null,"at":null,
             "components":{"exporter:otlp":{"healthy":false,"status":"x","error":"refused","at":null,"components":{}}}}}},
 "config":{"state":"drifted","since":"2026-11-23T11:50:00.000Z","why":"effective lacks a part",
   "wanted":{"config":"base","version":3,"hash":"abcd"},
   "reported":{"hash":"abcd","status":"applied","error":null,"observed_at":"2026-11-23T11:51:00.000Z"},
   "effective":{"hash":"ef01","observed_at":"2026-11-23T11:52:00.000Z","files":[""],"contains_wanted":false,
     "differences":[{"path":"exporters::otlp::endpoint","wanted":"a:1","effective":null}]},
   "last_proven":{"config":"base","version":2,"hash":"1234"},
   "last_failed":{"config":"base","version":1,"hash":"9999","error":"boom","at":"2026-11-23T09:00:00.000Z"}},
 "attributes":{"identifying":{"service.name":"otelcol"},"non_identifying":{"host.name":"lab-1"}},
 "labels":{"env":"lab","team":"a"},"capabilities":["ReportsStatus"],"first_seen":"2026-11-20T12:00:00.000Z","restarts":2})";

const QByteArray rollout = R"({"id":"019ab000-0000-7000-8000-0000000000aa","config":"base","version":3,"hash":"abcd",
 "selector":"env=lab","state":"failed","in_force":false,"created_at":"2026-11-23T11:55:00.000Z","by":"operator",
 "wave":1,"waves":["1","100%"],"soak_s":30,"timeout_s":60,"targets":[
  {"gateway":"01a20a40-b847-7c64-a967-500bd08305b3","wave":1,"step":"failed","since":"2026-11-23T11:56:00.000Z",
   "error":"unknown type: nosuch","back":null,
   "seen":[{"at":"2026-11-23T11:55:01.000Z","what":"offered"},{"at":"2026-11-23T11:55:02.000Z","what":"failed"}]},
  {"gateway":"01a20a40-b847-7c64-a967-500bd08305b4","name":"lab-2","wave":2,"step":"queued",
   "since":"2026-11-23T11:55:00.000Z","error":null,"back":null,"seen":[]}]})";

} // namespace

void TestCtlRender::tables_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("result");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *line, const QByteArray &result, const char *expected) {
        QTest::addRow("%s", line) << QString::fromUtf8(line) << result << QString::fromUtf8(expected);
    };
    row("gateways list", R"({"items":[)" + gateway + "]}",
        "ID        NAME   PRESENCE   HEALTH     CONFIG   VERSION  LAST SEEN  LABELS\n"
        "d08305b3  lab-1  connected  unhealthy  drifted  base@3   3 s ago    env=lab team=a\n"
        "1 gateway.\n");
    row("gateways list --state lost", R"({"items":[]})",
        "No gateways. They appear here once they connect to an endpoint ('status' names it).\n");
    row("status",
        R"({"version":"0.1.0","uptime_s":3725.5,"endpoints":["ws://a/v1/opamp","ws://b/v1/opamp"],
        "gateways":{"total":3,"connected":2,"lost":1,"presence":{"connected":2,"lost":1},"health":{},"config":{}},
        "database":{"bytes":2048,"trouble":"disk full"},"memory_bytes":1048576})",
        "Control plane 0.1.0, up for 1 h 2 min.\n"
        "Endpoints   ws://a/v1/opamp\n"
        "            ws://b/v1/opamp\n"
        "Gateways    3\n"
        "  config    -\n"
        "  health    -\n"
        "  presence  2 connected, 1 lost\n"
        "Database    2.0 KiB\n"
        "            disk full\n"
        "Memory      1.0 MiB\n");
    row("status --json", R"({"version":"1","uptime_s":1,"endpoints":[],"gateways":{"total":1,"connected":1,"lost":0},
        "database":{"bytes":0},"memory_bytes":0})",
        "Control plane 1, up for 1 s.\n"
        "Gateways  1\n"
        "          1 connected\n"
        "Database  0 bytes\n"
        "Memory    0 bytes\n");
    row("status --json", R"({"version":"1","uptime_s":1,"endpoints":[],"gateways":{"total":0},
        "refused":{"connections":0,"failed_attempts":1200000,"head_size":2,"later_kind":1},
        "database":{"bytes":0},"memory_bytes":0})",
        "Control plane 1, up for 1 s.\n"
        "Gateways  0\n"
        "Database  0 bytes\n"
        "Refused   1200000 failed_attempts\n"
        "          2 head_size\n"
        "          1 later_kind\n"
        "Memory    0 bytes\n");
    row("status --json", R"({"version":"1","uptime_s":1,"endpoints":[],"gateways":{"total":0},
        "telemetry":{"unmatched":13,"unmatched_from":[
        {"address":"10.0.0.3","requests":12,"last_at":"2026-11-23T11:58:30.000Z","reason":"unknown","instance_id":"edge"},
        {"address":"10.0.0.4","requests":1,"last_at":"2026-11-23T11:58:30.000Z","reason":"no_id","instance_id":null}]},
        "database":{"bytes":0},"memory_bytes":0})",
        "Control plane 1, up for 1 s.\n"
        "Gateways             0\n"
        "Database             0 bytes\n"
        "Unmatched telemetry  12 requests from 10.0.0.3, last with service.instance.id edge (unknown)\n"
        "                     1 requests from 10.0.0.4, last without a service.instance.id (no_id)\n"
        "Memory               0 bytes\n");
    row("gateways metrics a", R"({"items":[],"unmatched":null})", "No metrics from it in that time.\n");
    row("gateways metrics a",
        R"({"items":[],"unmatched":{"address":"10.0.0.3","requests":12,"reason":"unknown","its_address":false}})",
        "No metrics from it in that time; 12 requests with an unknown service.instance.id came from 10.0.0.3.\n");
    row("gateways logs a",
        R"({"items":[],"unmatched":{"address":"10.0.0.3","requests":1,"reason":"ambiguous","its_address":true}})",
        "No log lines from it are kept; 1 request with a service.instance.id of several gateways came from 10.0.0.3, "
        "its own address.\n");
    row("status --json",
        R"({"version":"1","uptime_s":1,"endpoints":[],"network_gone_since":"2026-11-23T11:58:30.000Z",
        "gateways":{"total":0},"database":{"bytes":0},"memory_bytes":0})",
        "Control plane 1, up for 1 s.\n"
        "Network   gone since 2026-11-23T11:58:30.000Z: gateways on other machines are not observed\n"
        "Gateways  0\n"
        "Database  0 bytes\n"
        "Memory    0 bytes\n");
    row("tokens create lab", R"({"name":"lab","token":"fgt_x","expires":null})",
        "fgt_x\n\nThis is token lab, and it is shown this once. Gateways bring it as the header\n"
        "  Authorization: Bearer fgt_x\nIt counts until it is revoked.\n");
    row("tokens list",
        R"({"items":[{"name":"lab","state":"live","created":"2026-11-23T11:00:00.000Z","expires":null,"last_used":null,
        "approves":true,"per_gateway":true,"gateway":null}]})",
        "NAME  STATE  CREATED  EXPIRES  LAST USED  FOR                  APPROVES\n"
        "lab   live   1 h ago  -        -          the first to use it  yes\n");
    row("gateways link a b", R"({"name":"lab-1"})",
        "lab-1 is one gateway with the one before: its history, labels and wanted config go on.\n");
    row("gateways approve a", R"({"name":"lab-1"})", "lab-1 is approved: it gets what waits for it.\n");
    row("gateways list --at 2h",
        R"({"at":"2026-11-23T10:00:00.000Z","observed":false,"items":[{"id":"01a20a40-b847-7c64-a967-500bd08305b3",
        "name":"lab-1","presence":{"state":"not_observed","since":null},"health":{"state":null,"since":null},
        "config":{"state":"in_sync","since":null}}]})",
        "ID        NAME   PRESENCE      HEALTH  CONFIG\n"
        "d08305b3  lab-1  not_observed  -       in_sync\n"
        "1 gateway as known of 2026-11-23T10:00:00.000Z.\n"
        "Nobody was looking then: configs are as they were last seen.\n");
    row("gateways timeline a",
        R"({"items":[{"kind":"health","state":"healthy","from":"2026-11-23T11:58:30.000Z","to":null,"detail":null},
        {"kind":"config","state":"failed","from":"2026-11-23T11:00:00.000Z","to":"2026-11-23T11:58:30.000Z","detail":"x"},
        {"kind":"component","state":"unhealthy","from":"2026-11-23T11:00:00.000Z","to":null,"detail":"y","part":"exporter:otlp"}]})",
        "FROM                      TO                        LASTED       KIND       STATE      DETAIL\n"
        "2026-11-23T11:58:30.000Z  now                       1 min 30 s   health     healthy\n"
        "2026-11-23T11:00:00.000Z  2026-11-23T11:58:30.000Z  58 min 30 s  config     failed     x\n"
        "2026-11-23T11:00:00.000Z  now                       1 h          component  unhealthy  exporter:otlp: y\n");
    row("gateways label a b-", R"({"name":"lab-1","labels":{}})", "lab-1 has no labels now.\n");
    row("gateways label a b=c", R"({"name":"lab-1","labels":{"b":"c"}})", "lab-1 has the labels: b=c.\n");
    row("gateways label a b=x d=", R"({"name":"lab-1","labels":{"b":"x y","d":""}})",
        "lab-1 has the labels: b=\"x y\" d=.\n");
    row("gateways restart a --wait", R"({"id":"a","sent":true,"restarted":true})",
        "a restarted: another start time was reported.\n");
    row("gateways restart a", R"({"id":"a","sent":true,"restarted":false})",
        "The restart command was sent to a. Whether it restarted shows in its start time.\n");
    row("gateways forget a", R"({"id":"a","forgotten":true})", "a was forgotten, with its history.\n");
    const QByteArray ghosts = R"({"items":[{"id":"01a20a40-b847-7c64-a967-500bd08305b3","name":"lab-1",
        "presence":{"state":"lost","last_seen":"2026-11-23T11:57:00.000Z"}}],)";
    row("gateways forget --selector a", ghosts + R"("forgotten":1,"dry_run":false})",
        "ID        NAME   PRESENCE  LAST SEEN\n"
        "d08305b3  lab-1  lost      3 min ago\n"
        "1 gateway forgotten, with the history.\n");
    row("gateways forget --selector a --dry-run", ghosts + R"("forgotten":0,"dry_run":true})",
        "ID        NAME   PRESENCE  LAST SEEN\n"
        "d08305b3  lab-1  lost      3 min ago\n"
        "1 gateway would be forgotten; nothing was.\n");
    row("gateways forget --selector b", R"({"items":[],"forgotten":0,"dry_run":false})",
        "No gateway matches; nothing was forgotten.\n");
    row("configs list",
        R"({"items":[{"name":"base","latest":12,"gateways":3,"tags":["lab","x"],"archived":true},)"
        R"({"name":"edge","latest":1,"gateways":10,"tags":[],"archived":false}]})",
        "NAME  LATEST  GATEWAYS  TAGS\n"
        "base      12         3  (archived) lab x\n"
        "edge       1        10\n");
    row("configs delete base", R"({"name":"base","latest":12,"gateways":0,"tags":[],"archived":false})",
        "base was deleted; 'configs undelete base' brings it back.\n");
    row("configs add a -", R"({"config":"base","version":3,"hash":"ab","created":true})",
        "Saved as base@3, hash ab.\n");
    row("configs add b -", R"({"config":"base","version":3,"hash":"ab","created":false})",
        "Unchanged: base@3 has exactly these files.\n");
    row("configs diff base@1 base@2",
        R"({"from":"base@1","to":"base@2","equal":false,"diff":"-a\n+b","differences":[]})", "-a\n+b\n");
    row("configs diff base@1 base@1", R"({"from":"base@1","to":"base@1","equal":true,"diff":"","differences":[]})",
        "base@1 and base@1 are equal.\n");
    row("configs diff base@1 --gateway a",
        R"({"from":"base@1","to":"lab-1","equal":false,"diff":"+x\n","differences":[]})",
        "+x\n\nIn meaning, what lab-1 runs has all of base@1.\n");
    row("configs diff base@2 --gateway a",
        R"({"from":"base@2","to":"lab-1","equal":false,"diff":"+x\n","differences":[{"path":"a::b","wanted":"1","effective":"2"}]})",
        "+x\n\n1 difference in meaning:\n"
        "PATH  IN base@2  IN lab-1\n"
        "a::b  1          2\n");
    row("configs diff base@1 base@2",
        R"({"from":"base@1","to":"base@2","equal":false,"only_difference":"line_ends","not_comparable":null,
            "diff":"-a\n+a\r","differences":[]})",
        "-a\n+a\r\nbase@1 and base@2 differ only in their line ends (LF and CRLF).\n");
    row("configs diff base@1 base@2 --structure",
        R"({"from":"base@1","to":"base@2","equal":false,"only_difference":"byte_order_mark","diff":"x","differences":[]})",
        "base@1 and base@2 differ only in a byte order mark at the beginning.\n");
    row("configs diff base@1 base@2 --structure",
        R"({"from":"base@1","to":"base@2","equal":false,"not_comparable":"cannot be compared: base@2, line 3: A tab.",
            "diff":"x","differences":[]})",
        "\nIn meaning: cannot be compared: base@2, line 3: A tab.\n");
    row("configs diff base@1 --gateway a",
        R"({"from":"base@1","to":"lab-1","equal":false,"diff":"+x\n","differences":[],"not_compared":3,
            "not_comparable":null})",
        "+x\n\nIn meaning, what lab-1 runs has all of base@1.\n"
        "3 values cannot be compared: a reference (${…}) or a hidden value.\n");
    row("configs diff base@1 --gateway a",
        R"({"from":"base@1","to":"lab-1","equal":false,"diff":"+x\n","differences":[],"not_compared":0,
            "not_comparable":"too large to compare: x"})",
        "+x\n\nIn meaning: too large to compare: x\n");
    row("rollouts preview --config a --selector all",
        R"({"items":[{"id":"01a20a40-b847-7c64-a967-500bd08305b3","name":"lab-1","verdict":"ok","reason":null},
        {"id":"01a20a40-b847-7c64-a967-500bd08305b4","name":"lab-2","verdict":"lacks_component","reason":"receivers/kafka"}]})",
        "ID        NAME   VERDICT          REASON\n"
        "d08305b3  lab-1  ok\n"
        "d08305b4  lab-2  lacks_component  receivers/kafka\n"
        "2 gateways: 1 ok, 1 lacks_component.\n");
    row("rollouts start --config a --selector all", R"({"id":"019ab000-0000-7000-8000-0000000000aa"})",
        "019ab000-0000-7000-8000-0000000000aa\n");
    row("rollouts start --config a --selector all --wait", rollout,
        "Rollout 019ab000-0000-7000-8000-0000000000aa of base@3 to 'env=lab': failed.\n"
        "Targets: 1 failed, 1 queued.\n"
        "d08305b3 is failed: unknown type: nosuch\n");
    row("rollouts list", R"({"items":[)" + rollout + "]}",
        "ID                                    CONFIG  STATE   STARTED    SELECTOR  TARGETS\n"
        "019ab000-0000-7000-8000-0000000000aa  base@3  failed  5 min ago  env=lab   1 failed, 1 queued\n");
    row("gateways components a",
        R"({"id":"a","name":"lab-1","hash":"ab","components":{"exporters":{"debug":{"metadata":{}}},
        "receivers":{"otlp":{"metadata":{"code.namespace":"go.opentelemetry.io/x v1"}}}}})",
        "SECTION    TYPE   METADATA\n"
        "exporters  debug\n"
        "receivers  otlp   code.namespace=\"go.opentelemetry.io/x v1\"\n");
    const QByteArray setting = R"({"key":"server.connections","value":500,"default":20000,"unit":"connections",
        "description":"Most connections at a time","takes_effect":"at once","type":"count","least":10,"most":100000,
        "choices":null})";
    row("settings get", R"({"items":[)" + setting + "]}",
        "KEY                 VALUE  DEFAULT  DESCRIPTION\n"
        "server.connections  500    20000    Most connections at a time\n");
    row("settings get server.connections", R"({"items":[)" + setting + "]}",
        "server.connections: Most connections at a time.\n"
        "Value         500\n"
        "Default       20000\n"
        "Takes         10 to 100000 connections\n"
        "Takes effect  at once\n");
    row("settings get log.level",
        R"({"items":[{"key":"log.level","value":"info","default":"warning","unit":null,"description":"The least",
        "takes_effect":"at once","type":"choice","least":null,"most":null,"choices":["info","warning"]}]})",
        "log.level: The least.\n"
        "Value         info\n"
        "Default       warning\n"
        "Takes         info, warning\n"
        "Takes effect  at once\n");
    row("settings set server.connections 500", setting, "server.connections is 500 now. It takes effect at once.\n");
    row("events",
        R"({"items":[{"at":"2026-11-23T11:58:30.000Z","kind":"gateway_connected",
        "gateway":"01a20a40-b847-7c64-a967-500bd08305b3","text":"lab-1 connected","by":"gateway"},
        {"at":"2026-11-23T11:58:31.000Z","kind":"config_saved","gateway":null,"text":"base@1","by":null}]})",
        "AT                        BY       KIND               GATEWAY   TEXT\n"
        "2026-11-23T11:58:30.000Z  gateway  gateway_connected  d08305b3  lab-1 connected\n"
        "2026-11-23T11:58:31.000Z  -        config_saved       -         base@1\n");
}

void TestCtlRender::tables()
{
    QFETCH(QString, line);
    QFETCH(QByteArray, result);
    QTEST(rendered(line, json(result)), "expected");
}

void TestCtlRender::showsHowOftenAGatewayPolls()
{
    const auto shown = [](const char *presence) {
        return rendered(QStringLiteral("gateways show a"), json(QByteArray(R"({"presence":)") + presence + "}"));
    };
    QVERIFY(shown(R"({"transport":"http","poll_interval_s":29.997})")
                .contains(QStringLiteral("  polls every   30 s (learned from its last polls)\n")));
    QVERIFY(shown(R"({"transport":"http","poll_interval_s":null})")
                .contains(QStringLiteral("  polls every   not known yet\n")));
    QVERIFY(!shown(R"({"transport":"ws","poll_interval_s":null})").contains(QStringLiteral("polls")));
}

void TestCtlRender::showsAGateway()
{
    const QString text = rendered(QStringLiteral("gateways show a"), json(gateway));
    for (const char *part : {"lab-1  01a20a40-b847-7c64-a967-500bd08305b3\n",
                             "connected since 2 h ago (2026-11-23T10:00:00.000Z)",
                             "3 s ago (2026-11-23T11:59:57.000Z)",
                             "ws  127.0.0.1:51234",
                             "unhealthy since",
                             "exporter:otlp: refused",
                             "drifted since",
                             "effective lacks a part",
                             "base@3  abcd",
                             "applied  abcd  seen",
                             "  has wanted    no\n",
                             "exporters::otlp::endpoint: wanted a:1, effective -",
                             "base@2  1234",
                             "base@1  9999  3 h ago (2026-11-23T09:00:00.000Z)  boom",
                             "service.name = otelcol",
                             "host.name = lab-1",
                             "env = lab",
                             "ReportsStatus",
                             "  restarts      2\n",
                             "\n    exporter:otlp  unhealthy  x  refused\n"})
        QVERIFY2(text.contains(QString::fromUtf8(part)), part);
    // What was not reported is not shown as if it were.
    QVERIFY(!text.contains(QStringLiteral("  started")));
    const auto started = [](const char *health) {
        return rendered(QStringLiteral("gateways show a"), json(QByteArray(R"({"health":)") + health + '}'));
    };
    QVERIFY(started(R"({"started_at":null,"implausible_start":"1795425302123"})")
                .contains(QStringLiteral("  started       implausible start time reported: 1795425302123\n")));
    QVERIFY(!started(R"({"started_at":null,"implausible_start":null})").contains(QStringLiteral("started")));
}

void TestCtlRender::showsARollout()
{
    const QString text = rendered(QStringLiteral("rollouts show a"), json(rollout));
    QCOMPARE(text, QStringLiteral("Rollout 019ab000-0000-7000-8000-0000000000aa\n"
                                  "  state     failed\n"
                                  "  config    base@3\n"
                                  "  hash      abcd\n"
                                  "  selector  env=lab\n"
                                  "  started   5 min ago (2026-11-23T11:55:00.000Z)\n"
                                  "  by        operator\n"
                                  "  waves     1, 100%\n"
                                  "  soak      30 s\n"
                                  "  timeout   1 min\n"
                                  "\n"
                                  "GATEWAY           WAVE  STEP    SINCE      ERROR\n"
                                  "d08305b3             1  failed  4 min ago  unknown type: nosuch\n"
                                  "lab-2 (d08305b4)     2  queued  5 min ago\n"
                                  "\n"
                                  "What was seen\n"
                                  "  d08305b3\n"
                                  "    offered  4 min ago (2026-11-23T11:55:01.000Z)\n"
                                  "    failed  4 min ago (2026-11-23T11:55:02.000Z)\n"));
}

void TestCtlRender::drawsTheTree()
{
    const QJsonValue tree = json(R"({"healthy":true,"status":"StatusOK","error":null,"at":null,"components":{
        "pipeline:logs":{"healthy":false,"status":null,"error":"down","at":null,"components":{
          "receiver:otlp":{"healthy":true,"status":"StatusOK","error":null,"at":null,"components":{}}}},
        "extensions":{"healthy":true,"status":"StatusOK","error":null,"at":null,"components":{}}}})");
    QCOMPARE(rendered(QStringLiteral("gateways health a"), tree),
             QStringLiteral("gateway  healthy  StatusOK\n"
                            "  extensions  healthy  StatusOK\n"
                            "  pipeline:logs  unhealthy  down\n"
                            "    receiver:otlp  healthy  StatusOK\n"));
    QCOMPARE(renderHealth(QJsonValue::Null, now), QStringLiteral("The gateway has not reported its health.\n"));
}

void TestCtlRender::saysWhatIsNotCurrent_data()
{
    QTest::addColumn<QByteArray>("presence");
    QTest::addColumn<bool>("stale");
    QTest::addColumn<QString>("firstLine");
    QTest::addRow("current") << QByteArray(R"({"state":"connected","since":null})") << false
                             << QStringLiteral("gateway  unhealthy  StatusRecoverableError  queue is full");
    QTest::addRow("lost") << QByteArray(R"({"state":"lost","since":"2026-11-23T11:58:00.000Z"})") << true
                          << QStringLiteral("Not current: last reported 3 min ago (2026-11-23T11:57:00.000Z); the "
                                            "gateway is lost since 2 min ago (2026-11-23T11:58:00.000Z).");
    QTest::addRow("X5a: a gap") << QByteArray(R"({"state":"connected","since":null})") << true
                                << QStringLiteral("Not current: last reported 3 min ago (2026-11-23T11:57:00.000Z); a "
                                                  "message was missed since.");
}

void TestCtlRender::saysWhatIsNotCurrent()
{
    QFETCH(QByteArray, presence);
    QFETCH(bool, stale);
    QFETCH(QString, firstLine);
    const QByteArray isStale = stale ? "true" : "false";
    const QString text = rendered(
        QStringLiteral("gateways health a"),
        json(R"({"healthy":false,"status":"StatusRecoverableError","error":"queue is full","at":null,"components":{},
                 "observed_at":"2026-11-23T11:57:00.000Z","stale":)" +
             isStale + R"(,"presence":)" + presence + "}"));
    QCOMPARE(text.section(u'\n', 0, 0), firstLine);
    QVERIFY(text.contains(QStringLiteral("gateway  unhealthy  StatusRecoverableError  queue is full\n")));

    const QString shown =
        rendered(QStringLiteral("gateways show a"),
                 json(R"({"presence":)" + presence + R"(,"health":{"state":"x","observed_at":"2026-11-23T11:57:00.000Z",
                 "last_reported":{"healthy":false,"status":"StatusRecoverableError","error":"queue is full",
                                  "at":"2026-11-23T11:57:00.000Z"},
                 "components":{"a":{}},"stale":)" +
                      isStale + "}}"));
    const QString last = QStringLiteral("  last health   unhealthy  StatusRecoverableError  queue is full, last "
                                        "reported 3 min ago (2026-11-23T11:57:00.000Z), not current\n");
    QVERIFY2(shown.contains(last) == stale, qPrintable(shown));
    QVERIFY2(shown.contains(QStringLiteral("\nComponents, last reported 3 min ago")) == stale, qPrintable(shown));
}

void TestCtlRender::boundsHostileTrees()
{
    QJsonObject deep{{QStringLiteral("healthy"), true}};
    for (int i = 0; i < 500; ++i)
        deep = QJsonObject{{QStringLiteral("healthy"), true},
                           {QStringLiteral("components"), QJsonObject{{QStringLiteral("x"), deep}}}};
    const QString deepText = renderHealth(deep, now);
    QVERIFY(deepText.count(u'\n') < 100);
    QVERIFY(deepText.contains(QStringLiteral("--json has all of it")));
    QJsonObject children;
    for (int i = 0; i < 20'000; ++i)
        children.insert(QString::number(i), QJsonObject{{QStringLiteral("healthy"), true}});
    const QString wideText = renderHealth(QJsonObject{{QStringLiteral("components"), children}}, now);
    QVERIFY(wideText.count(u'\n') < 6000);
    QCOMPARE(wideText.count(QStringLiteral("--json has all of it")), 1);
}

void TestCtlRender::filesAsTheyAre_data()
{
    QTest::addColumn<QByteArray>("result");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addRow("one: byte for byte") << QByteArray(R"({"files":{"":"a: 1\r\n\u001b"}})")
                                        << QByteArray("a: 1\r\n\x1b");
    QTest::addRow("one, not UTF-8") << QByteArray(R"({"files":{},"base64":{"":"/w=="}})") << QByteArray("\xff");
    QTest::addRow("several behind their names")
        << QByteArray(R"({"files":{"b.yaml":"b: 1\n","a.yaml":"a: 1"},"base64":{"c":"/w=="}})")
        << QByteArray("# --- a.yaml\na: 1\n# --- b.yaml\nb: 1\n# --- c\n\xff\n");
    QTest::addRow("a name that is not one line") << QByteArray(R"({"files":{"a\n# --- x":"1\n","b":"2\n"}})")
                                                 << QByteArray("# --- a\\n# --- x\n1\n# --- b\n2\n");
    QTest::addRow("none") << QByteArray(R"({"files":{}})") << QByteArray();
}

void TestCtlRender::filesAsTheyAre()
{
    QFETCH(QByteArray, result);
    const auto bytes = fileBytes(json(result), QString());
    QVERIFY(bytes);
    QTEST(*bytes, "bytes");
}

void TestCtlRender::oneFileOfSeveral()
{
    const QJsonValue result = json(R"({"name":"n","files":{"a":"1","":"2"},"base64":{"c":"/w=="}})");
    QCOMPARE(*fileBytes(result, QStringLiteral("a")), QByteArray("1"));
    QCOMPARE(*fileBytes(result, QStringLiteral("")), QByteArray("2")); // the unnamed one, not "all"
    QCOMPARE(*fileBytes(result, QStringLiteral("c")), QByteArray("\xff"));
    QCOMPARE(*withOneFile(result, QStringLiteral("a")), json(R"({"name":"n","files":{"a":"1"},"base64":{}})"));
    for (const auto &trouble :
         {fileBytes(result, QStringLiteral("x")).error(), withOneFile(result, QStringLiteral("x")).error()}) {
        QCOMPARE(trouble.code, QStringLiteral("not_found"));
        QCOMPARE(trouble.exit, Exit::Failed);
        QVERIFY2(trouble.text.contains(QStringLiteral("'a'")), qPrintable(trouble.text));
    }
}

namespace {

/// @p value with every string in it, keys included, replaced by a hostile one. Times and ids stay.
QJsonValue poisoned(const QJsonValue &value, const QString &poison)
{
    if (value.isString())
        return value.toString() + poison;
    if (value.isArray()) {
        QJsonArray out;
        for (const QJsonValue &item : value.toArray())
            out.append(poisoned(item, poison));
        return out;
    }
    if (!value.isObject())
        return value;
    QJsonObject out;
    const QJsonObject object = value.toObject();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        out.insert(entry.key(), poisoned(entry.value(), poison));
        // Maps whose keys come from outside get a hostile key as well.
        for (const QStringView map : {u"components", u"labels", u"identifying", u"non_identifying", u"gateways"}) {
            if (entry.key() == map && entry.value().isObject()) {
                QJsonObject child = out.value(entry.key()).toObject();
                child.insert(poison, map == u"components" ? QJsonValue(QJsonObject{{QStringLiteral("error"), poison}})
                                                          : QJsonValue(poison));
                out.insert(entry.key(), child);
            }
        }
    }
    return out;
}

const QStringList renderedLines{
    QStringLiteral("status"),
    QStringLiteral("gateways list"),
    QStringLiteral("gateways show a"),
    QStringLiteral("gateways health a"),
    QStringLiteral("gateways components a"),
    QStringLiteral("gateways timeline a"),
    QStringLiteral("gateways label a b=c"),
    QStringLiteral("gateways restart a"),
    QStringLiteral("gateways forget a"),
    QStringLiteral("configs list"),
    QStringLiteral("configs add a -"),
    QStringLiteral("configs tag a b"),
    QStringLiteral("configs delete a"),
    QStringLiteral("configs diff a b"),
    QStringLiteral("rollouts preview --config a --selector all"),
    QStringLiteral("rollouts start --config a --selector all --wait"),
    QStringLiteral("rollouts list"),
    QStringLiteral("rollouts show a"),
    QStringLiteral("rollouts halt a"),
    QStringLiteral("tokens list"),
    QStringLiteral("tokens create a"),
    QStringLiteral("gateways reject a"),
    QStringLiteral("settings get"),
    QStringLiteral("settings get a"),
    QStringLiteral("settings set a b"),
    QStringLiteral("events"),
};

} // namespace

void TestCtlRender::hostileStringsStayVisible_data()
{
    QTest::addColumn<QString>("line");
    for (const QString &line : renderedLines)
        QTest::addRow("%s", qPrintable(line)) << line;
}

void TestCtlRender::hostileStringsStayVisible()
{
    QFETCH(QString, line);
    const QString poison = QString::fromUtf16(u"\u001b[2J\u009b\r\n\u202e\u0007");
    // Every kind of answer at once: each verb takes what it knows.
    QJsonObject all = json(gateway).toObject();
    const QJsonObject other = json(rollout).toObject();
    for (auto entry = other.begin(); entry != other.end(); ++entry)
        all.insert(entry.key(), entry.value());
    all.insert(QStringLiteral("components"), all.value(QStringLiteral("health"))[QStringLiteral("components")]);
    for (const char *key :
         {"status",  "error",  "kind",  "detail",  "from",        "to",           "text",           "by",
          "verdict", "reason", "hash",  "latest",  "path",        "wanted",       "effective",      "at",
          "version", "key",    "value", "default", "description", "takes_effect", "public_endpoint"})
        if (!all.contains(QString::fromLatin1(key)))
            all.insert(QString::fromLatin1(key), QStringLiteral("x"));
    all.insert(QStringLiteral("gateways"), QJsonObject{{QStringLiteral("total"), QStringLiteral("1")}});
    all.insert(QStringLiteral("endpoints"), QJsonArray{QStringLiteral("e")});
    all.insert(QStringLiteral("database"), QJsonObject{{QStringLiteral("trouble"), QStringLiteral("t")}});
    all.insert(QStringLiteral("items"), QJsonArray{QJsonObject(all)});
    all.insert(QStringLiteral("differences"), all.value(QStringLiteral("items")));
    const QString text = rendered(line, poisoned(all, poison));
    QVERIFY(!text.isEmpty());
    QCOMPARE(printableLines(text), text); // nothing is left that a terminal would obey
    QVERIFY2(!text.contains(u'\r'), qPrintable(text));
    if (line != u"gateways timeline a") // whose times are no times
        QVERIFY2(text.contains(QStringLiteral("\\x1b[2J\\x9b")), qPrintable(text));
}

void TestCtlRender::survivesAnyShape_data()
{
    hostileStringsStayVisible_data();
}

void TestCtlRender::survivesAnyShape()
{
    QFETCH(QString, line);
    for (const char *shape :
         {"{}", "[]", R"({"items":null})", R"({"items":[null,1,"x",[],{}]})", R"({"items":{"a":1}})",
          R"({"presence":1,"health":[],"config":"x","targets":{"a":1},"components":7})",
          R"({"targets":[null,1,{}],"gateways":[1],"differences":[null],"healthy":"yes"})",
          R"({"items":[{"from":"x","to":7,"targets":[[]],"labels":[1],"at":{}}],"uptime_s":-1e300})"})
        QVERIFY(!rendered(line, json(shape)).contains(u'\x1b'));
    QVERIFY(!rendered(line, QJsonValue::Null).contains(u'\x1b'));
}

QTEST_GUILESS_MAIN(TestCtlRender)
#include "tst_ctlrender.moc"
