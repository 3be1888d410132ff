// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/scalar.h"
#include "collector/yamlparser.h"

#include <QTest>

using namespace flowgate::collector;

namespace {

/// The problems as "line:column severity path | text" lines, to read in a failure.
QString show(const Problems &problems)
{
    QString text;
    for (const Problem &p : problems)
        text += QStringLiteral("%1:%2 %3 %4 | %5\n")
                    .arg(p.line)
                    .arg(p.column)
                    .arg(p.severity == Severity::Error ? QStringLiteral("error") : QStringLiteral("warning"), p.path,
                         p.text);
    return text;
}

QByteArray repeated(const char *piece, int count)
{
    return QByteArray(piece).repeated(count);
}

} // namespace

class TestYamlParser : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected"); // in flow style
        const auto row = [](const char *name, const char *text, const char *expected) {
            QTest::addRow("yaml.v3 %s", name) << QByteArray(text) << QString::fromUtf8(expected);
        };
        row("nothing", "", "null");
        row("a comment", "# nothing\n", "null");
        row("a map", "a: 1\nb: [x, 'y']\nc: {d: }\n", "{a: 1, b: [x, \"y\"], c: {d: null}}");
        row("block text", "a: |\n  x\n  y\nb: >-\n  x\n  y\n", "{a: \"x\\ny\\n\", b: \"x y\"}");
        row("alias", "a: &x {b: 1}\nc: *x\n", "{a: {b: 1}, c: {b: 1}}");
        row("alias to a scalar", "a: &x 5\nc: [*x, *x]\n", "{a: 5, c: [5, 5]}");
        row("anchor named anew", "a: &x 1\nb: *x\nc: &x 2\nd: *x\n", "{a: 1, b: 1, c: 2, d: 2}");
        row("alias as a key", "a: &x k\n*x : 2\n", "{a: k, k: 2}");
        row("merge", "a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n", "{a: {b: 1, c: 2}, d: {c: 3, b: 1}}");
        row("merge, key before it", "a: &x {c: 2}\nd:\n  c: 3\n  <<: *x\n", "{a: {c: 2}, d: {c: 3}}");
        row("merge, null key wins", "a: &x {c: 2}\nd: {<<: *x, c: }\n", "{a: {c: 2}, d: {c: null}}");
        row("merge list, first wins", "a: &x {c: 1}\nb: &y {c: 2, d: 2}\ne: {<<: [*x, *y]}\n",
            "{a: {c: 1}, b: {c: 2, d: 2}, e: {c: 1, d: 2}}");
        row("merge of a written map", "e: {<<: {c: 1}, d: 2}\n", "{e: {d: 2, c: 1}}");
        row("merge of merged", "a: &x {c: 1}\nb: &y {<<: *x, d: 2}\ne: {<<: *y}\n",
            "{a: {c: 1}, b: {d: 2, c: 1}, e: {d: 2, c: 1}}");
        row("quoted << is a key", "a: {\"<<\": 1}\n", "{a: {<<: 1}}");
        row("keys by their type", "0x10: a\nTrue: b\n", "{16: a, true: b}");
        row("long scalar key", "? a\n: b\n", "{a: b}");
        row("byte order mark",
            "\xef\xbb\xbf"
            "a: 1\n",
            "{a: 1}");
        const auto marked = [&](const char *name, const char *text, const char *expected) {
            QTest::addRow("yaml.v3 byte order mark %s", name)
                << QByteArray("\xef\xbb\xbf") + text << QString::fromUtf8(expected);
        };
        marked("before the first of several keys", "a: 1\nb: {c: 2}\n", "{a: 1, b: {c: 2}}");
        marked("and Windows line ends", "a: 1\r\nb: 2\r\n", "{a: 1, b: 2}");
        marked("before a comment", "# x\na: 1\nb: 2\n", "{a: 1, b: 2}");
        marked("before ---", "---\na: 1\nb: 2\n", "{a: 1, b: 2}");
        marked("before a directive", "%YAML 1.1\n---\na: 1\nb: 2\n", "{a: 1, b: 2}");
        marked("before blanks", "  a: 1\n  b: 2\n", "{a: 1, b: 2}");
        marked("before a list", "- a\n- b\n", "[a, b]");
        marked("alone", "", "null");
        row("byte order mark within a value", "a: \"x\xef\xbb\xbfy\"\nb: 2 # \xef\xbb\xbf\n",
            "{a: \"x\xef\xbb\xbfy\", b: 2}");
        row("Windows line ends", "a: 1\r\nb: 2\r\n", "{a: 1, b: 2}");
        row("an end mark behind the document", "a: 1\n...\n# end\n", "{a: 1}");
        row("--- behind the document, and nothing", "a: 1\n---\n# end\n", "{a: 1}");
    }
    void reads()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        const YamlDocument document = parseYaml(text);
        QVERIFY2(document.problems.empty(), qPrintable(show(document.problems)));
        QCOMPARE(nodeText(document.root), expected);
    }

    void readsUtf16()
    {
        const YamlDocument document = parseYaml(QByteArray("\xff\xfe"
                                                           "a\0:\0 \0"
                                                           "1\0",
                                                           10));
        QVERIFY2(document.problems.empty(), qPrintable(show(document.problems)));
        QCOMPARE(nodeText(document.root), QStringLiteral("{a: 1}"));
        QVERIFY(document.wasUtf16);
    }

    void columnsCountFromBehindTheMark()
    {
        const YamlDocument document = parseYaml("\xef\xbb\xbf"
                                                "a: [x]\nb: 2\n");
        QCOMPARE(document.root.find("a")->mark, (Mark{1, 1}));
        QCOMPARE(document.root.at({"a"})->items[0].mark, (Mark{1, 5}));
        QCOMPARE(document.root.find("b")->mark, (Mark{2, 1}));
    }

    /// What was not read to its end must not be judged.
    void knowsWhetherMoreFollows_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("expected");
        QTest::addRow("one document") << QByteArray("a: 1\n") << false;
        QTest::addRow("an end mark") << QByteArray("a: 1\n...\n") << false;
        QTest::addRow("an empty document") << QByteArray("a: 1\n---\n") << false;
        QTest::addRow("an empty document, and a comment") << QByteArray("a: 1\n---\n# b: 2\n...\n") << false;
        QTest::addRow("another document") << QByteArray("a: 1\n---\nb: 2\n") << true;
        QTest::addRow("an empty text in quotes") << QByteArray("a: 1\n---\n''\n") << true;
        QTest::addRow("a third document") << QByteArray("a: 1\n---\n---\nb: 2\n") << true;
        QTest::addRow("a broken document") << QByteArray("a: 1\n---\nb: [\n") << true;
        QTest::addRow("text behind a map in braces") << QByteArray("{a: 1}\nb: 2\n") << true;
    }
    void knowsWhetherMoreFollows()
    {
        QFETCH(QByteArray, text);
        QFETCH(bool, expected);
        const YamlDocument document = parseYaml(text);
        QVERIFY2(!hasErrors(document.problems), qPrintable(show(document.problems)));
        QCOMPARE(document.moreFollows, expected);
        QCOMPARE(document.problems.empty(), !expected);
    }

    void namesTheLimit_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        QTest::addRow("none") << QByteArray("a: 1\nb: [\n") << QString();
        QTest::addRow("bytes") << QByteArray(9'000'000, '#') << QStringLiteral("more than 8,388,608 bytes");
        QTest::addRow("values") << "a: [" + repeated("1,", 300'000) + "]\n"
                                << QStringLiteral("more than 200,000 values");
        QTest::addRow("depth") << repeated("[", 200) << QStringLiteral("more than 100 levels");
    }
    void namesTheLimit()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        QCOMPARE(parseYaml(text).beyond, expected);
    }

    void keepsPlaces()
    {
        const YamlDocument document = parseYaml("receivers:\n"
                                                "  otlp:\n"
                                                "    endpoint: \"x\"\n"
                                                "  über: [a,\n"
                                                "    b]\n"
                                                "text: |\n"
                                                "  one\n"
                                                "  two\n"
                                                "last: 1\n");
        const Node &root = document.root;
        QCOMPARE(root.mark, (Mark{1, 1}));
        const NodeEntry *otlp = root.at({"receivers"})->find("otlp");
        QCOMPARE(otlp->mark, (Mark{2, 3}));
        QCOMPARE(otlp->value.at({"endpoint"})->mark, (Mark{3, 15}));
        QVERIFY(!otlp->value.at({"endpoint"})->plain);
        QCOMPARE(otlp->value.lastLine, 3);
        const NodeEntry *list = root.at({"receivers"})->find("über");
        QCOMPARE(list->value.items[1].mark, (Mark{5, 5}));
        QCOMPARE(list->value.lastLine, 5);
        QCOMPARE(list->value.mark, (Mark{4, 9})); // characters, not bytes
        QCOMPARE(root.at({"receivers"})->lastLine, 5);
        QCOMPARE(root.at({"text"})->lastLine, 8);
        QCOMPARE(root.lastLine, 9);
    }

    void keepsThePlaceOfWhatAnAliasBrings()
    {
        const YamlDocument document = parseYaml("a: &x\n  b: 1\nc:\n  <<: *x\n  d: 2\n");
        const NodeEntry *merged = document.root.at({"c"})->find("b");
        QVERIFY(merged && merged->merged);
        QCOMPARE(merged->mark.line, 2);
        QCOMPARE(document.root.at({"c"})->lastLine, 5);
    }

    void explains_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<int>>("lines"); // of all problems
        QTest::addColumn<QString>("words");    // in the first
        const auto row = [](const char *name, const QByteArray &text, const QList<int> &lines, const char *words) {
            QTest::addRow("%s", name) << text << lines << QString::fromUtf8(words);
        };
        row("tab as indentation", "a:\n\tb: 1\n", {2}, "tab");
        row("every tab line", "a:\n\tb: 1\n\tc: 2\nd:\n  \te: 1\n", {2, 3, 5}, "tab");
        row("tab in the middle of a value", "a: x\n  y\n \t z: 1\n", {3}, "");
        row("equal keys", "a: 1\nb: 2\na: 3\n", {3}, "already on line 1");
        row("equal keys deeper", "a:\n  b: 1\n  b: 2\n", {3}, "'b'");
        row("two << in a map", "a: &x {}\nb: {<<: *x, <<: *x}\n", {2}, "<<");
        row("unknown alias", "a: *nowhere\n", {1}, "*nowhere");
        row("alias of itself", "a: &x [*x]\n", {1}, "contains itself");
        row("merge of a list by alias", "a: &x [{b: 1}]\nc: {<<: *x}\n", {2}, "map or a list of maps");
        row("merge of a scalar", "c: {<<: 5}\n", {1}, "map or a list of maps");
        row("merge of nothing", "c:\n  <<:\n", {2}, "map or a list of maps");
        row("map as a key", "{a: 1}: b\n", {1}, "single word");
        row("two mistakes and equal keys", "a: 1\na: 2\nb: [1, 2\nc: 3\nd: 'x\n", {2, 4, 5}, "already");
        row("unclosed list", "a: [1, 2\nb: 3\n", {2}, "line 1 is not closed with ]");
        row("unclosed quote", "a: 1\nb: \"x\nc: 2\n", {2}, "quote");
        row("no colon", "a: 1\nb\nc: 2\n", {2}, "no ':'");
        row("colon in a value", "a: b: c\n", {1}, "':'");
        row("value that begins with @", "a: @b\n", {1}, "@");
        row("value that begins with *", "a: * b\n", {1}, "*");
        row("indentation", "a:\n  b: 1\n c: 2\n", {3}, "ndentation");
        row("unknown escape", "a: \"\\d\"\n", {1}, "escape");
        row("tag that lies", "a: !!int abc\n", {1}, "tag");
        row("invalid UTF-8", "a: 1\nb: \xff\xfe\nc: \xc3(\n", {2, 2, 3}, "0xff is not UTF-8");
        row("overlong UTF-8", "a: \xc0\xaf\n", {1, 1}, "UTF-8");
        row("surrogate in UTF-8", "a: \xed\xa0\x80\n", {1, 1, 1}, "UTF-8");
        row("NUL", QByteArray("a: 1\nb: x\0y\n", 12), {2}, "0x00");
        row("control character", "a: \x07\n", {1}, "0x07");
        row("byte order mark on a later line",
            "a: 1\n\xef\xbb\xbf"
            "b: 2\n",
            {2}, "byte order mark");
        row("two byte order marks",
            "\xef\xbb\xbf\xef\xbb\xbf"
            "a: 1\n",
            {1}, "byte order mark");
        row("UTF-16 without a byte order mark", QByteArray("a\0:\0 \0001\0\n\0", 10), {1}, "looks like UTF-16");
        row("big UTF-16 without a byte order mark", QByteArray("\0a\0:\0 \0001\0\n", 10), {1}, "looks like UTF-16");
        row("half a character of UTF-16",
            QByteArray("\xff\xfe"
                       "a\0:",
                       5),
            {0}, "not valid UTF-16");
        row("half a pair of UTF-16", QByteArray("\xff\xfe#\0\x3d\xd8", 6), {0}, "not valid UTF-16");
        row("second document", "a: 1\n---\nb: 2\n", {2}, "everything from here on is ignored");
        row("text after a closed map", "{a: 1}\nb: 2\n", {2}, "everything from here on is ignored");
        row("rubbish after the end", "a: 1\n...\n@\n", {3}, "@");
        row("yaml.v3 ? between brackets", "a: [x, http://x/?y=1]\nb: x?y\nc: {d: ['e?', f?]}\n", {1, 3}, "?");
        row("colon before a bracket", "a: [x:]\n", {1}, "':'");
        row("value that begins with !", "a: !x] b\n", {1}, "!");
        row("YAML directive of the future", "%YAML 3.0\n---\na: 1\n", {1}, "incompatible");
        row("only a brace", "{", {1}, "");
        row("only a dash and a colon", "-\n:", {2}, "");
    }
    void explains()
    {
        QFETCH(QByteArray, text);
        QFETCH(QList<int>, lines);
        QFETCH(QString, words);
        const YamlDocument document = parseYaml(text);
        QList<int> found;
        for (const Problem &problem : document.problems)
            found.append(problem.line);
        QVERIFY2(found == lines, qPrintable(show(document.problems)));
        QVERIFY2(document.problems.front().text.contains(words), qPrintable(show(document.problems)));
    }

    void ignoresWhatFollowsTheFirstDocument()
    {
        const YamlDocument document = parseYaml("a: 1\n---\nb: [\n");
        QVERIFY2(!hasErrors(document.problems), qPrintable(show(document.problems)));
        QCOMPARE(nodeText(document.root), QStringLiteral("{a: 1}"));
    }

    void keepsWhatCanBeRead()
    {
        // The editor's graph stays while somebody types in the middle.
        const YamlDocument document = parseYaml("receivers:\n  otlp:\n  oth\nexporters:\n  debug:\n");
        QVERIFY(hasErrors(document.problems));
        QVERIFY(document.root.at({"receivers", "otlp"}));
        QVERIFY(document.root.at({"exporters", "debug"}));
        QCOMPARE(document.root.find("exporters")->mark.line, 4);
    }

    void namesThePathOfAProblem()
    {
        const YamlDocument document = parseYaml("a:\n  b:\n    - c: *x\n");
        QCOMPARE(document.problems.front().path, QStringLiteral("a::b[0]::c"));
    }

    void isBounded_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("words");
        QByteArray laughs = "a0: &a0 [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n";
        for (int i = 1; i < 10; ++i) {
            const QByteArray name = "a" + QByteArray::number(i);
            const QByteArray before = "*a" + QByteArray::number(i - 1);
            laughs += name + ": &" + name + " [" + QByteArray(before + ",").repeated(8) + before + "]\n";
        }
        QTest::addRow("billion laughs") << laughs << QStringLiteral("200000 values");
        QByteArray merges = "a0: &a0 {k: v}\n";
        for (int i = 1; i < 40; ++i) {
            const QByteArray before = "*a" + QByteArray::number(i - 1);
            const QByteArray name = "a" + QByteArray::number(i);
            merges += name + ": &" + name + " {x: " + before + ", y: " + before + "}\n";
        }
        QTest::addRow("billion laughs in maps") << merges << QStringLiteral("200000 values");
        QTest::addRow("depth 10000, flow") << repeated("[", 10'000) << QStringLiteral("100 levels");
        QByteArray deep;
        for (int i = 0; i < 10'000; ++i)
            deep += QByteArray(i % 400, ' ') + "k:\n";
        QTest::addRow("deep blocks") << deep << QString();
        QTest::addRow("depth 10000, compact lists") << repeated("- ", 10'000) << QStringLiteral("100 levels");
        QByteArray nested = "a: &a0 x\n";
        for (int i = 1; i < 200; ++i)
            nested += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [*a" +
                      QByteArray::number(i - 1) + "]\n";
        QTest::addRow("depth by aliases") << nested << QStringLiteral("100 levels");
        QByteArray anchored;
        for (int i = 0; i < 90; ++i)
            anchored += "&x" + QByteArray::number(i) + " [";
        anchored += repeated("y,", 100'000);
        QTest::addRow("nested anchors around much") << anchored << QStringLiteral("200000 values");
        QTest::addRow("10 MB scalar") << "a: " + QByteArray(10'000'000, 'x') + '\n' << QStringLiteral("bytes");
        QTest::addRow("a million values") << "a: [" + repeated("1,", 1'000'000) + "]\n"
                                          << QStringLiteral("200000 values");
        QTest::addRow("a hundred thousand equal keys") << repeated("a: 1\n", 100'000) << QStringLiteral("already");
        QTest::addRow("a hundred thousand unknown aliases") << "a: [" + repeated("*x,", 100'000) + "]\n"
                                                            << QStringLiteral("not defined");
        QByteArray tags;
        for (int i = 0; i < 100'000; ++i)
            tags += "%TAG !" + QByteArray::number(i) + "! x\n";
        QTest::addRow("a hundred thousand tags, each compared with all others") << tags + "---\na: 1\n"
                                                                                << QStringLiteral("%TAG");
        QTest::addRow("only NULs") << QByteArray(100'000, '\0') << QStringLiteral("0x00");
        QTest::addRow("only 0xff") << QByteArray(100'000, '\xff') << QStringLiteral("not UTF-8");
        QTest::addRow("a thousand mistakes") << repeated("a: [\nb: x: y\n", 1000) << QString();
    }
    void isBounded()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, words);
        const YamlLimits limits;
        const YamlDocument document = parseYaml(text, limits);
        QVERIFY(hasErrors(document.problems));
        QVERIFY(static_cast<int>(document.problems.size()) <= limits.problems);
        QVERIFY(nodeCount(document.root) <= limits.nodes + 1);
        QVERIFY(nodeHeight(document.root) <= limits.depth + 1);
        const auto says = [&](const Problem &p) { return p.text.contains(words); };
        QVERIFY2(std::ranges::any_of(document.problems, says), qPrintable(show(document.problems).left(2000)));
    }

    void readsALargeScalar()
    {
        const QByteArray value(5'000'000, 'x');
        const YamlDocument document = parseYaml("a: " + value + "\nb: \"" + value + "\"\n", {.bytes = 20'000'000});
        QVERIFY(document.problems.empty());
        QCOMPARE(document.root.at({"a"})->text.size(), value.size());
        QVERIFY(nodeText(document.root).size() < 300);
    }

    void survivesEveryCut()
    {
        // What an editor holds while somebody types: each prefix of a config, each byte broken in turn.
        QByteArray text = "a: &x\n  b: [1, \"two\", {c: 'd'}]\n  <<: {e: |\n  f\n}\ng: *x\n# end\n";
        for (qsizetype i = 0; i <= text.size(); ++i)
            (void)parseYaml(text.first(i));
        for (qsizetype i = 0; i < text.size(); ++i) {
            for (const char c : {'\t', '\0', '\xff', '[', '"', '*', '&', '\n', ':', '-'}) {
                QByteArray broken = text;
                broken[i] = c;
                const YamlDocument document = parseYaml(broken);
                QVERIFY(static_cast<int>(document.problems.size()) <= YamlLimits().problems);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestYamlParser)
#include "tst_yamlparser.moc"
