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
        row("null replaces a map", {{"a", "m: {x: 1}"}, {"b", "m:"}}, "{m: null}");
        row("an empty map adds nothing", {{"a", "m: {x: 1}"}, {"b", "m: {}"}}, "{m: {x: 1}}");
        row("an empty file adds nothing", {{"a", "k: 1"}, {"b", "# nothing"}}, "{k: 1}");
        row("service::extensions are joined",
            {{"a", "service: {extensions: [x, y]}"}, {"b", "service: {extensions: [y, z]}"}},
            "{service: {extensions: [x, y, z]}}");
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
        QCOMPARE(tree.problems.front().file.toUtf8(), file);
        QVERIFY2(tree.problems.front().text.contains(QString::fromUtf8(words)), qPrintable(tree.problems.front().text));
    }
};

QTEST_APPLESS_MAIN(TestMerge)
#include "tst_merge.moc"
