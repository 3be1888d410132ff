// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/check.h"
#include "collector/nearest.h"
#include "collector/sizecheck.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace flowgate::collector;

namespace {

/// "line:column path", a warning with a leading "w".
QByteArrayList show(const Problems &problems)
{
    QByteArrayList lines;
    for (const Problem &p : problems)
        lines += (p.severity == Severity::Warning ? "w" : "") + QByteArray::number(p.line) + ':' +
                 QByteArray::number(p.column) + ' ' + p.path.toUtf8();
    return lines;
}

const QByteArray good = "receivers: {otlp: }\nexporters: {debug: }\n";

// Configs of a size.

using Maker = QByteArray (*)(int);

QByteArray numbered(int count, const char *before, const char *after)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += before + QByteArray::number(i) + after;
    return text;
}

/// Pipelines that each write to a connector of their own. @param readBy  the one that a pipeline reads, or -1
QByteArray linked(int count, const std::function<int(int)> &readBy)
{
    QByteArray text = good + "connectors:\n" + numbered(count, "  forward/", ":\n") + "service:\n  pipelines:\n";
    for (int i = 0; i < count; ++i) {
        const int read = readBy(i);
        text += "    logs/" + QByteArray::number(i) + ": {receivers: [otlp" +
                (read < 0 ? QByteArray() : ", forward/" + QByteArray::number(read)) + "], exporters: [debug, forward/" +
                QByteArray::number(i) + "]}\n";
    }
    return text;
}

QByteArray chain(int count)
{
    return linked(count, [](int i) { return i - 1; });
}

QByteArray circle(int count)
{
    return linked(count, [count](int i) { return (i + count - 1) % count; });
}

QByteArray circles(int count)
{
    return linked(count, [](int i) { return i ^ 1; });
}

QByteArray star(int count)
{
    return good + "connectors: {forward: }\nservice:\n  pipelines:\n" +
           numbered(count, "    logs/in", ": {receivers: [otlp], exporters: [forward]}\n") +
           numbered(count, "    logs/out", ": {receivers: [forward], exporters: [debug]}\n");
}

QByteArray misfits(int count)
{
    return good + "connectors: {forward: }\nservice:\n  pipelines:\n" +
           numbered(count, "    logs/in", ": {receivers: [otlp], exporters: [forward]}\n") +
           numbered(count, "    metrics/out", ": {receivers: [forward], exporters: [debug]}\n") +
           numbered(count, "    x", ": {receivers: [forward], exporters: [debug]}\n");
}

QByteArray mistyped(int count)
{
    return "receivers: {otlp: }\nexporters:\n" + numbered(count, "  debug/right", ":\n") +
           "service: {pipelines: {logs: {receivers: [otlp], exporters: [" + numbered(count, "debug/rihgt", ", ") +
           "]}}}\n";
}

QByteArray ports(int count)
{
    return "receivers:\n" + numbered(count, "  otlp/", ": {protocols: {http: {endpoint: ':4318'}}}\n") +
           "exporters: {debug: }\nservice: {pipelines: {logs: {exporters: [debug], receivers: [" +
           numbered(count, "otlp/", ", ") + "]}}}\n";
}

QByteArray unknownTypes(int count)
{
    return "receivers:\n" + numbered(count, "  otlq", ":\n") + "exporters: {debug: }\n" +
           "service: {pipelines: {logs: {exporters: [debug], receivers: [" + numbered(count, "otlq", ", ") + "]}}}\n";
}

QByteArray unknownKeys(int count)
{
    return numbered(count, "receivers", ":\n") + "receivers: {nop: }\nexporters:\n  debug:\n" +
           numbered(count, "    verbosity", ": detailed\n") +
           "service: {pipelines: {logs: {exporters: [debug], receivers: [nop]}}}\n";
}

QByteArray unused(int count)
{
    return good + "processors:\n" + numbered(count, "  batch/", ":\n") +
           "service: {pipelines: {logs: {exporters: [debug], receivers: [otlp]}}}\n";
}

QByteArray repeated(int count)
{
    return good + "service: {pipelines: {logs: {exporters: [" + QByteArray("debug, ").repeated(count) +
           "], receivers: [" + QByteArray("otlp, ").repeated(count) + "]}}}\n";
}

} // namespace

Q_DECLARE_METATYPE(Maker)

class TestCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArrayList>("expected");
        QTest::addColumn<QByteArray>("words"); // in the first
        const auto row = [](const char *name, const QByteArray &text, const QByteArrayList &expected,
                            const char *words) { QTest::addRow("%s", name) << text << expected << QByteArray(words); };
        const QByteArray pipelines = good + "service:\n  pipelines:\n";
        row("all is well", pipelines + "    logs: {receivers: [otlp], exporters: [debug]}\n", {}, "");
        row("nothing", "", {"0:0 service"}, "no section 'service'");
        row("unknown section", pipelines + "    logs: {receivers: [otlp], exporters: [debug]}\nexporter: {}\n",
            {"6:1 exporter"}, "Did you mean 'exporters'?");
        row("a section of somebody's own",
            "x-common: {}\n" + pipelines + "    logs: {receivers: [otlp], exporters: [debug]}\n", {"1:1 x-common"},
            "no section 'x-common'");
        row("undefined exporter", pipelines + "    logs: {receivers: [otlp], exporters: [debug, kafka]}\n",
            {"5:50 service::pipelines::logs::exporters[1]"}, "'kafka' is not defined in 'exporters'");
        row("undefined receiver and processor",
            pipelines + "    logs: {receivers: [otlp, a], processors: [b], exporters: [debug]}\n",
            {"5:30 service::pipelines::logs::receivers[1]", "5:47 service::pipelines::logs::processors[0]"}, "'a'");
        row("unused", pipelines + "    logs: {receivers: [otlp], exporters: [debug]}\nprocessors:\n  batch:\n",
            {"w7:3 processors::batch"}, "no pipeline uses it");
        row("unused extension",
            pipelines + "    logs: {receivers: [otlp], exporters: [debug]}\nextensions:\n  zpages:\n",
            {"w7:3 extensions::zpages"}, "not in service::extensions");
        row("undefined extension",
            pipelines + "    logs: {receivers: [otlp], exporters: [debug]}\n  extensions: [zpages, opamp]\n",
            {"6:16 service::extensions[0]"}, "'zpages' is not defined");
        row("no receivers",
            pipelines + "    logs: {exporters: [debug]}\n    traces: {receivers: [otlp], exporters: [debug]}\n",
            {"5:5 service::pipelines::logs"}, "no receivers");
        row("no exporters, empty list",
            pipelines +
                "    logs: {receivers: [otlp], exporters: []}\n    traces: {receivers: [otlp], exporters: [debug]}\n",
            {"5:5 service::pipelines::logs"}, "no exporters");
        row("an empty pipeline", pipelines + "    logs:\n    traces: {receivers: [otlp], exporters: [debug]}\n",
            {"5:5 service::pipelines::logs", "5:5 service::pipelines::logs"}, "no receivers");
        row("unknown signal", pipelines + "    log: {receivers: [otlp], exporters: [debug]}\n",
            {"5:5 service::pipelines::log"}, "'log' is no signal");
        row("no pipelines", "service:\n  telemetry:\n", {"1:1 service::pipelines"}, "No pipeline");
        row("unknown key of service",
            good + "service:\n  pipeline:\n  pipelines:\n    logs: {receivers: [otlp], exporters: [debug]}\n",
            {"4:3 service::pipeline"}, "Did you mean 'pipelines'?");
        row("unknown key of a pipeline",
            pipelines + "    logs: {receiver: [otlp], receivers: [otlp], exporters: [debug]}\n",
            {"5:12 service::pipelines::logs::receiver"}, "Did you mean 'receivers'?");
        row("processor twice",
            "processors: {batch: }\n" + pipelines +
                "    logs: {receivers: [otlp], processors: [batch, batch], exporters: [debug]}\n",
            {"6:51 service::pipelines::logs::processors[1]"}, "already");
        row("ids that are none", "receivers:\n  /2:\n  otlp/:\n  1x:\n  a b:\n" + QByteArray(),
            {"0:0 service", "2:3 receivers::/2", "w2:3 receivers::/2", "3:3 receivers::otlp/", "w3:3 receivers::otlp/",
             "4:3 receivers::1x", "w4:3 receivers::1x", "5:3 receivers::a b", "w5:3 receivers::a b"},
            "service");
        row("settings that are no map",
            "receivers: {otlp: 5}\nexporters: {debug: [a]}\nservice:\n  pipelines:\n"
            "    logs: {receivers: [otlp], exporters: [debug]}\n",
            {"1:19 receivers::otlp", "2:20 exporters::debug"}, "map");
        row("a section that is a list",
            "receivers: [otlp]\n" + pipelines.mid(pipelines.indexOf('\n') + 1) +
                "    logs: {receivers: [otlp], exporters: [debug]}\n",
            {"1:1 receivers", "5:24 service::pipelines::logs::receivers[0]"}, "map of components");
        row("a list that is a word", pipelines + "    logs: {receivers: otlp, exporters: [debug]}\n",
            {"w1:13 receivers::otlp", "5:23 service::pipelines::logs::receivers"}, "");
        row("connector as both",
            "connectors: {forward: }\n" + pipelines +
                "    logs/a: {receivers: [otlp], exporters: [forward]}\n    logs/b: {receivers: [forward], exporters: "
                "[debug]}\n",
            {}, "");
        row("connector as an exporter only",
            "connectors: {forward: }\n" + pipelines + "    logs/a: {receivers: [otlp], exporters: [forward, debug]}\n",
            {"1:14 connectors::forward"}, "exporter of a pipeline, but");
        row("connector called as an exporter",
            "connectors: {debug: }\n" + pipelines + "    logs/a: {receivers: [otlp], exporters: [debug]}\n",
            {"1:14 connectors::debug", "w1:14 connectors::debug", "w1:14 connectors::debug"}, "'exporters' too");
        row("references are not judged", pipelines + "    logs: {receivers: ['${env:R}'], exporters: '${env:E}'}\n", {},
            "");
        const QByteArray pipeline = "service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}\n";
        row("a section behind a reference", "receivers: ${file:r.yaml}\nexporters: {debug: }\n" + pipeline, {}, "");
        row("every section behind a reference",
            "receivers: ${file:r.yaml}\nexporters: ${env:E}\nprocessors: ${yaml:batch:}\nconnectors: ${C}\n"
            "extensions: ${env:X}\nservice: {extensions: [a], pipelines: {logs: {receivers: [otlp], processors: [p], "
            "exporters: [debug]}}}\n",
            {}, "");
        row("service behind a reference", good + "service: ${file:s.yaml}\n", {}, "");
        row("pipelines behind a reference", good + "service: {pipelines: '${file:p.yaml}'}\n", {}, "");
        row("one pipeline behind a reference",
            good + "service: {pipelines: {logs: '${file:p.yaml}', traces: {receivers: [otlp], exporters: [debug]}}}\n",
            {}, "");
        row("a component behind a reference", "receivers: {otlp: '${file:o.yaml}'}\nexporters: {debug: }\n" + pipeline,
            {}, "");
        row("a part of a component behind a reference",
            "receivers: {otlp: {protocols: '${file:o.yaml}'}}\nexporters: {debug: {sampling_initial: '${env:N}'}}\n" +
                pipeline,
            {}, "");
        row("extensions behind a reference",
            good + "service: {extensions: '${env:X}', pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}\n",
            {}, "");
        row("a connector may stand behind a reference",
            good + "connectors: ${file:c.yaml}\nservice:\n  pipelines:\n"
                   "    logs: {receivers: [otlp], exporters: [debug, count]}\n"
                   "    metrics: {receivers: [count], exporters: [debug]}\n",
            {}, "");
        row("a connector's other end may stand behind a reference",
            good + "connectors: {forward: }\nservice:\n  pipelines:\n"
                   "    logs: {receivers: [otlp], exporters: [forward]}\n"
                   "    metrics: {receivers: [forward], exporters: [debug]}\n"
                   "    logs/more: ${file:p.yaml}\n",
            {}, "");
        row("the same without one",
            good + "connectors: {forward: }\nservice:\n  pipelines:\n"
                   "    logs: {receivers: [otlp], exporters: [forward]}\n"
                   "    metrics: {receivers: [forward], exporters: [debug]}\n",
            {"6:43 service::pipelines::logs::exporters", "7:27 service::pipelines::metrics::receivers"}, "cannot join");
        row("a port behind a reference",
            "receivers:\n  otlp: {protocols: {grpc: {endpoint: '${env:A}'}}}\n"
            "  otlp/2: {protocols: {grpc: {endpoint: '${env:A}'}}}\n"
            "  otlp/3: {protocols: {grpc: '${env:G}'}}\n  otlp/4: {protocols: '${file:p}'}\nexporters: {debug: }\n"
            "service: {pipelines: {logs: {receivers: [otlp, otlp/2, otlp/3, otlp/4], exporters: [debug]}}}\n",
            {}, "");
        row("a reference hides no other section",
            "receivers: ${file:r.yaml}\nexporters: {debug: }\nservice: {pipelines: {logs: {receivers: [otlp], "
            "processors: [batch], exporters: [debug, x]}}}\n",
            {"3:62 service::pipelines::logs::processors[0]", "3:89 service::pipelines::logs::exporters[1]"},
            "'batch' is not defined");
        row("an end behind a byte order mark",
            "\xef\xbb\xbf" + good + "service: {pipelines: {logs: {receivers: [otlp, x], exporters: [debug]}}}\n",
            {"3:48 service::pipelines::logs::receivers[1]"}, "'x' is not defined");
        row(
            "UTF-16",
            QByteArray("\xff\xfe", 2) +
                [] {
                    QByteArray units;
                    for (const char c :
                         good + "service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}\n")
                        units += QByteArray(1, c) + '\0';
                    return units;
                }(),
            {"1:1 "}, "The text is UTF-16. Save the file with UTF-8");
        row("a circle through a shared connector",
            good + "connectors: {forward: , forward/2: }\nservice:\n  pipelines:\n"
                   "    logs: {receivers: [otlp], exporters: [forward]}\n"
                   "    logs/1: {receivers: [forward, forward/2], exporters: [forward/2, debug]}\n",
            {"7:59 service::pipelines::logs/1::exporters"}, "logs/1 \u2192 logs/1");
        row("syntax alone, where it is broken", "receivers:\n\totlp:\nservice:\n  pipelines: {}\n", {"2:1 receivers"},
            "tab");
        row("syntax and sections", "receivrs:\n  otlp:\nb: [\n", {"1:1 receivrs", "3:1 b", "3:5 b[0]"}, "");
        row("a root that is a list", "- a\n", {"1:1 "}, "");
    }
    void finds()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArrayList, expected);
        QFETCH(QByteArray, words);
        const Problems problems = check(text);
        QCOMPARE(show(problems), expected);
        if (!problems.empty())
            QVERIFY2(problems.front().text.contains(QString::fromUtf8(words)), qPrintable(problems.front().text));
    }

    void namesTheFile()
    {
        flowgate::domain::ConfigSet config;
        config.files[QStringLiteral("a")].body = good;
        config.files[QStringLiteral("b")].body =
            "\n\nservice: {pipelines: {logs: {receivers: [otlp, x], exporters: [debug]}}}";
        const Problems problems = check(config);
        QCOMPARE(problems.size(), size_t(1));
        QCOMPARE(problems.front().file, QStringLiteral("b"));
        QCOMPARE(problems.front().line, 3);
    }

    void isBounded()
    {
        QByteArray text = "receivers:\n";
        for (int i = 0; i < 30'000; ++i)
            text += "  otlp/" + QByteArray::number(i) + ": 5\n";
        const Problems problems = check(text);
        QVERIFY(hasErrors(problems));
        QVERIFY(static_cast<int>(problems.size()) <= YamlLimits().problems);
    }

    /// A hundred warnings must not make a config with an error start.
    void warningsHideNoError()
    {
        QByteArray text = "receivers: {otlp: }\nexporters:\n";
        for (int i = 0; i < 300; ++i)
            text += "  debug/" + QByteArray::number(i) + ":\n";
        text += "  debug: {verbosty: detailed}\n";
        text += "service: {pipelines: {logs: {receivers: [otlp], exporters: [debug]}}}\n";
        const Problems problems = check(text);
        QCOMPARE(problems.size(), size_t(YamlLimits().problems));
        QVERIFY(hasErrors(problems));
    }

    void warnsOfWhatCannotBeCompared()
    {
        QByteArray text = "receivers: {nop: }\nexporters:\n";
        QByteArray ids;
        for (int i = 0; i < 12'000; ++i) {
            text += "  otlp_http/" + QByteArray::number(i) + ": {endpoint: 'http://x'}\n";
            ids += "otlp_http/" + QByteArray::number(i) + ", ";
        }
        const QByteArray rest = "service: {pipelines: {logs: {receivers: [nop], exporters: [" + ids + "]}}}\n";
        const Problems problems = check(text + rest);
        QCOMPARE(show(problems), QByteArrayList{"w0:0 "});
        QVERIFY2(problems.front().text.contains(QStringLiteral("a rollout cannot prove it")),
                 qPrintable(problems.front().text));
        QVERIFY(check(text + rest, {.nodes = 2'000'000}).empty());
    }

    /// Of the real pairs: near enough to say whether the limit is reached.
    void knowsHowMuchIsReported_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"debug", "defaults", "durations", "memory", "otlphttp", "seed", "extensions"})
            QTest::addRow("%s", name) << QString::fromLatin1(name);
    }
    void knowsHowMuchIsReported()
    {
        QFETCH(QString, name);
        const auto tree = [&](const QString &side) {
            QFile file(QStringLiteral(FLOWGATE_TEST_DATA "/collector/pairs/%1.%2.yaml").arg(name, side));
            return file.open(QIODevice::ReadOnly) ? readConfig(file.readAll()) : ConfigTree();
        };
        // What the supervisor adds is the same for each config, however large: its extension and its telemetry.
        constexpr qint64 supervisor = 70;
        const qint64 real = nodeCount(tree(QStringLiteral("effective")).root);
        const qint64 expected = expectedValues(shippedSchema(), tree(QStringLiteral("wanted"))) + supervisor;
        QVERIFY2(expected > real * 2 / 3 && expected < real * 3 / 2,
                 qPrintable(QStringLiteral("%1 expected, %2 reported").arg(expected).arg(real)));
    }

    /// Twice the config takes little more than twice the steps: n log n has 2.2 of them, n squared has 4.
    void stepsGrowWithTheConfig_data()
    {
        QTest::addColumn<Maker>("make");
        QTest::addColumn<int>("size");
        QTest::addRow("a chain of connectors") << Maker(chain) << 2000;
        QTest::addRow("a circle of connectors") << Maker(circle) << 2000;
        QTest::addRow("circles beside each other") << Maker(circles) << 2000;
        QTest::addRow("one connector that joins all") << Maker(star) << 2000;
        QTest::addRow("connectors that cannot join") << Maker(misfits) << 1000;
        QTest::addRow("mistyped references") << Maker(mistyped) << 2500;
        QTest::addRow("one port for all") << Maker(ports) << 2000;
        QTest::addRow("unknown types") << Maker(unknownTypes) << 2000;
        QTest::addRow("unknown keys") << Maker(unknownKeys) << 2000;
        QTest::addRow("unused components") << Maker(unused) << 2000;
        QTest::addRow("the same id again and again") << Maker(repeated) << 2000;
    }
    void stepsGrowWithTheConfig()
    {
        QFETCH(Maker, make);
        QFETCH(int, size);
        const auto stepsOf = [&](int count) {
            Work work;
            const Problems problems = check(readConfig(make(count)), {}, &work);
            if (static_cast<int>(problems.size()) > YamlLimits().problems)
                qFatal("too many problems");
            return double(work.steps());
        };
        const double one = stepsOf(size);
        const double two = stepsOf(2 * size);
        QVERIFY2(two < 2.5 * one, qPrintable(QStringLiteral("%1 steps, then %2").arg(one).arg(two)));
        QVERIFY2(two < 2 * size * 1000.0, qPrintable(QStringLiteral("%1 steps").arg(two)));
    }

    void longTextsOfCirclesAreCut()
    {
        const Problems problems = check(readConfig(circle(4000)));
        const auto told = std::ranges::find_if(
            problems, [](const Problem &problem) { return problem.text.contains(QStringLiteral("feed themselves")); });
        QVERIFY(told != problems.end());
        QVERIFY(told->text.size() < 500);
        QVERIFY(told->text.contains(QStringLiteral("3,993 more")));
    }

    /// Beyond that many comparisons there are no suggestions, and no more work.
    void suggestionsAreBounded()
    {
        QByteArrayList words;
        for (int i = 0; i < 50'000; ++i)
            words.append("otlp/" + QByteArray::number(100'000 + i));
        NearestWords nearest(words);
        Work work;
        int found = 0;
        for (int i = 0; i < 100; ++i)
            found += nearest.find("otlp/x" + QByteArray::number(10'000 + i), &work).isEmpty() ? 0 : 1;
        QVERIFY(found > 0);
        QVERIFY2(work.steps() < 100 * 50'000 + 200'000 * 20, qPrintable(QString::number(work.steps())));
    }

    void nearestWords_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *typed, const char *expected) {
            QTest::addRow("%s", typed) << QByteArray(typed) << QByteArray(expected);
        };
        row("otlp", "otlp");
        row("OTLP", "otlp");
        row("otpl", "otlp");
        row("olp", "otlp");
        row("ottlp", "otlp");
        row("xotlpx", "otlp");
        row("ot", ""); // of a short word two edits leave nothing
        row("o", "");
        row("kafkaa", "kafka");
        row("kaffkaa", "kafka");
        row("kafffkaa", "");
        row("debg", "debug");
        row("gubed", "");
        row("", "");
        row("exporters_exporters_exporters_exporters_", "exporters_exporters_exporters_exporters_xx");
        row("exporters_exporters_exporters_exporters__", ""); // longer than any name
    }
    void nearestWords()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, expected);
        QCOMPARE(nearestWord(typed, {"kafka", "debug", "otlp", "exporters_exporters_exporters_exporters_xx"}),
                 expected);
    }

    void endsWhereItIsNotWanted()
    {
        std::stop_source stop;
        stop.request_stop();
        Work cancelled(stop.get_token());
        (void)check(readConfig(chain(4000)), {}, &cancelled);
        QVERIFY(cancelled.isCancelled());
        Work whole;
        (void)check(readConfig(chain(4000)), {}, &whole);
        QVERIFY(!whole.isCancelled());
        QVERIFY2(cancelled.steps() < whole.steps() / 20, qPrintable(QString::number(cancelled.steps())));
    }

    void realConfigsAreFine_data()
    {
        QTest::addColumn<QString>("file");
        const QDir folder(QStringLiteral(FLOWGATE_TEST_DATA "/collector/pairs"));
        for (const QString &file :
             folder.entryList({QStringLiteral("*.wanted.yaml"), QStringLiteral("*.effective.yaml")}))
            if (!file.startsWith(QLatin1String("fresh-start")) &&
                file != QLatin1String("overlay.wanted.yaml")) // no pipelines
                QTest::addRow("%s", qPrintable(file)) << folder.filePath(file);
    }
    void realConfigsAreFine()
    {
        QFETCH(QString, file);
        QFile source(file);
        QVERIFY(source.open(QIODevice::ReadOnly));
        const Problems problems = check(source.readAll());
        QVERIFY2(!hasErrors(problems), qPrintable(problems.empty() ? QString() : problems.front().text));
    }
};

QTEST_APPLESS_MAIN(TestCheck)
#include "tst_check.moc"
