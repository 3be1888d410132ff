// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/collectorwords.h"

#include <QTest>

using namespace flowgate::collector;

namespace {

/// Paths and lines of the problems, as one text.
QString placesOf(const Problems &problems)
{
    QStringList places;
    for (const Problem &problem : problems)
        places.append(QStringLiteral("%1 %2").arg(problem.line).arg(problem.path));
    return places.join(u'\n');
}

const char *const config = "receivers:\n"                                // 1
                           "  otlp:\n"                                   // 2
                           "    protocols:\n"                            // 3
                           "      grpc:\n"                               // 4
                           "        endpoin: x\n"                        // 5
                           "        keepalive: {time: soon}\n"           // 6
                           "      http: {cors: {nope: 1}, endpont: a}\n" // 7
                           "processors:\n"                               // 8
                           "  batch/a b: {timeout: -1s}\n"               // 9
                           "exporters:\n"                                // 10
                           "  nosuch:\n"                                 // 11
                           "  debug:\n"                                  // 12
                           "    verbosty: detailed\n"                    // 13
                           "    verbosity: shouting\n"                   // 14
                           "  otlp_http/x.y:\n"                          // 15
                           "    headers:\n"                              // 16
                           "      a: {b: c}\n"                           // 17
                           "servce: 1\n"                                 // 18
                           "service:\n"                                  // 19
                           "  telemetry: {metrics: {level: loud}}\n"     // 20
                           "  pipelines:\n"                              // 21
                           "    logs:\n"                                 // 22
                           "      receivers: [otlp]\n"                   // 23
                           "      exporters:\n"                          // 24
                           "        - debug\n"                           // 25
                           "        - nope\n"                            // 26
                           "    strange: {}\n";                          // 27

const char *const unmarshal = "Error: failed to get config: cannot unmarshal the configuration: decoding failed due to "
                              "the following error(s):\n\n";

} // namespace

class TestCollectorWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsPlaces_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("places");
        const auto row = [](const char *name, const QByteArray &words, const char *places) {
            QTest::addRow("%s", name) << QString::fromUtf8(words) << QString::fromUtf8(places);
        };
        row("unknown type",
            QByteArray(unmarshal) +
                "'exporters' unknown type: \"nosuch\" for id: \"nosuch\" (valid values: [debug otlp])\n",
            "11 exporters::nosuch");
        row("keys at two depths of two components",
            QByteArray(unmarshal) +
                "'receivers' error reading configuration for \"otlp\": decoding failed due to the following "
                "error(s):\n\n'protocols.grpc' decoding failed due to the following error(s):\n\n"
                "'configgrpc.ServerConfig' has invalid keys: endpoin\n"
                "'keepalive' decoding failed due to the following error(s):\n\n"
                "'time' time: invalid duration\n"
                "'protocols.http' decoding failed due to the following error(s):\n\n"
                "'cors' decoding failed due to the following error(s):\n\n"
                "'confighttp.CORSConfig' has invalid keys: nope\n"
                "'otlpreceiver.HTTPConfig' has invalid keys: endpont\n"
                "'exporters' error reading configuration for \"debug\": decoding failed due to the following "
                "error(s):\n\n'verbosity' unknown metrics level \"shouting\"\n"
                "'debugexporter.Config' has invalid keys: verbosty\n",
            "5 receivers::otlp::protocols::grpc::endpoin\n"
            "6 receivers::otlp::protocols::grpc::keepalive::time\n"
            "7 receivers::otlp::protocols::http::cors::nope\n"
            "7 receivers::otlp::protocols::http::endpont\n"
            "14 exporters::debug::verbosity\n"
            "13 exporters::debug::verbosty");
        row("a map key in brackets, a name with a dot",
            QByteArray(unmarshal) +
                "'exporters' error reading configuration for \"otlp_http/x.y\": decoding failed due to the following "
                "error(s):\n\n'headers' decoding failed due to the following error(s):\n\n"
                "'[a]' expected type 'configopaque.String', got unconvertible type 'map[string]interface {}'\n",
            "17 exporters::otlp_http/x.y::headers::a");
        row("a section that nobody knows",
            QByteArray(unmarshal) + "'service.telemetry.metrics' decoding failed due to the following error(s):\n\n"
                                    "'level' unknown metrics level \"loud\"\n"
                                    "'otelcol.configSettings' has invalid keys: servce\n",
            "20 service::telemetry::metrics::level\n18 servce");
        row("ids",
            QByteArray(unmarshal) + "'processors' '' in \"a b\" id: invalid character(s) in name \"a b\"\n"
                                    "'service.pipelines' in \"strange\" id: unknown pipeline signal: \"strange\"\n",
            "9 processors::batch/a b\n27 service::pipelines::strange");
        row("validation",
            "Error: service::pipelines::logs: references exporter \"nope\" which is not configured\n"
            "exporters::otlp_http/x.y: at least one endpoint must be specified\n"
            "processors::memory_limiter: 'check_interval' must be greater than zero\n",
            "26 service::pipelines::logs::exporters[1]\n15 exporters::otlp_http/x.y\n8 processors");
        row("behind a log", "2026-11-24T10:00:00Z\twarn\tunset variable\nError: empty configuration file\n", "0 ");
        row("no Error at all", "usage: cat [FILE]\n", "0 ");
        row("nothing", "\n \n", "");
    }

    void findsPlaces()
    {
        QFETCH(QString, words);
        QFETCH(QString, places);
        const Problems problems = problemsFromWords(words, readConfig(QByteArray(config)));
        QCOMPARE(placesOf(problems), places);
        QVERIFY(std::ranges::all_of(problems, [](const Problem &p) { return p.severity == Severity::Error; }));
    }

    void findsLinesOfSyntaxErrors_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("line");
        const QString head = QStringLiteral("Error: failed to get config: cannot resolve the configuration: yaml: ");
        QTest::addRow("its scanner counts from 1")
            << head + QStringLiteral("line 4: mapping values are not allowed") << 4;
        QTest::addRow("its parser counts from 0")
            << head + QStringLiteral("line 1: did not find expected ',' or ']'") << 2;
        QTest::addRow("a line of its own")
            << head + QStringLiteral("unmarshal errors:\n  line 2: mapping key \"receivers\" already defined at line 1")
            << 2;
    }

    void findsLinesOfSyntaxErrors()
    {
        QFETCH(QString, words);
        QFETCH(int, line);
        const Problems problems = problemsFromWords(words, readConfig(QByteArray("a: [\n")));
        QCOMPARE(problems.size(), size_t(1));
        QCOMPARE(problems.front().line, line);
        // Of two files it does not say which.
        flowgate::domain::ConfigSet two;
        two.files[QStringLiteral("a")].body = "a: [\n";
        two.files[QStringLiteral("b")].body = "b: 1\n";
        QCOMPARE(problemsFromWords(words, readConfig(two)).front().line, 0);
    }

    void isBounded()
    {
        const ConfigTree tree = readConfig(QByteArray(config));
        const Problems many = problemsFromWords(QStringLiteral("x\n").repeated(100'000), tree);
        QCOMPARE(many.size(), size_t(50));
        const Problems brackets = problemsFromWords(u'\'' + QStringLiteral("[.").repeated(500'000) + u'\'', tree);
        QCOMPARE(brackets.size(), size_t(1));
        QVERIFY(brackets.front().text.size() <= 1000);
    }
};

QTEST_GUILESS_MAIN(TestCollectorWords)
#include "tst_collectorwords.moc"
