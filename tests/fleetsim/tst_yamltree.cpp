// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/yamltree.h"

#include <QTest>

using namespace flowgate::fleetsim;

class TestYamlTree : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAndWrites_data();
    void readsAndWrites();
    void refuses_data();
    void refuses();
    void merges_data();
    void merges();
};

void TestYamlTree::readsAndWrites_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("written");
    const auto row = [](const char *name, const char *text, const char *written) {
        QTest::addRow("%s", name) << QByteArray(text) << QByteArray(written);
    };
    row("flow becomes block", "a: {b: [1, x]}", "a:\n    b:\n    - 1\n    - x\n");
    row("order is kept", "b: 1\na: 2\n", "b: 1\na: 2\n");
    row("null in all its forms", "a:\nb: ~\nc: null\nd: \"\"\n", "a: null\nb: null\nc: null\nd: \"\"\n");
    row("a quoted number stays text", "a: '1'\n", "a: \"1\"\n");
    row("aliases are resolved", "a: &x {b: 1}\nc: *x\n", "a:\n    b: 1\nc:\n    b: 1\n");
    row("empty containers", "a: {}\nb: []\n", "a: {}\nb: []\n");
    row("nothing is an empty map", "", "{}\n");
    row("only a comment is an empty map", "# nothing\n", "{}\n");
    row("a word", "hello", "hello\n");
    row("the last of repeated keys", "a: 1\na: 2\n", "a: 2\n");
}

void TestYamlTree::readsAndWrites()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, written);
    const auto node = parseYaml(text);
    QVERIFY2(node, node ? "" : qPrintable(node.error()));
    QCOMPARE(writeYaml(*node), written);
    QCOMPARE(writeYaml(parseYaml(written).value()), written); // and once more gives the same
}

void TestYamlTree::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");
    QByteArray laughs("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        laughs += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + (before + ", ").repeated(9) +
                  before + "]\n";
    }
    // As the real supervisor said of the same text.
    QTest::addRow("gateway.md bad syntax")
        << QByteArray("receivers: [\n  otlp: {\n") << QStringLiteral("did not find expected node content");
    QTest::addRow("SEC6 ten to the power of nine") << laughs << QStringLiteral("excessive aliasing");
    QTest::addRow("SEC6 alias within itself") << QByteArray("a: &x [*x]\n") << QStringLiteral("excessive aliasing");
    QTest::addRow("SEC6 nesting") << QByteArray(200, '[') + QByteArray(200, ']')
                                  << QStringLiteral("excessive aliasing");
    QTest::addRow("SEC6 control characters") << QByteArray("a: \x01\n") << QStringLiteral("yaml: line");
}

void TestYamlTree::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, reason);
    const auto node = parseYaml(text);
    QVERIFY(!node);
    QVERIFY2(node.error().contains(reason), qPrintable(node.error()));
}

void TestYamlTree::merges_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("over");
    QTest::addColumn<QByteArray>("merged");
    const auto row = [](const char *name, const char *base, const char *over, const char *merged) {
        QTest::addRow("%s", name) << QByteArray(base) << QByteArray(over) << QByteArray(merged);
    };
    row("RC6 maps join", "a: {b: 1, c: 2}", "a: {c: 3, d: 4}", "a:\n    b: 1\n    c: 3\n    d: 4\n");
    row("RC6 lists are replaced", "a: [1, 2]", "a: [3]", "a:\n- 3\n");
    row("RC6 null replaces", "a: {b: 1}", "a:", "a: null\n");
    row("RC6 nothing changes nothing", "a: 1", "", "a: 1\n");
}

void TestYamlTree::merges()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, over);
    QFETCH(QByteArray, merged);
    YamlNode node = parseYaml(base).value();
    mergeOver(node, parseYaml(over).value());
    QCOMPARE(writeYaml(node), merged);
}

QTEST_APPLESS_MAIN(TestYamlTree)
#include "tst_yamltree.moc"
