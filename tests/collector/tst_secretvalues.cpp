// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/configfacts.h"
#include "collector/secretvalues.h"

#include <QTest>

using namespace flowgate;
using namespace flowgate::collector;

namespace {

domain::ConfigSet config(const QByteArray &text)
{
    return {{{QString(), {text, {}}}}};
}

QString masked(const QByteArray &text, const QByteArray &configText)
{
    return domain::maskSecrets(QString::fromUtf8(text),
                               {std::make_shared<const domain::SecretSet>(secretsOf(config(configText)))});
}

} // namespace

/// What a config has to hide in texts of others.
class TestSecretValues final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hides_data()
    {
        QTest::addColumn<QByteArray>("configText");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *name, const char *configText, const char *text, const char *shown) {
            QTest::addRow("%s", name) << QByteArray(configText) << QByteArray(text) << QString::fromUtf8(shown);
        };
        row("nothing secret", "e:\n  endpoint: host:4317\n", "dial host:4317", "dial host:4317");
        row("a value", "e:\n  password: s3cret\n", "user me, s3cret", "user me, [hidden]");
        row("with its escapes undone", "e: {password: \"s3\\u0063ret\"}\n", "s3cret", "[hidden]");
        row("a number", "e: {password: 123456}\n", "123456", "[hidden]");
        row("a boolean is none", "e: {auth_token: true}\n", "true", "true");
        row("nothing there", "e: {password: , token: null}\n", "null", "null");
        row("shorter than four characters", "e: {password: abc}\n", "abc", "abc");
        row("of many keys", "e: {headers: {x-a: s3cret-a, x-b: [s3cret-b]}}\n", "s3cret-a s3cret-b x-a",
            "[hidden] [hidden] x-a");
        row("the name of a header is none", "e: {headers: [{name: Authorization, value: s3cret}]}\n",
            "Authorization: s3cret", "Authorization: [hidden]");
        row("by an alias", "a: &p s3cret\ne: {password: *p}\n", "s3cret", "[hidden]");
        row("behind the first document", "a: 1\n---\npassword: s3cret\n", "s3cret", "[hidden]");
        row("the scheme stays", "e: {headers: {authorization: Bearer s3cret}}\n", "Bearer s3cret refused",
            "Bearer [hidden] refused");
        row("the credentials alone", "e: {headers: {authorization: Bearer s3cret}}\n", "token s3cret",
            "token [hidden]");
        row("a sentence is no scheme", "e: {password: correct horse battery}\n", "correct horse battery", "[hidden]");
        row("the password in Basic credentials", "e: {headers: {authorization: Basic bWU6czNjcmV0}}\n",
            "me s3cret bWU6czNjcmV0", "me [hidden] [hidden]");
        row("in a URL", "e: {endpoint: 'amqp://me:s3cret@host:1'}\n", "dial amqp://me:s3cret@host:1: s3cret",
            "dial amqp://me:[hidden]@host:1: [hidden]");
        row("in a URL, decoded", "e: {endpoint: 'amqp://me:s3%2Fcret@host:1'}\n", "s3%2Fcret s3/cret",
            "[hidden] [hidden]");
        row("%q", "e: {password: \"a\\\"b\\\\c\\nd\"}\n", "bad password \"a\\\"b\\\\c\\nd\"",
            "bad password \"[hidden]\"");
        row("encoding/json", "e: {password: 'a<b>&c'}\n", "a\\u003cb\\u003e\\u0026c", "[hidden]");
        row("url.UserPassword", "e: {password: 'p@ss:w/rd$'}\n", "amqp://me:p%40ss%3Aw%2Frd$@host",
            "amqp://me:[hidden]@host");
        row("url.QueryEscape", "e: {password: 'p@ss word'}\n", "?key=p%40ss+word&x", "?key=[hidden]&x");
        row("base64 of user:password", "e: {username: me, password: s3cret-hunter}\n",
            "Basic bWU6czNjcmV0LWh1bnRlcg==", "Basic bWU6[hidden]g==");
        row("base64, one byte before it", "e: {password: s3cret-hunter}\n", "OnMzY3JldC1odW50ZXI=", "On[hidden]I=");
        row("base64, two bytes before it", "e: {password: s3cret-hunter}\n", "YTpzM2NyZXQtaHVudGVy", "YTp[hidden]");
        row("a key of many lines", "tls: {key_pem: \"-----BEGIN-----\\nMIIEvQIBADANBgkqhkiG\\n-----END-----\\n\"}\n",
            "cannot parse MIIEvQIBADANBgkqhkiG", "cannot parse [hidden]");
        row("a reference is none", "e: {password: '${env:PASSWORD}'}\n", "${env:PASSWORD}", "${env:PASSWORD}");
        row("the scheme before a reference", "e: {headers: {authorization: 'Bearer ${env:TOKEN}'}}\n", "Bearer x",
            "Bearer x");
        row("what stands beside a reference", "e: {password: '${env:A}-s3cret'}\n", "x-s3cret", "x[hidden]");
        row("what a Collector hid is none", "e: {password: '[REDACTED]'}\n", "[REDACTED]", "[REDACTED]");
        row("no YAML", "e: [\n  password: s3cret\n", "s3cret", "[hidden]");
        row("no YAML, quoted", "e: [\n  password: 's3cret'\n", "it's s3cret'", "it's [hidden]'");
        row("no YAML, below", "e: ]\npassword: |\n  s3cret\nb: 1\n", "s3cret", "[hidden]");
        row("with \\r", "e:\r\n  password: s3cret\r\n", "s3cret", "[hidden]");
        QTest::addRow("UTF-16") << QByteArray::fromHex("fffe") +
                                       QByteArray(reinterpret_cast<const char *>(u"password: s3cret\n"), 34)
                                << QByteArray("s3cret") << QStringLiteral("[hidden]");
    }
    void hides()
    {
        QFETCH(QByteArray, configText);
        QFETCH(QByteArray, text);
        QFETCH(QString, shown);
        QCOMPARE(masked(text, configText), shown);
    }

    void knownValuesAreNone()
    {
        const domain::ConfigSet text = config("headers: {OpAMP-Instance-UID: 01a2-uid, authorization: s3cret}\n");
        QCOMPARE(secretsOf(text).values().contains("01a2-uid"), true);
        const domain::SecretSet set = secretsOf(text, {"01a2-uid"});
        QVERIFY(!set.values().contains("01a2-uid") && set.values().contains("s3cret"));
    }

    void severalFiles()
    {
        const domain::ConfigSet both{{{QStringLiteral("a.yaml"), {"password: s3cret-a\n", {}}},
                                      {QStringLiteral("b.yaml"), {"password: s3cret-b\n", {}}}}};
        const domain::SecretSet set = secretsOf(both);
        QVERIFY(set.values().contains("s3cret-a") && set.values().contains("s3cret-b"));
    }

    /// SEC6: a config may have more secrets than anybody looks for; then no text is trusted.
    void tooMany()
    {
        QByteArray text;
        for (int i = 0; i < 100'000; ++i)
            text += "k" + QByteArray::number(i) + ": {password: s3cret-" + QByteArray::number(i) + "}\n";
        const domain::SecretSet set = secretsOf(config(text));
        QVERIFY(!set.isComplete());
        QVERIFY(set.bytes() < 16 * 1024 * 1024);
        QCOMPARE(masked("dial failed", text), QStringLiteral("[hidden]"));
    }

    void telemetryId_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("id");
        const auto row = [](const char *name, const char *text, const char *id) {
            QTest::addRow("%s", name) << QByteArray(text) << QString::fromUtf8(id);
        };
        row("none", "service: {telemetry: {logs: {level: info}}}\n", "");
        row("a map", "service: {telemetry: {resource: {service.instance.id: edge-gw-7}}}\n", "edge-gw-7");
        row("a list",
            "service: {telemetry: {resource: {attributes: [{name: a, value: b}, "
            "{name: service.instance.id, value: edge-gw-7}]}}}\n",
            "edge-gw-7");
        row("a number", "service: {telemetry: {resource: {service.instance.id: 7}}}\n", "7");
        row("taken away", "service: {telemetry: {resource: {service.instance.id: null}}}\n", "");
        row("a reference", "service: {telemetry: {resource: {service.instance.id: '${env:POD}'}}}\n", "");
        row("elsewhere", "processors: {resource: {attributes: {service.instance.id: x}}}\n", "");
        row("no YAML", "service: {telemetry: {resource: {service.instance.id: [\n", "");
        row("not a text", "service: {telemetry: {resource: {service.instance.id: {a: b}}}}\n", "");
    }
    void telemetryId()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, id);
        QCOMPARE(telemetryInstanceId(config(text)), id);
        QCOMPARE(factsOf(config(text)).telemetryInstanceId, id);
    }

    void telemetryIdOfFiles_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QString>("id");
        QTest::addRow("the entry without a name runs") << QStringList{{}, QStringLiteral("x")} << QStringLiteral("id-");
        QTest::addRow("one file") << QStringList{QStringLiteral("x")} << QStringLiteral("id-x");
        QTest::addRow("raw is not what runs")
            << QStringList{QStringLiteral("x"), QStringLiteral("raw")} << QStringLiteral("id-x");
        QTest::addRow("two that differ") << QStringList{QStringLiteral("x"), QStringLiteral("y")} << QString();
    }
    void telemetryIdOfFiles()
    {
        QFETCH(QStringList, names);
        QFETCH(QString, id);
        domain::ConfigSet files;
        for (const QString &name : names)
            files.files[name] = {"service: {telemetry: {resource: {service.instance.id: id-" + name.toUtf8() + "}}}\n",
                                 {}};
        QCOMPARE(telemetryInstanceId(files), id);
    }
};

QTEST_APPLESS_MAIN(TestSecretValues)
#include "tst_secretvalues.moc"
