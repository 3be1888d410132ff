// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/language/completion.h"

#include <QTest>

#include <numeric>

using namespace flowgate::collector;

namespace {

const QString head = QStringLiteral("receivers:\n"
                                    "  otlp:\n"
                                    "    protocols:\n"
                                    "      grpc:\n"
                                    "  nop/in: {}\n"
                                    "exporters:\n"
                                    "  debug:\n"
                                    "connectors:\n"
                                    "  forward:\n"
                                    "extensions:\n"
                                    "  zpages:\n");

} // namespace

class TestCompletion : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void completes_data()
    {
        QTest::addColumn<QString>("text"); // the cursor is at |
        QTest::addColumn<QStringList>("has");
        QTest::addColumn<QStringList>("hasNot");
        const auto row = [](const char *name, const QString &text, const QStringList &has, const QStringList &hasNot) {
            QTest::addRow("%s", name) << text << has << hasNot;
        };
        const auto l = [](std::initializer_list<const char *> texts) {
            QStringList list;
            for (const char *text : texts)
                list.append(QString::fromLatin1(text));
            return list;
        };
        row("an empty text", QStringLiteral("|"), l({"receivers: ", "service: "}), l({"otlp: "}));
        row("a section begun", QStringLiteral("rec|"), l({"receivers: "}), l({"service: "}));
        row("types", QStringLiteral("receivers:\n  |"), l({"otlp: ", "kafka: "}), l({"debug: ", "receivers: "}));
        row("types begun, other kind", QStringLiteral("exporters:\n  de|"), l({"debug: "}), l({"otlp_grpc: "}));
        row("keys of a component", QStringLiteral("exporters:\n  debug:\n    |"),
            l({"verbosity: ", "sampling_initial: "}), l({"endpoint: "}));
        row("keys deep in one", QStringLiteral("receivers:\n  otlp/2:\n    protocols:\n      grpc:\n        en|"),
            l({"endpoint: "}), l({"tls: "}));
        row("keys with blank lines and comments between", QStringLiteral("exporters:\n\n  # say it\n  debug:\n\n    |"),
            l({"verbosity: "}), {});
        row("words", QStringLiteral("exporters:\n  debug:\n    verbosity: |"), l({"basic", "detailed"}), l({"true"}));
        row("a word begun", QStringLiteral("exporters:\n  debug:\n    verbosity: de|"), l({"detailed"}), l({"basic"}));
        row("true and false", QStringLiteral("exporters:\n  debug:\n    use_internal_logger: |"), l({"true", "false"}),
            {});
        row("a default", QStringLiteral("receivers:\n  otlp:\n    protocols:\n      grpc:\n        endpoint: |"),
            l({"localhost:4317"}), {});
        row("keys of service", QStringLiteral("service:\n  |"), l({"pipelines: ", "telemetry: "}), l({"logs: "}));
        row("signals", QStringLiteral("service:\n  pipelines:\n    |"), l({"logs: ", "traces: "}), {});
        row("parts of a pipeline", QStringLiteral("service:\n  pipelines:\n    logs:\n      |"),
            l({"receivers: ", "processors: ", "exporters: "}), {});
        row("receivers of a pipeline", head + QStringLiteral("service:\n  pipelines:\n    logs:\n      receivers: [|"),
            l({"otlp", "nop/in", "forward"}), l({"debug", "zpages"}));
        row("the second of a list",
            head + QStringLiteral("service:\n  pipelines:\n    logs:\n      exporters: [debug, fo|"), l({"forward"}),
            l({"debug"}));
        row("a list in lines",
            head + QStringLiteral("service:\n  pipelines:\n    logs:\n      exporters:\n        - |"),
            l({"debug", "forward"}), l({"otlp"}));
        row("a list in lines at the same depth",
            head + QStringLiteral("service:\n  pipelines:\n    logs:\n      exporters:\n      - d|"), l({"debug"}), {});
        row("extensions", head + QStringLiteral("service:\n  extensions: [|"), l({"zpages"}), l({"otlp"}));
        row("own telemetry", QStringLiteral("service:\n  telemetry:\n    logs:\n      le|"), l({"level: "}), {});
        row("a comment", QStringLiteral("exporters:\n  debug: # ver|"), {}, l({"verbosity: "}));
        row("unknown component", QStringLiteral("exporters:\n  mine:\n    |"), {}, l({"verbosity: "}));
    }
    void completes()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, has);
        QFETCH(QStringList, hasNot);
        const QString before = text.section(u'|', 0, 0);
        const int line = static_cast<int>(before.count(u'\n'));
        const int column = static_cast<int>(before.size() - before.lastIndexOf(u'\n') - 1);
        const Completions found = complete(shippedSchema(), QString(text).remove(u'|').split(u'\n'), line, column);
        for (const QString &one : has)
            QVERIFY2(found.texts.contains(one),
                     qPrintable(one + QStringLiteral(" is not in ") + found.texts.join(u',')));
        for (const QString &one : hasNot)
            QVERIFY2(!found.texts.contains(one), qPrintable(one));
        QVERIFY(before.right(found.typed.size()) == found.typed);
    }

    void reportedTypesComeFirst()
    {
        const QStringList lines{QStringLiteral("receivers:"), QStringLiteral("  ")};
        const Completions found =
            complete(shippedSchema(), lines, 1, 2,
                     {{QStringLiteral("receivers"), {QStringLiteral("own"), QStringLiteral("nop")}}});
        QCOMPARE(found.texts.mid(0, 3),
                 QStringList({QStringLiteral("nop: "), QStringLiteral("own: "), QStringLiteral("otlp: ")}));
        QCOMPARE(found.texts.count(QStringLiteral("nop: ")), 1);
    }

    /// A whole pipeline, each word taken from the list.
    void typesAPipelineByCompletionOnly()
    {
        QStringList lines{QString()};
        const auto take = [&lines](const QString &indent, const char *text) {
            lines.last() = lines.last().isEmpty() ? indent : lines.last();
            const Completions found = complete(shippedSchema(), lines, static_cast<int>(lines.size()) - 1,
                                               static_cast<int>(lines.last().size()));
            QVERIFY2(found.texts.contains(QString::fromLatin1(text)),
                     qPrintable(lines.join(u'\n') + u'|' + QString::fromLatin1(text)));
            lines.last().append(QString::fromLatin1(text));
        };
        const std::pair<int, QList<const char *>> script[] = {{0, {"receivers: "}},
                                                              {2, {"nop: "}},
                                                              {0, {"exporters: "}},
                                                              {2, {"debug: "}},
                                                              {4, {"verbosity: ", "detailed"}},
                                                              {0, {"service: "}},
                                                              {2, {"pipelines: "}},
                                                              {4, {"logs: "}},
                                                              {6, {"receivers: ", "[", "nop"}},
                                                              {6, {"exporters: ", "[", "debug"}}};
        for (const auto &[indent, words] : script) {
            for (const char *word : words) {
                if (*word == '[')
                    lines.last().append(u'[');
                else
                    take(QString(indent, u' '), word);
            }
            if (lines.last().contains(u'['))
                lines.last().append(u']');
            lines.append(QString());
        }
        QVERIFY(outline(lines.join(u'\n').toUtf8()).complete);
        QCOMPARE(outline(lines.join(u'\n').toUtf8()).pipelines.size(), size_t(1));
    }

    void indentsTheNextLine_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("indent");
        const std::pair<const char *, int> rows[] = {
            {"", 0},    {"receivers:", 2},  {"  otlp:", 4}, {"  otlp: # x", 4}, {"  a: b", 2},    {"    ", 4},
            {"- x", 0}, {"  - name: a", 4}, {"  - a:", 6},  {"  # note:", 2},   {"  text: |", 4}, {"  a: [b, c]", 2}};
        for (const auto &[line, indent] : rows)
            QTest::addRow("'%s'", line) << QString::fromLatin1(line) << indent;
    }
    void indentsTheNextLine()
    {
        QFETCH(QString, line);
        QFETCH(int, indent);
        QCOMPARE(indentAfter(line), indent);
    }

    void explains()
    {
        const QStringList lines = (head + QStringLiteral("service:\n"
                                                         "  pipelines:\n"
                                                         "    logs: {receivers: [otlp]}\n"
                                                         "    traces:\n"
                                                         "      receivers: [otlp, nop/in]\n"
                                                         "      exporters:\n"
                                                         "        - debug\n"))
                                      .split(u'\n');
        const auto component = explain(shippedSchema(), lines, 1, 3);
        QVERIFY(component && component->component);
        QCOMPARE(component->name, QStringLiteral("otlp"));
        QVERIFY(component->pipelines.contains(QStringLiteral("traces")));
        const auto reference = explain(shippedSchema(), lines, static_cast<int>(lines.size()) - 2, 12);
        QVERIFY(reference && reference->component);
        QCOMPARE(reference->component->kind, ComponentKind::Exporter);
        const QStringList key{QStringLiteral("exporters:"), QStringLiteral("  debug:"),
                              QStringLiteral("    verbosity: basic")};
        const auto value = explain(shippedSchema(), key, 2, 6);
        QVERIFY(value && value->value);
        QCOMPARE(value->value->words.size(), 4);
        QVERIFY(!explain(shippedSchema(), key, 2, 0));
        QVERIFY(!explain(shippedSchema(), key, 99, 0));
    }

    /// The same in one pass as one by one.
    void placesOfLinesAreThoseOfEach()
    {
        const QStringList lines = QStringLiteral("receivers:\n"
                                                 "  otlp:\n"
                                                 "    protocols: {grpc: }\n"
                                                 "# a comment: x\n"
                                                 "service:\n"
                                                 "  pipelines:\n"
                                                 "    logs:\n"
                                                 "      receivers:\n"
                                                 "      - otlp\n"
                                                 "      exporters:\n"
                                                 "        - debug\n"
                                                 "   odd: 1\n"
                                                 "      deeper:\n"
                                                 "    - a: 1\n"
                                                 "      b: [x\n"
                                                 "\n"
                                                 "  traces: {receivers: [otlp]}\n")
                                      .split(u'\n');
        std::vector<int> all(static_cast<size_t>(lines.size()));
        std::iota(all.begin(), all.end(), 0);
        const std::vector<Place> places = placesOfLines(lines, all);
        QCOMPARE(places.size(), all.size());
        for (int line = 0; line < lines.size(); ++line) {
            const Place one = placeAt(lines, line, static_cast<int>(lines[line].size()));
            const Place &other = places[size_t(line)];
            QCOMPARE(other.path, one.path);
            QCOMPARE(other.key, one.key);
            QCOMPARE(other.typed, one.typed);
            QCOMPARE(other.inValue, one.inValue);
        }
    }
};

QTEST_APPLESS_MAIN(TestCompletion)
#include "tst_completion.moc"
