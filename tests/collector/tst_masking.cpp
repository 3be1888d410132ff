// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/flatconfig.h"
#include "collector/masking.h"

#include <QTest>

using namespace flowgate::collector;

class TestMasking final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hides_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char *name, const char *text, const char *shown) {
            QTest::addRow("%s", name) << QByteArray(text) << QByteArray(shown);
        };
        row("nothing secret", "a:\n  b: 1\n", "a:\n  b: 1\n");
        row("a key of its own line", "e:\n  password: s3cret\n  b: 1\n", "e:\n  password: [hidden]\n  b: 1\n");
        row("quoted", "e:\n  \"password\": \"s3cret\"\n", "e:\n  \"password\": [hidden]\n");
        row("lines stay", "e:\n  password: |\n    s3cret\n    s3cret\n  b: 1\n",
            "e:\n  password: [hidden]\n\n\n  b: 1\n");
        row("in a URL", "e:\n  endpoint: amqp://me:s3cret@host:1\n", "e:\n  endpoint: amqp://me:[hidden]@host:1\n");
        row("in a URL of no YAML", "e: [\n  u: amqp://me:s3cret@h\n", "e: [\n  u: amqp://me:[hidden]@h\n");
        row("nothing there", "e:\n  password:\n", "e:\n  password:\n");
        row("no YAML", "e: [\n  password: s3cret\n", "e: [\n  password: [hidden]\n");
        row("no YAML, in a list", "e: ]\n- password: s3cret\n", "e: ]\n- password: [hidden]\n");
    }
    void hides()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, shown);
        QCOMPARE(withoutSecrets(text), shown);
    }

    void noSecretIsLeft_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addRow("flow") << QByteArray("e: {user: me, password: s3cret, b: 1}\n");
        QTest::addRow("flow over lines") << QByteArray("e: {user: me,\n  password:\n    s3cret}\n");
        QTest::addRow("an alias") << QByteArray("a: &p s3cret\ne:\n  password: *p\n");
        QTest::addRow("a list") << QByteArray("e:\n  password:\n    - s3cret\n    - s3cret\n");
        QTest::addRow("a map") << QByteArray("e:\n  password:\n    value: s3cret\n");
        QTest::addRow("folded") << QByteArray("e:\n  password: s3cret\n    s3cret\n");
    }
    void noSecretIsLeft()
    {
        QFETCH(QByteArray, text);
        const QByteArray shown = withoutSecrets(text);
        QVERIFY2(!shown.contains("s3cret"), shown.constData());
        QCOMPARE(shown.count('\n'), text.count('\n'));
    }

    void flattensWithoutSecrets()
    {
        const auto values =
            flatConfig(readConfig("e:\n  otlp:\n    endpoint: a:1\n    password: s3cret\n  list: [1, 2]\n"));
        QCOMPARE(values.value(QStringLiteral("e/otlp/endpoint")), QStringLiteral("a:1"));
        QCOMPARE(values.value(QStringLiteral("e/list")), QStringLiteral("[1, 2]"));
        QCOMPARE(values.value(QStringLiteral("e/otlp/password")), QStringLiteral("[hidden]"));
        QCOMPARE(values.size(), 3);
    }
};

QTEST_GUILESS_MAIN(TestMasking)
#include "tst_masking.moc"
