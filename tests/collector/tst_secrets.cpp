// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/contains.h"
#include "collector/secrets.h"

#include <QTest>

using namespace flowgate::collector;

class TestSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsSecretsByTheirKey_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("secret");
        QTest::addRow("a header") << QStringLiteral("exporters::otlp::headers::x-scope") << true;
        QTest::addRow("case and dashes") << QStringLiteral("exporters::a::API-Key") << true;
        QTest::addRow("a token in the middle of a word")
            << QStringLiteral("extensions::bearertokenauth::token") << true;
        QTest::addRow("a password") << QStringLiteral("receivers::kafka::auth::sasl::password") << true;
        QTest::addRow("telemetry headers")
            << QStringLiteral("service::telemetry::metrics::readers[0]::headers") << true;
        QTest::addRow("the name of a file") << QStringLiteral("extensions::basicauth::password_file") << false;
        QTest::addRow("an address") << QStringLiteral("exporters::otlp::endpoint") << false;
        QTest::addRow("a connection string") << QStringLiteral("exporters::azure::connection_string") << true;
        QTest::addRow("a url") << QStringLiteral("extensions::oauth2client::token_url") << false;
    }

    void tellsSecretsByTheirKey()
    {
        QFETCH(QString, path);
        QFETCH(bool, secret);
        QCOMPARE(isSecretPath(path), secret);
    }

    void hidesPasswordsOfUrls_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char *text, const char *shown) {
            QTest::addRow("%s", text) << QByteArray(text) << QByteArray(shown);
        };
        row("amqp://u:pw@host:5672/x", "amqp://u:[hidden]@host:5672/x");
        row("http://:pw@host http://u:a:b@host", "http://:[hidden]@host http://u:[hidden]@host");
        row("http://user@host:80/", "http://user@host:80/");
        row("http://host:80/a@b", "http://host:80/a@b");
        row("mysql://u:pw", "mysql://u:pw");
        row("a:b@c", "a:b@c");
        row("", "");
        row("://", "://");
    }

    void hidesPasswordsOfUrls()
    {
        QFETCH(QByteArray, text);
        QTEST(withoutPasswords(text), "shown");
    }

    void differencesDoNotShowThem()
    {
        const auto one = [](const QByteArray &text) {
            flowgate::domain::ConfigSet config;
            config.files[QString()].body = text;
            return config;
        };
        const auto wanted = one("exporters: {otlp: {endpoint: 'a:1', headers: {authorization: hunter2}}, "
                                "debug: {sub: {password: hunter2, kept: 7}, url: 'http://u:hunter2@h'}}");
        const auto effective = one("exporters: {otlp: {endpoint: 'b:1', headers: {authorization: hunter3}}}");
        const ContainmentResult result = contains(wanted, effective);
        QVERIFY(!result.contains);
        QString all;
        for (const Difference &difference : result.differences)
            all += difference.path + u'=' + difference.wanted + u'/' + difference.effective + u'\n';
        QVERIFY2(!all.contains(QStringLiteral("hunter")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("\"a:1\"/\"b:1\"")), qPrintable(all)); // the others are shown
        QVERIFY2(all.contains(QStringLiteral("kept: 7")), qPrintable(all));
        QVERIFY2(all.contains(QStringLiteral("authorization=[hidden]/[hidden]")), qPrintable(all));
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
