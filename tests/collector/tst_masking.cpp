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
        row("a password that YAML takes for an anchor", "e:\n  password: &s3cret\n  b: 1\n",
            "e:\n  password: [hidden]\n  b: 1\n");
        row("nothing there", "e:\n  password:\n", "e:\n  password:\n");
        row("no YAML", "e: [\n  password: s3cret\n", "e: [\n  password: [hidden]\n");
        row("a list in flow style", "e:\n  password: [a-s3cret, s3cret]\n", "e:\n  password: [[hidden]\n");
        row("an escaped key", "e:\n  \"p\\x61ssword\": s3-cret\n", "e:\n  \"p\\x61ssword\": [hidden]\n");
        row("a document behind the first", "a: 1\n---\npassword: s3cret\n", "a: 1\n---\npassword: [hidden]\n");
        row("a comment behind it", "password: s3cret # was s3cret\nb: 1\n", "password: [hidden]\nb: 1\n");
        row("no YAML, below", "e: ]\npassword: |\n  s3cret\n\n  s3cret\nb: 1\n",
            "e: ]\npassword: [hidden]\n  [hidden]\n\n  [hidden]\nb: 1\n");
        row("no YAML, a list below", "e: ]\n- headers:\n  - s3cret\n- b: 1\n",
            "e: ]\n- headers:\n  [hidden]\n- b: 1\n");
        row("no YAML, in flow style", "e: ]\nx: {a: b, password: s3cret}\n", "e: ]\nx: {a: b, password: [hidden]\n");
        QTest::addRow("UTF-16") << QByteArray::fromHex("fffe") +
                                       QByteArray(reinterpret_cast<const char *>(u"password: s3cret\n"), 34)
                                << QByteArray("password: [hidden]\n");
        row("a byte order mark stays",
            "\xef\xbb\xbf"
            "password: s3cret\nb: 1\n",
            "\xef\xbb\xbf"
            "password: [hidden]\nb: 1\n");
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
        QTest::addRow("an alias within an alias") << QByteArray("a: &x s3cret\nb: &h {k: *x}\ne:\n  headers: *h\n");
        QTest::addRow("an alias for the key") << QByteArray("a: &p password\ne:\n  *p : s3cret\n");
        QTest::addRow("a key that wins") << QByteArray("e:\n  <<: {password: s3cret}\n  password: s3cret\n");
        QTest::addRow("a key that is there twice") << QByteArray("password:\n  s3cret\npassword:\n  s3cret\n");
        QTest::addRow("lines that end as on old Macs") << QByteArray("a: 1\rpassword: s3cret\rb: 1\r");
        QTest::addRow("a line end of Unicode") << QByteArray("a: 1\u2028password: s3cret\nb: 1\n");
        QTest::addRow("a key over lines") << QByteArray("? password\n: s3cret\n");
        QTest::addRow("behind a byte order mark")
            << QByteArray("\xef\xbb\xbf"
                          "a: &p s3cret\nb: {password: *p}\npassword:\n  - s3cret\n");
        QByteArray aliases = "a: &x [";
        for (int i = 0; i < 30'000; ++i)
            aliases += "s3cret, ";
        aliases += "]\npassword: [";
        for (int i = 0; i < 30'000; ++i)
            aliases += "*x, ";
        QTest::addRow("many aliases of much") << aliases + "]\n";
        QTest::addRow("many colons in a line that is no YAML")
            << "a: ]\n" + QByteArray(300'000, ':') + " password: s3cret\n";
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
