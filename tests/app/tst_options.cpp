// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/options.h"

#include <QTest>

using namespace flowgate::app;

class TestOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesThePublicAddress_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("opamp");
        QTest::addColumn<QString>("metrics");
        const auto row = [](const char *text, const char *opamp, const char *metrics) {
            QTest::addRow("%s", text) << QString::fromUtf8(text) << QString::fromUtf8(opamp)
                                      << QString::fromUtf8(metrics);
        };
        row("wss://gw.example.org", "wss://gw.example.org/v1/opamp", "https://gw.example.org/v1/metrics");
        row("https://gw.example.org/", "wss://gw.example.org/v1/opamp", "https://gw.example.org/v1/metrics");
        row("HTTP://GW.example.org:8080/flowgate/", "ws://gw.example.org:8080/flowgate/v1/opamp",
            "http://gw.example.org:8080/flowgate/v1/metrics");
        row("wss://gw.example.org/flowgate/v1/opamp", "wss://gw.example.org/flowgate/v1/opamp",
            "https://gw.example.org/flowgate/v1/metrics");
        row("ws://[2001:db8::1]:4320", "ws://[2001:db8::1]:4320/v1/opamp", "http://[2001:db8::1]:4320/v1/metrics");
    }

    void namesThePublicAddress()
    {
        QFETCH(QString, text);
        const auto parsed = parseOptions(QStringLiteral("flowgated"), {QStringLiteral("--public-url"), text});
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error()));
        QVERIFY(parsed->options.publicUrl);
        QTEST(parsed->options.publicUrl->opamp(), "opamp");
        QTEST(parsed->options.publicUrl->at(QStringLiteral("/v1/metrics")), "metrics");
    }

    void pathOfTheEndpointCounts()
    {
        const auto parsed = parseOptions(QStringLiteral("flowgated"),
                                         {QStringLiteral("--public-url=wss://a/b"), QStringLiteral("--path=/o")});
        QVERIFY(parsed && parsed->options.publicUrl);
        QCOMPARE(parsed->options.publicUrl->opamp(), QStringLiteral("wss://a/b/o"));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *text, const char *says) {
            QTest::addRow("%s", text) << QString::fromUtf8(text) << QString::fromUtf8(says);
        };
        row("", "--public-url");
        row("gw.example.org", "does not begin with");
        row("ftp://gw.example.org", "does not begin with");
        row("wss:///v1/opamp", "names no host");
        row("wss://u:secret@gw.example.org", "user or password");
        row("wss://gw.example.org:0", "port 0");
        row("wss://gw.example.org:99999", "is no URL");
        row("wss://gw example.org", "is no URL");
        row("wss://gw.example.org/?a=b", "behind ? or #");
    }

    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto parsed = parseOptions(QStringLiteral("flowgated"), {QStringLiteral("--public-url=") + text});
        QVERIFY(!parsed);
        QVERIFY2(parsed.error().contains(says), qPrintable(parsed.error()));
        QVERIFY(!parsed.error().contains(QStringLiteral("secret"))); // stderr goes to logs
    }

    void certificateFilesGoTogether_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("says"); // empty: all is well
        const auto row = [](const char *arguments, const char *says) {
            QTest::addRow("%s", arguments) << QString::fromLatin1(arguments) << QString::fromLatin1(says);
        };
        row("--tls-cert=c --tls-key=k --tls-ca=a --client-ca=b", "");
        row("--tls-ca=a --public-url=wss://gw.example.org", "");
        row("--tls-cert=c", "go together");
        row("--tls-key=k", "go together");
        row("--tls-ca=a", "--tls-ca needs");
        row("--client-ca=b", "--client-ca needs");
        row("--tls=no --tls-cert=c --tls-key=k", "opposites");
        row("--tls=perhaps", "yes or no");
    }
    void certificateFilesGoTogether()
    {
        QFETCH(QString, arguments);
        QFETCH(QString, says);
        const auto parsed = parseOptions(QStringLiteral("flowgated"), arguments.split(u' '));
        QCOMPARE(parsed.has_value(), says.isEmpty());
        QVERIFY(parsed || parsed.error().contains(says));
    }

    void helpSaysIt()
    {
        const auto parsed = parseOptions(QStringLiteral("flowgated"), {QStringLiteral("--help")});
        QVERIFY(parsed);
        QVERIFY(parsed->help.contains(QStringLiteral("--public-url <URL>")));
    }
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
