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
        same("durations", "a: {b: 5s, c: 1h}", "a: {b: 5000ms, c: 1h0m0s}");
        same("enum words", "a: {verbosity: detailed, level: INFO}", "a: {verbosity: Detailed, level: info}");
        same("references", "a: {b: '${env:X}', c: 'h:${env:P}'}", "a: {b: 5, c: 'h:1'}");
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
        differs("a text and a number", "a: {b: '1'}", "a: {b: 1}", {"a::b: different \"1\"/1"});
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
        differs("references match scalars only", "a: {b: '${env:X}'}", "a: {b: [1]}",
                {"a::b: different \"${env:X}\"/[1]"});
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
    }
    void unreadable()
    {
        QFETCH(QByteArray, wanted);
        QFETCH(QByteArray, effective);
        QFETCH(bool, wantedIsBad);
        const ContainmentResult result = contains(single(wanted), single(effective));
        QVERIFY(!result.contains);
        QCOMPARE(hasErrors(result.wantedProblems), wantedIsBad);
        QCOMPARE(hasErrors(result.effectiveProblems), !wantedIsBad);
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
