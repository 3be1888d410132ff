// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/contains.h"

#include <QFile>
#include <QTest>

using namespace flowgate::collector;
using namespace Qt::Literals::StringLiterals;
using flowgate::domain::ConfigSet;

namespace {

ConfigSet single(const QByteArray &body)
{
    ConfigSet config;
    config.files[QString()].body = body;
    return config;
}

QByteArray pairFile(const QByteArray &name)
{
    QFile file(QStringLiteral(FLOWGATE_TEST_DATA "/collector/pairs/") + QString::fromUtf8(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s is missing", qPrintable(file.fileName()));
    return file.readAll();
}

/// "path: kind wanted/effective" of each difference.
QByteArrayList show(const std::vector<Difference> &differences)
{
    QByteArrayList lines;
    for (const Difference &d : differences)
        lines += QStringLiteral("%1: %2 %3/%4")
                     .arg(d.path,
                          d.kind == Difference::Kind::Missing ? QStringLiteral("missing") : QStringLiteral("different"),
                          d.wanted, d.effective)
                     .toUtf8();
    return lines;
}

QByteArrayList paths(const std::vector<Addition> &additions, std::initializer_list<Addition::Kind> kinds)
{
    QByteArrayList list;
    for (const Addition &a : additions) {
        if (std::ranges::find(kinds, a.kind) != kinds.end())
            list += a.path.toUtf8();
    }
    return list;
}

} // namespace

class TestContains : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void compares_data()
    {
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QByteArray>("effective");
        QTest::addColumn<QByteArrayList>("differences");
        const auto same = [](const char *name, const char *wanted, const char *effective) {
            QTest::addRow("Contains %s", name) << QByteArray(wanted) << QByteArray(effective) << QByteArrayList();
        };
        const auto differs = [](const char *name, const char *wanted, const char *effective,
                                const QByteArrayList &lines) {
            QTest::addRow("Contains, not: %s", name) << QByteArray(wanted) << QByteArray(effective) << lines;
        };
        same("nothing wanted", "", "a: {b: 1}");
        same("nothing at all", "", "");
        same("RC10 more in effective", "a: {b: 1}", "a: {c: 2, b: 1}\nd: 1");
        same("order of keys", "a: {b: 1, c: 2}", "a: {c: 2, b: 1}");
        same("null is an empty map", "a:", "a: {}");
        same("an empty map is null", "a: {}", "a:");
        same("null and defaults", "a:", "a: {b: 1}");
        same("an empty map and defaults", "a: {}", "a: {b: 1}");
        same("an empty list and null", "a: []", "a: null");
        same("null and a default", "a: {b: }", "a: {b: 5s}");
        same("aliases and <<", "x: &x {b: 1}\ny: {<<: *x, c: 2}", "x: {b: 1}\ny: {b: 1, c: 2}");
        same("types", "a: {b: 0x10, c: True, d: '5'}", "a: {b: 16, c: true, d: \"5\"}");
        same("a text and a number written like it", "a: {b: '1', c: 0123}", "a: {b: 1, c: '0123'}");
        same("durations", "a: {b: 5s, c: 1h}", "a: {b: 5000ms, c: 1h0m0s}");
        same("enum words", "a: {verbosity: detailed, level: INFO}", "a: {verbosity: Detailed, level: info}");
        same("references", "a: {b: '${env:X}', c: 'h:${env:P}'}", "a: {b: 5, c: 'h:1'}");
        same("references to anything", "a: '${file:a.yaml}'\nb: {c: '${env:X}', d: '${yaml:x}', e: '${env:E}'}",
             "a: {x: {y: 1}}\nb: {c: [1, 2], d: {z: 1}, e: null}");
        same("a section behind a reference", "exporters: ${file:x.yaml}",
             "exporters: {debug: {verbosity: Detailed}, nop: }");
        same("a list behind a reference", "service: {pipelines: {logs: {receivers: '${env:R}', exporters: [a]}}}",
             "service: {pipelines: {logs: {receivers: [x, y], exporters: [a], processors: []}}}");
        same("an item behind a reference", "a: [x, '${env:Y}']", "a: [x, {y: 1}]");
        same("references in service::extensions", "service: {extensions: [a, '${env:B}']}",
             "service: {extensions: [a, b, opamp]}");
        same("all of service::extensions behind a reference", "service: {extensions: '${env:B}'}",
             "service: {extensions: [a, b, opamp]}");
        same("a reference that was not filled in yet", "a: ${file:a.yaml}", "a: ${file:a.yaml}");
        same("a switch behind a reference, off", "exporters: {otlp: {sending_queue: {enabled: '${env:Q}', size: 5}}}",
             "exporters: {otlp: {sending_queue: null}}");
        same("a switch behind a reference, on", "exporters: {otlp: {sending_queue: {enabled: '${env:Q}', size: 5}}}",
             "exporters: {otlp: {sending_queue: {size: 5}}}");
        same("masked", "a: {b: secret}", "a: {b: '[REDACTED]'}");
        same("service::extensions in any order", "service: {extensions: [b, a]}",
             "service: {extensions: [a, opamp, b]}");
        same("service::telemetry", "service: {}", "service: {telemetry: {logs: {level: info}}}");
        same("maps in a list have defaults", "a: [{b: 1}]", "a: [{b: 1, c: 2}]");
        same("headers come back as a list", "exporters: {otlp: {headers: {X: 1, A: b}}}",
             "exporters: {otlp: {headers: [{name: A, value: '[REDACTED]'}, {name: X, value: '[REDACTED]'}]}}");
        same("zero values are left out", "exporters: {otlp: {tls: {insecure: false}, n: 0, s: '', l: [], d: 0s}}",
             "exporters: {otlp: {tls: {}}}");
        same("verbosity basic is left out", "exporters: {debug: {verbosity: basic}}", "exporters: {debug: {a: 1}}");
        same("a section that is off", "exporters: {otlp: {sending_queue: {enabled: false, queue_size: 5}}}",
             "exporters: {otlp: {sending_queue: null}}");
        same("a section that is on", "exporters: {otlp: {sending_queue: {enabled: true, queue_size: 5}}}",
             "exporters: {otlp: {sending_queue: {queue_size: 5, num_consumers: 10}}}");
        same("words that come back as {}", "exporters: {otlp: {sending_queue: {sizer: items}}}",
             "exporters: {otlp: {sending_queue: {sizer: {}}}}");
        same("what wanted says of the supervisor's extension", "extensions: {opamp: {server: {ws: {endpoint: x}}}}",
             "extensions: {opamp: {server: {ws: {endpoint: y}}, ppid: 1}}");

        differs("a key", "a: {b: 1, c: 2}", "a: {c: 2}", {"a::b: missing 1/"});
        differs("a component", "exporters: {debug: }", "exporters: {nop: }", {"exporters::debug: missing null/"});
        differs("all of it", "a: 1\nb: {c: 2}", "", {"a: missing 1/", "b: missing {c: 2}/"});
        differs("a value", "a: {b: 1}", "a: {b: 2}", {"a::b: different 1/2"});
        differs("a text and another number", "a: {b: '1'}", "a: {b: 2}", {"a::b: different \"1\"/2"});
        differs("a map and a scalar", "a: {b: {c: 1}}", "a: {b: 1}", {"a::b: different {c: 1}/1"});
        differs("a map and null", "a: {b: {c: 1}}", "a: {b: }", {"a::b: different {c: 1}/null"});
        differs("an empty map and a scalar", "a: {b: {}}", "a: {b: 1}", {"a::b: different {}/1"});
        differs("order of a list", "a: [x, y]", "a: [y, x]", {"a[0]: different x/y", "a[1]: different y/x"});
        differs("length of a list", "a: [x]", "a: [x, y]", {"a: different [x]/[x, y]"});
        differs("a list shorter", "a: [x, y]", "a: [x]", {"a: different [x, y]/[x]"});
        differs("processors more", "service: {pipelines: {logs: {processors: [a]}}}",
                "service: {pipelines: {logs: {processors: [a, b]}}}",
                {"service::pipelines::logs::processors: different [a]/[a, b]"});
        differs("an extension", "service: {extensions: [a, b]}", "service: {extensions: [opamp, a]}",
                {"service::extensions[1]: missing b/"});
        differs("extensions of something else", "a: {extensions: [x]}", "a: {extensions: [x, opamp]}",
                {"a::extensions: different [x]/[x, opamp]"});
        differs("wanted telemetry", "service: {telemetry: {logs: {level: debug}}}",
                "service: {telemetry: {logs: {level: info}}}",
                {"service::telemetry::logs::level: different debug/info"});
        differs("case of other words", "a: {site: North}", "a: {site: north}", {"a::site: different North/north"});
        differs("a text with a reference in it is a text", "a: {b: 'x-${env:X}'}", "a: {b: [1]}",
                {"a::b: different \"x-${env:X}\"/[1]"});
        differs("a reference whose key is not there", "exporters: {otlp: {headers: '${env:X}'}}",
                "exporters: {otlp: {endpoint: x}}", {"exporters::otlp::headers: missing [hidden]/"});
        differs("a section behind a reference is not there", "a: 1\nexporters: ${file:x.yaml}", "a: 1",
                {"exporters: missing ${file:x.yaml}/"});
        differs("beside a reference", "a: {b: '${env:X}', c: 1}", "a: {b: [1], c: 2}", {"a::c: different 1/2"});
        differs("a list with a reference, shorter", "a: [x, '${env:X}']", "a: [x]",
                {"a: different [x, \"${env:X}\"]/[x]"});
        differs("an extension behind a reference that is not there", "service: {extensions: [a, '${env:X}']}",
                "service: {extensions: [opamp, a]}", {"service::extensions[1]: missing \"${env:X}\"/"});
        differs("effective has a reference where a value is wanted", "a: {b: 1}", "a: {b: '${env:X}'}",
                {"a::b: different 1/\"${env:X}\""});
        differs("masked where a map is wanted", "a: {b: {c: 1}}", "a: {b: '[REDACTED]'}",
                {"a::b: different {c: 1}/\"[REDACTED]\""});
        differs("a header", "exporters: {otlp: {headers: {X: 1}}}",
                "exporters: {otlp: {headers: [{name: A, value: '[REDACTED]'}]}}",
                {"exporters::otlp::headers::X: missing [hidden]/"});
        differs("values that are not zero", "exporters: {otlp: {tls: {insecure: true}, n: 1}}",
                "exporters: {otlp: {tls: {}}}",
                {"exporters::otlp::tls::insecure: missing true/", "exporters::otlp::n: missing 1/"});
        differs("zero values of the top", "a: false", "b: 1", {"a: missing false/"});
        differs("switched off but there", "exporters: {otlp: {sending_queue: {enabled: false}}}",
                "exporters: {otlp: {sending_queue: {queue_size: 5}}}",
                {"exporters::otlp::sending_queue::enabled: missing false/"});
        differs("switched on but off", "exporters: {otlp: {sending_queue: {enabled: true}}}",
                "exporters: {otlp: {sending_queue: null}}",
                {"exporters::otlp::sending_queue: different {enabled: true}/null"});
        differs("a protocol", "receivers: {otlp: {protocols: {grpc: , http: }}}",
                "receivers: {otlp: {protocols: {grpc: {endpoint: x}}}}",
                {"receivers::otlp::protocols::http: missing null/"});
    }
    void compares()
    {
        QFETCH(QByteArray, wanted);
        QFETCH(QByteArray, effective);
        QFETCH(QByteArrayList, differences);
        const ContainmentResult result = contains(single(wanted), single(effective));
        QVERIFY(result.wantedProblems.empty() && result.effectiveProblems.empty());
        QCOMPARE(show(result.differences), differences);
        QCOMPARE(result.contains, differences.isEmpty());
    }

    void sortsAdditions()
    {
        const auto result =
            contains(single("exporters:\n  debug:\nservice:\n  pipelines:\n    logs: {exporters: [debug]}\n"),
                     single("exporters:\n"
                            "  debug:\n"
                            "    verbosity: Normal\n"
                            "  nop:\n"
                            "extensions:\n"
                            "  opamp:\n"
                            "    ppid: 1\n"
                            "  zpages: {}\n"
                            "connectors: {}\n"
                            "service:\n"
                            "  extensions: [opamp, zpages]\n"
                            "  pipelines:\n"
                            "    logs: {exporters: [debug], processors: []}\n"
                            "    traces: {exporters: [nop]}\n"
                            "  telemetry:\n"
                            "    logs:\n"
                            "      level: info\n"));
        QVERIFY(result.contains);
        using enum Addition::Kind;
        QCOMPARE(paths(result.byDesign, {Supervisor}),
                 (QByteArrayList{"extensions::opamp", "service::extensions[0]", "service::telemetry::logs::level"}));
        QCOMPARE(paths(result.others, {GatewayOwn}),
                 (QByteArrayList{"exporters::nop", "extensions::zpages", "service::extensions[1]",
                                 "service::pipelines::traces"}));
        QCOMPARE(paths(result.others, {Default}),
                 (QByteArrayList{"exporters::debug::verbosity", "connectors", "service::pipelines::logs::processors"}));
        QCOMPARE(result.byDesign.front().line, 6);
        QCOMPARE(result.byDesign.front().lastLine, 7);
    }

    void ownTelemetry_data()
    {
        QTest::addColumn<bool>("offered");
        QTest::addColumn<bool>("expected");
        QTest::addRow("Contains, own telemetry was offered") << true << true;
        QTest::addRow("Contains, not: a reader that nobody offered") << false << false;
    }
    void ownTelemetry()
    {
        QFETCH(bool, offered);
        QFETCH(bool, expected);
        const QByteArray wanted =
            "service: {telemetry: {metrics: {readers: [{pull: {exporter: {prometheus: {port: 1}}}}]}}}";
        const QByteArray effective = "service:\n"
                                     "  telemetry:\n"
                                     "    metrics:\n"
                                     "      readers:\n"
                                     "        - periodic:\n"
                                     "            exporter: {otlp: {endpoint: 'http://127.0.0.1:4320/v1/metrics'}}\n"
                                     "        - pull: {exporter: {prometheus: {port: 1, host: localhost}}}\n"
                                     "    logs:\n"
                                     "      processors: [{batch: {exporter: {otlp: {}}}}]\n";
        const ContainmentResult result = contains(single(wanted), single(effective), {.ownTelemetryOffered = offered});
        QCOMPARE(result.contains, expected);
        if (offered) {
            QCOMPARE(paths(result.byDesign, {Addition::Kind::OwnTelemetry}),
                     (QByteArrayList{"service::telemetry::metrics::readers", "service::telemetry::logs::processors"}));
            QCOMPARE(result.byDesign.front().line, 5);
            QCOMPARE(result.byDesign.front().lastLine, 6);
        }
    }

    void ownTelemetryDoesNotHideAnotherReader()
    {
        const QByteArray effective = "service: {telemetry: {metrics: {readers: [{periodic: {}}, {pull: {port: 2}}]}}}";
        QVERIFY(!contains(single("service: {telemetry: {metrics: {readers: [{pull: {port: 1}}]}}}"), single(effective),
                          {.ownTelemetryOffered = true})
                     .contains);
    }

    void saysWhatItCouldNotSee()
    {
        const auto result =
            contains(single("exporters:\n  otlp:\n    a: ${env:A}\n    b: s3cret\n    c: false\n    d: items\n"),
                     single("exporters:\n  otlp:\n    a: x\n    b: '[REDACTED]'\n    d: {}\n"));
        QVERIFY(result.contains);
        using enum Unverified::Why;
        const std::vector<Unverified> expected{{u"exporters::otlp::a"_s, Reference, 3, 3},
                                               {u"exporters::otlp::b"_s, Masked, 4, 4},
                                               {u"exporters::otlp::c"_s, LeftOut, 5, 3},
                                               {u"exporters::otlp::d"_s, NotShown, 6, 5}};
        QCOMPARE(result.unverified, expected);
    }

    void countsWhatCannotBeCompared_data()
    {
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QByteArray>("effective");
        QTest::addColumn<int>("expected");
        const auto row = [](const char *name, const char *wanted, const char *effective, int expected) {
            QTest::addRow("Contains counts %s", name) << QByteArray(wanted) << QByteArray(effective) << expected;
        };
        row("nothing", "a: {b: 1}", "a: {b: 1, c: 2}", 0);
        row("a reference", "a: {b: '${env:X}'}", "a: {b: 1}", 1);
        row("a reference in a text", "a: {b: 'x${env:X}'}", "a: {b: xy}", 1);
        row("a masked value", "a: {b: s}", "a: {b: '[REDACTED]'}", 1);
        row("a masked header each", "exporters: {otlp: {headers: {X: 1, A: b}}}",
            "exporters: {otlp: {headers: [{name: A, value: '[REDACTED]'}, {name: X, value: '[REDACTED]'}]}}", 2);
        row("a masked reference once", "a: {b: '${env:X}'}", "a: {b: '[REDACTED]'}", 1);
        row("a section behind a reference once", "a: ${file:x}", "a: {b: 1, c: {d: 2}}", 1);
        row("a list behind a reference once", "a: ${env:x}", "a: [1, 2, 3]", 1);
        row("each item behind a reference", "a: ['${env:x}', 1, '${env:y}']", "a: [1, 1, 1]", 2);
        row("an extension behind a reference", "service: {extensions: ['${env:B}']}", "service: {extensions: [b]}", 1);
        row("a value that is not shown", "exporters: {otlp: {s: items}}", "exporters: {otlp: {s: {}}}", 1);
        row("a switch behind a reference", "exporters: {otlp: {q: {enabled: '${env:Q}'}}}",
            "exporters: {otlp: {q: null}}", 1);
        row("no zero that is left out", "exporters: {otlp: {n: 0}}", "exporters: {otlp: }", 0);
        row("no reference that reads the same", "a: ${env:X}", "a: '${env:X}'", 0);
        row("no reference whose key is not there", "a: {b: '${env:X}'}", "a: {c: 1}", 0);
    }
    void countsWhatCannotBeCompared()
    {
        QFETCH(QByteArray, wanted);
        QFETCH(QByteArray, effective);
        QFETCH(int, expected);
        QCOMPARE(contains(single(wanted), single(effective)).notCompared, expected);
    }

    void countsBeyondTheList()
    {
        QByteArray wanted;
        QByteArray effective;
        for (int i = 0; i < 50; ++i) {
            wanted += "k" + QByteArray::number(i) + ": ${env:X}\n";
            effective += "k" + QByteArray::number(i) + ": 2\n";
        }
        const ContainmentResult result = contains(single(wanted), single(effective), {.maxReports = 10});
        QVERIFY(result.contains);
        QCOMPARE(result.unverified.size(), size_t(10));
        QCOMPARE(result.notCompared, 50);
    }

    void countsBesideOwnTelemetry()
    {
        const char *wanted = "service: {telemetry: {metrics: {readers: [{pull: {port: '${env:P}'}}]}}}";
        const char *effective =
            "service: {telemetry: {metrics: {readers: [{periodic: {}}, {pull: {port: 8888, host: x}}]}}}";
        const ContainmentResult result = contains(single(wanted), single(effective), {.ownTelemetryOffered = true});
        QVERIFY(result.contains);
        QCOMPARE(result.notCompared, 1);
        QCOMPARE(result.unverified.size(), size_t(1));
    }

    void namesPlaces()
    {
        ConfigSet wanted;
        wanted.files[QStringLiteral("10-a.yaml")].body = "a:\n  b: 1\n";
        wanted.files[QStringLiteral("20-b.yaml")].body = "a:\n  # text\n  c: 2\n  d: 3\n";
        const ContainmentResult result = contains(wanted, single("x: 1\na:\n  b: 1\n  c: 5\n"));
        QCOMPARE(result.differences.size(), size_t(2));
        QCOMPARE(result.differences[0],
                 (Difference{u"a::c"_s, Difference::Kind::Different, u"2"_s, u"5"_s, u"20-b.yaml"_s, 3, 4}));
        QCOMPARE(result.differences[1],
                 (Difference{u"a::d"_s, Difference::Kind::Missing, u"3"_s, {}, u"20-b.yaml"_s, 4, 3}));
    }

    void unreadable_data()
    {
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QByteArray>("effective");
        QTest::addColumn<bool>("wantedIsBad");
        QTest::addRow("Contains, not: effective cut off") << QByteArray("a: 1") << QByteArray("a: 1\nb: [") << false;
        QTest::addRow("Contains, not: effective binary") << QByteArray("a: 1") << QByteArray("\x00\xff", 2) << false;
        QTest::addRow("Contains, not: effective is a list") << QByteArray("a: 1") << QByteArray("[a]") << false;
        QTest::addRow("Contains, not: nothing wanted, effective cut off")
            << QByteArray() << QByteArray("b: [") << false;
        QTest::addRow("Contains, not: wanted has a tab") << QByteArray("a:\n\tb: 1") << QByteArray("a: {b: 1}") << true;
        QByteArray laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
        for (int i = 1; i < 10; ++i)
            laughs +=
                QStringLiteral("a%1: &a%1 [%2]\n").arg(i).arg(QStringLiteral("*a%1,").arg(i - 1).repeated(10)).toUtf8();
        QTest::addRow("Contains, not: effective laughs") << QByteArray("a0: 1") << laughs << false;
        QTest::addRow("Contains, not: effective has no config")
            << QByteArray("a: 1") << QByteArray("started at 12:00") << false;
    }
    void unreadable()
    {
        QFETCH(QByteArray, wanted);
        QFETCH(QByteArray, effective);
        QFETCH(bool, wantedIsBad);
        const ContainmentResult result = contains(single(wanted), single(effective));
        QVERIFY(!result.contains);
        QVERIFY(result.obstacle != ContainmentResult::Obstacle::None && !result.why.isEmpty());
        QVERIFY(result.differences.empty());
        QCOMPARE(hasErrors(result.wantedProblems), wantedIsBad);
        QCOMPARE(hasErrors(result.effectiveProblems), !wantedIsBad);
    }

    /// A text that was not read to its end says neither yes nor no.
    void obstacles_data()
    {
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QByteArray>("effective");
        QTest::addColumn<ContainmentResult::Obstacle>("expected");
        QTest::addColumn<QString>("why");
        using enum ContainmentResult::Obstacle;
        const QByteArray big = "a: [" + QByteArray("1,").repeated(300'000) + "]";
        const auto row = [](const char *name, const QByteArray &wanted, const QByteArray &effective,
                            ContainmentResult::Obstacle expected, const char *why) {
            QTest::addRow("Contains, %s", name) << wanted << effective << expected << QString::fromUtf8(why);
        };
        row("both read", "a: 1", "a: 1", None, "");
        row("both read, different", "a: 1", "a: 2", None, "");
        row("effective too large", "a: 1", big, TooLarge,
            "too large to compare: the effective config has more than 200,000 values");
        row("desired too large", big, "a: 1", TooLarge,
            "too large to compare: the desired config has more than 200,000 values");
        row("effective too deep", "a: 1", "a: " + QByteArray("[").repeated(200), TooLarge,
            "too large to compare: the effective config has more than 100 levels");
        row("effective has too many bytes", "a: 1", "a: 1\n" + QByteArray(9'000'000, '#'), TooLarge,
            "too large to compare: the effective config has more than 8,388,608 bytes");
        row("effective cut off", "a: 1", "a: 1\nb: [", Unreadable,
            "cannot be compared: the effective config, line 2: The text ends where a value is expected; a [ or { "
            "before is not closed");
        row("effective with a second document", "a: 1", "a: 1\n---\nb: 2", Unreadable,
            "cannot be compared: the effective config has more than one YAML document, of which a Collector reads the "
            "first");
        row("desired with a second document", "a: 1\n---\nb: 2", "a: 1", Unreadable,
            "cannot be compared: the desired config has more than one YAML document, of which a Collector reads the "
            "first");
        row("an end mark is no second document", "a: 1\n...\n", "---\na: 1\n---\n", None, "");
        row("a byte order mark is no second document",
            "\xef\xbb\xbf"
            "a: 1\nb: 2\n",
            "a: 1\nb: 2\n", None, "");
    }
    void obstacles()
    {
        QFETCH(QByteArray, wanted);
        QFETCH(QByteArray, effective);
        QFETCH(ContainmentResult::Obstacle, expected);
        QFETCH(QString, why);
        const ContainmentResult result = contains(single(wanted), single(effective));
        QCOMPARE(result.obstacle, expected);
        QCOMPARE(result.why, why);
    }

    void allBehindAByteOrderMarkIsCompared()
    {
        const ConfigSet wanted = single("\xef\xbb\xbf"
                                        "receivers: {nop: }\nexporters: {debug: }\n");
        QVERIFY(contains(wanted, single("receivers: {nop: }\nexporters: {debug: }\n")).contains);
        QCOMPARE(show(contains(wanted, single("receivers: {nop: }\n")).differences),
                 QByteArrayList{"exporters: missing {debug: null}/"});
    }

    /// What runs is the entry "", else every entry that is YAML but "raw".
    void entries_data()
    {
        QTest::addColumn<ConfigSet>("effective");
        QTest::addColumn<QStringList>("others");
        QTest::addColumn<bool>("isRead");
        QTest::addColumn<bool>("expected"); // contains a: 1, b: 2
        using Entry = std::pair<QString, flowgate::domain::ConfigFile>;
        const auto row = [](const char *name, std::initializer_list<Entry> entries, const QStringList &others,
                            bool isRead, bool expected) {
            ConfigSet effective;
            effective.files.insert(entries.begin(), entries.end());
            QTest::addRow("Entries: %s", name) << effective << others << isRead << expected;
        };
        const flowgate::domain::ConfigFile whole{"a: 1\nb: 2\n", {}};
        const flowgate::domain::ConfigFile half{"a: 1\n", {}};
        const flowgate::domain::ConfigFile other{"a: 5\n", {}};
        const flowgate::domain::ConfigFile text{"it started: at 12:00: fine\n", {}};
        const flowgate::domain::ConfigFile word{"hello", {}};
        const auto named = [](flowgate::domain::ConfigFile file, const char *type) {
            file.contentType = QString::fromLatin1(type);
            return file;
        };
        row("the unnamed one alone", {{u""_s, whole}}, {}, true, true);
        row("the unnamed one and raw", {{u""_s, half}, {u"raw"_s, whole}}, {u"raw"_s}, true, false);
        row("the unnamed one and others", {{u""_s, whole}, {u"z.yaml"_s, other}}, {u"z.yaml"_s}, true, true);
        row("the unnamed one is broken", {{u""_s, text}, {u"z.yaml"_s, whole}}, {u"z.yaml"_s}, false, false);
        row("an empty unnamed one", {{u""_s, {}}, {u"z.yaml"_s, whole}}, {u"z.yaml"_s}, true, false);
        row("raw never counts", {{u"main.yaml"_s, half}, {u"raw"_s, whole}}, {u"raw"_s}, true, false);
        row("raw does not take away", {{u"main.yaml"_s, whole}, {u"raw"_s, other}}, {u"raw"_s}, true, true);
        row("raw alone", {{u"raw"_s, whole}}, {u"raw"_s}, false, false);
        row("several are merged", {{u"1"_s, half}, {u"2"_s, {"b: 2", {}}}}, {}, true, true);
        row("a log beside", {{u"main"_s, whole}, {u"log"_s, text}}, {u"log"_s}, true, true);
        row("a word beside", {{u"main"_s, whole}, {u"note"_s, word}}, {u"note"_s}, true, true);
        row("a list beside", {{u"main"_s, whole}, {u"rules.yaml"_s, {"- a\n", {}}}}, {u"rules.yaml"_s}, true, true);
        row("broken YAML by its name", {{u"main"_s, whole}, {u"over.yaml"_s, text}}, {}, false, false);
        row("broken YAML by its type", {{u"main"_s, whole}, {u"over"_s, named(text, "text/yaml")}}, {}, false, false);
        row("one too large to know", {{u"main"_s, whole}, {u"over"_s, {"[" + QByteArray("1,").repeated(300'000), {}}}},
            {}, false, false);
        row("text that looks like a config, by its type", {{u"main"_s, whole}, {u"z"_s, named(other, "text/plain")}},
            {u"z"_s}, true, true);
        row("nothing but plain text", {{u"main"_s, named(whole, "text/plain")}}, {}, true, true);
        row("JSON", {{u"main.json"_s, {"{\"a\": 1, \"b\": 2}", u"application/json"_s}}}, {}, true, true);
        row("a text alone", {{u"main"_s, text}}, {}, false, false);
        row("texts alone", {{u"a"_s, text}, {u"b"_s, word}}, {u"a"_s, u"b"_s}, false, false);
        row("nothing", {}, {}, true, false);
    }
    void entries()
    {
        QFETCH(ConfigSet, effective);
        QFETCH(QStringList, others);
        QFETCH(bool, isRead);
        QFETCH(bool, expected);
        QCOMPARE(readEffective(effective).others, others);
        const ContainmentResult result = contains(single("a: 1\nb: 2\n"), effective);
        QCOMPARE(result.obstacle == ContainmentResult::Obstacle::None, isRead);
        QVERIFY2(result.contains == expected, qPrintable(result.why));
    }

    void noEffectiveFiles()
    {
        QVERIFY(!contains(single("a: 1"), ConfigSet()).contains);
        QVERIFY(contains(ConfigSet(), ConfigSet()).contains);
    }

    void isBounded()
    {
        QByteArray wanted;
        QByteArray effective;
        for (int i = 0; i < 20'000; ++i) {
            wanted += "k" + QByteArray::number(i) + ": 1\n";
            effective += "k" + QByteArray::number(i) + ": 2\nx" + QByteArray::number(i) + ": 1\n";
        }
        const ContainmentResult result = contains(single(wanted), single(effective), {.maxReports = 10});
        QVERIFY(!result.contains && result.truncated);
        QCOMPARE(result.differences.size(), size_t(10));
        QCOMPARE(result.others.size(), size_t(10));
    }

    void cutsLongTexts()
    {
        const ContainmentResult result = contains(single("a: " + QByteArray(100'000, 'x')),
                                                  single("a: [" + QByteArray("1, ").repeated(50'000) + "]"));
        QVERIFY(result.differences.front().wanted.size() <= 201);
        QVERIFY(result.differences.front().effective.size() <= 201);
    }

    void realPairs_data()
    {
        QTest::addColumn<QByteArray>("wanted");
        QTest::addColumn<QByteArray>("effective");
        QTest::addColumn<bool>("expected");
        const QByteArrayList names{"anchors",    "connectors", "debug", "defaults", "durations", "env",
                                   "extensions", "memory",     "named", "otlphttp", "scalars",   "seed"};
        for (const QByteArray &wanted : names) {
            for (const QByteArray &effective : names)
                QTest::addRow("RC10 real pair: %s in %s", wanted.constData(), effective.constData())
                    << wanted << effective << (wanted == effective);
            QTest::addRow("RC10 real pair: %s in fresh-start", wanted.constData())
                << wanted << QByteArray("fresh-start") << false;
        }
        QTest::addRow("RC10 real pair: overlay on a base file")
            << QByteArray("overlay") << QByteArray("overlay") << true;
        QTest::addRow("RC10 real pair: overlay at a plain gateway")
            << QByteArray("overlay") << QByteArray("seed") << false;
        QTest::addRow("RC10 real pair: seed with own telemetry")
            << QByteArray("seed") << QByteArray("own-telemetry") << true;
        QTest::addRow("RC10 real pair: named on a base file")
            << QByteArray("named") << QByteArray("named-on-base") << true;
        QTest::addRow("RC10 real pair: extensions at the base file's")
            << QByteArray("extensions") << QByteArray("named-on-base") << false;
    }
    void realPairs()
    {
        QFETCH(QByteArray, wanted);
        QFETCH(QByteArray, effective);
        QFETCH(bool, expected);
        const ContainmentResult result =
            contains(single(pairFile(wanted + ".wanted.yaml")), single(pairFile(effective + ".effective.yaml")));
        QVERIFY(result.wantedProblems.empty() && result.effectiveProblems.empty());
        QVERIFY2(result.contains == expected, show(result.differences).join('\n').constData());
        QCOMPARE(result.differences.empty(), expected);
    }

    void realFiles_data()
    {
        QTest::addColumn<bool>("unnamed");
        QTest::addColumn<QByteArray>("effective");
        QTest::addColumn<bool>("expected");
        QTest::addRow("RC6 two named files") << false << QByteArray("multifile") << true;
        QTest::addRow("RC6 and an unnamed one") << true << QByteArray("multifile-unnamed") << true;
        QTest::addRow("RC6 before defaults are filled in") << true << QByteArray("multifile-composed") << true;
        QTest::addRow("RC6 the unnamed one is missing") << true << QByteArray("multifile") << false;
        QTest::addRow("RC6 the unnamed one is too much") << false << QByteArray("multifile-unnamed") << false;
    }
    void realFiles()
    {
        QFETCH(bool, unnamed);
        QFETCH(QByteArray, effective);
        QFETCH(bool, expected);
        ConfigSet wanted;
        wanted.files[QStringLiteral("10-receivers")].body = pairFile("part-10.yaml");
        wanted.files[QStringLiteral("20-service")].body = pairFile("part-20.yaml");
        if (unnamed)
            wanted.files[QString()].body = pairFile("part-unnamed.yaml");
        const auto result = contains(wanted, single(pairFile(effective + ".effective.yaml")));
        QVERIFY2(result.contains == expected, show(result.differences).join('\n').constData());
    }

    void realAdditionsAreByDesign()
    {
        const auto result = contains(single(pairFile("seed.wanted.yaml")), single(pairFile("seed.effective.yaml")));
        const QByteArrayList designed = paths(result.byDesign, {Addition::Kind::Supervisor});
        QVERIFY(designed.contains(QByteArrayLiteral("extensions::opamp")));
        QVERIFY(designed.contains(QByteArrayLiteral("service::extensions[0]")));
        QVERIFY(designed.contains(QByteArrayLiteral("service::telemetry::resource")));
        QVERIFY(paths(result.others, {Addition::Kind::GatewayOwn}).isEmpty());
    }

    void realOwnTelemetryIsByDesign()
    {
        const auto result = contains(single(pairFile("seed.wanted.yaml")),
                                     single(pairFile("own-telemetry.effective.yaml")), {.ownTelemetryOffered = true});
        QVERIFY(result.contains);
        QCOMPARE(paths(result.byDesign, {Addition::Kind::OwnTelemetry}),
                 (QByteArrayList{"service::telemetry::logs::processors", "service::telemetry::metrics::readers"}));
    }

    void aConfigContainsItself()
    {
        // Odd ones too.
        for (const char *text :
             {"service: {extensions: [a, {b: }, [c]]}", "a: .nan", "a: [REDACTED]", "a: {name: x, value: y}",
              "exporters: {otlp: {headers: [{name: a, value: b}]}}", "? ''\n: 1", "a: ${env:X}"})
            QVERIFY2(contains(single(text), single(text)).contains, text);
    }

    void aPairIsFast()
    {
        const ConfigSet wanted = single(pairFile("durations.wanted.yaml"));
        const ConfigSet effective = single(pairFile("durations.effective.yaml"));
        bool all = true;
        QBENCHMARK
        {
            all = all && contains(wanted, effective).contains;
        }
        QVERIFY(all);
    }
};

QTEST_APPLESS_MAIN(TestContains)
#include "tst_contains.moc"
