// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/configtree.h"

#include <QTest>

using namespace flowgate::collector;
using namespace Qt::Literals::StringLiterals;
using flowgate::domain::ConfigSet;

using NamedFiles = QList<QPair<QByteArray, QByteArray>>;

namespace {

ConfigSet configOf(const NamedFiles &files)
{
    ConfigSet config;
    for (const auto &[name, body] : files)
        config.files[QString::fromUtf8(name)].body = body;
    return config;
}

} // namespace

class TestMerge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void merges_data()
    {
        QTest::addColumn<NamedFiles>("files");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const NamedFiles &files, const char *expected) {
            QTest::addRow("%s", name) << files << QString::fromUtf8(expected);
        };
        row("RC6 byte order of names", {{"b", "k: b"}, {"a", "k: a"}}, "{k: b}");
        row("RC6 upper case before lower", {{"B", "k: B"}, {"a", "k: a"}}, "{k: a}");
        row("RC6 10 before 9", {{"9", "k: nine"}, {"10", "k: ten"}}, "{k: nine}");
        // U+FF5E is below U+1F600 in bytes and above it in UTF-16 units.
        row("RC6 bytes, not UTF-16", {{"\xf0\x9f\x98\x80", "k: face"}, {"\xef\xbd\x9e", "k: tilde"}}, "{k: face}");
        row("RC6 unnamed file is last", {{"", "k: unnamed"}, {"z", "k: z"}}, "{k: unnamed}");
        row("maps go key by key", {{"a", "m: {x: 1, n: {p: 1}}"}, {"b", "m: {y: 2, n: {q: 2}}"}},
            "{m: {x: 1, n: {p: 1, q: 2}, y: 2}}");
        row("lists replace", {{"a", "l: [1, 2]"}, {"b", "l: [3]"}}, "{l: [3]}");
        row("scalars replace maps and maps scalars", {{"a", "m: {x: 1}\ns: 1"}, {"b", "m: 1\ns: {x: 1}"}},
            "{m: 1, s: {x: 1}}");
        row("a map after a scalar begins anew", {{"a", "m: {x: 1}"}, {"b", "m: 1"}, {"c", "m: {y: 2}"}}, "{m: {y: 2}}");
        row("three maps", {{"a", "m: {x: 1, y: 1}"}, {"b", "m: {y: 2, z: 2}"}, {"c", "m: {z: 3, x: {p: 1}}"}},
            "{m: {x: {p: 1}, y: 2, z: 3}}");
        row("a reference replaces a map and a map a reference",
            {{"a", "m: {x: 1}\ns: ${file:s}"}, {"b", "m: ${file:m}\ns: {x: 1}"}}, "{m: ${file:m}, s: {x: 1}}");
        row("each file may begin with a byte order mark",
            {{"a", "\xef\xbb\xbf"
                   "m: {x: 1}\nn: 1"},
             {"b", "\xef\xbb\xbf"
                   "m: {y: 2}\nn: 2"}},
            "{m: {x: 1, y: 2}, n: 2}");
        row("null replaces a map", {{"a", "m: {x: 1}"}, {"b", "m:"}}, "{m: null}");
        row("an empty map adds nothing", {{"a", "m: {x: 1}"}, {"b", "m: {}"}}, "{m: {x: 1}}");
        row("an empty file adds nothing", {{"a", "k: 1"}, {"b", "# nothing"}}, "{k: 1}");
        row("service::extensions are joined",
            {{"a", "service: {extensions: [x, y]}"}, {"b", "service: {extensions: [y, z]}"}},
            "{service: {extensions: [x, y, z]}}");
        row("service::extensions of three files",
            {{"a", "service: {extensions: [x, x]}"},
             {"b", "service: {extensions: [y]}"},
             {"c", "service: {extensions: [x, z]}"}},
            "{service: {extensions: [x, y, z]}}");
        row("service::extensions after something else begin anew",
            {{"a", "service: {extensions: [x]}"},
             {"b", "service: {extensions: }"},
             {"c", "service: {extensions: [y]}"}},
            "{service: {extensions: [y]}}");
        row("service::extensions of one file stay as they are", {{"a", "service: {extensions: [x, x]}"}},
            "{service: {extensions: [x, x]}}");
        row("service::extensions that are no ids are replaced, as any list",
            {{"a", "service: {extensions: [x]}"}, {"b", "service: {extensions: [{y: z}]}"}},
            "{service: {extensions: [{y: z}]}}");
        row("other lists called extensions are not", {{"a", "o: {extensions: [x]}"}, {"b", "o: {extensions: [y]}"}},
            "{o: {extensions: [y]}}");
        row("quoted and plain keys are one", {{"a", "1: a"}, {"b", "'1': b"}}, "{1: b}");
        row("many keys",
            {{"a", QByteArray("m: {") +
                       [] {
                           QByteArray keys;
                           for (int i = 0; i < 40; ++i)
                               keys += 'k' + QByteArray::number(i) + ": 1, ";
                           return keys;
                       }() +
                       "}"},
             {"b", "m: {k39: 2}\nn: {k: 1}"}},
            nullptr);
    }
    void merges()
    {
        QFETCH(NamedFiles, files);
        QFETCH(QString, expected);
        const ConfigTree tree = readConfig(configOf(files));
        QVERIFY(tree.problems.empty());
        if (expected.isNull())
            QCOMPARE(tree.root.at({"m", "k39"})->text, QByteArray("2"));
        else
            QCOMPARE(nodeText(tree.root, 1000), expected);
    }

    void knowsTheFileOfEachValue()
    {
        const ConfigTree tree = readConfig(configOf({{"", "m:\n  x: 1"}, {"a", "m:\n\n  y: 2"}}));
        QCOMPARE(tree.files, (QStringList{u"a"_s, QString()}));
        QCOMPARE(tree.root.at({"m", "x"})->file, 1);
        QCOMPARE(tree.root.at({"m", "y"})->file, 0);
        QCOMPARE(tree.root.at({"m", "y"})->mark.line, 3);
    }

    /// A thousand small files on a large one: the large one is looked at once.
    void stepsGrowWithTheValues()
    {
        NamedFiles files;
        QByteArray large = "receivers:\n";
        for (int i = 0; i < 20'000; ++i)
            large += "  otlp/" + QByteArray::number(i) + ":\n";
        files.append({"0", large});
        for (int i = 0; i < 900; ++i)
            files.append({"1" + QByteArray::number(i), "receivers: {otlp/" + QByteArray::number(i) + ": {x: 1}}\n"});
        Work work;
        const ConfigTree tree = readConfig(configOf(files), {}, &work);
        QVERIFY(tree.isReadable());
        QCOMPARE(tree.root.at({"receivers"})->entries.size(), size_t(20'000));
        QVERIFY2(work.steps() < 30'000, qPrintable(QString::number(work.steps())));
    }

    void knowsWhatWasNotReadToItsEnd()
    {
        const ConfigTree tree = readConfig(configOf({{"a", "m: 1\n---\nn: 2\n"}, {"b", "m: 2"}}));
        QVERIFY(tree.isReadable());
        QVERIFY(!tree.isWhole());
        QCOMPARE(tree.moreFollows, QStringList{u"a"_s});
        QVERIFY(readConfig(configOf({{"a", "m: 1\n---\n"}})).isWhole());
        QCOMPARE(readConfig(configOf({{"a", QByteArray("\xff\xfem\0:\0", 6)}})).utf16, QStringList{u"a"_s});
    }

    void refuses_data()
    {
        QTest::addColumn<NamedFiles>("files");
        QTest::addColumn<QByteArray>("file"); // of the first problem
        QTest::addColumn<QByteArray>("words");
        QTest::addRow("root is a list") << NamedFiles{{"a", "- x"}} << QByteArray("a") << QByteArray("a list");
        QTest::addRow("root is a scalar")
            << NamedFiles{{"", "hello"}} << QByteArray("") << QByteArray("a single value");
        QTest::addRow("one file of several")
            << NamedFiles{{"a", "k: 1"}, {"b", "k: ["}} << QByteArray("b") << QByteArray("[");
        QTest::addRow("too large together")
            << NamedFiles{{"a", QByteArray(5'000'000, '#')}, {"b", QByteArray(5'000'000, '#')}} << QByteArray("")
            << QByteArray("bytes");
        QTest::addRow("too many values together")
            << NamedFiles{{"a", "k: [" + QByteArray("1,").repeated(150'000) + "]"},
                          {"b", "l: [" + QByteArray("1,").repeated(150'000) + "]"}}
            << QByteArray("b") << QByteArray("values");
    }
    void refuses()
    {
        QFETCH(NamedFiles, files);
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, words);
        const ConfigTree tree = readConfig(configOf(files));
        QVERIFY(!tree.isReadable());
        const bool isLarge = words == "bytes" || words == "values";
        QCOMPARE(!tree.beyond.isEmpty(), isLarge);
        if (words == "values")
            QCOMPARE(tree.beyond, u"more than 200,000 values"_s);
        QCOMPARE(tree.problems.front().file.toUtf8(), file);
        QVERIFY2(tree.problems.front().text.contains(QString::fromUtf8(words)), qPrintable(tree.problems.front().text));
    }
};

QTEST_APPLESS_MAIN(TestMerge)
#include "tst_merge.moc"
