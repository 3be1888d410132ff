// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/check.h"

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

} // namespace

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
