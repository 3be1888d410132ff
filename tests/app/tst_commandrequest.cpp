// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandrequest.h"

#include <QTest>

using namespace flowgate::app;

class TestCommandRequest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QJsonObject>("args");
        const QJsonObject args{{QStringLiteral("a"), 1}};
        QTest::addRow("verb and args") << QByteArray("{\"verb\":\"x y\",\"args\":{\"a\":1}}\n") << QStringLiteral("x y")
                                       << args;
        QTest::addRow("without a line end")
            << QByteArray("{\"args\":{\"a\":1},\"verb\":\"x\"}") << QStringLiteral("x") << args;
        QTest::addRow("verb alone") << QByteArray("{\"verb\":\"x\"}\r\n") << QStringLiteral("x") << QJsonObject{};
        QTest::addRow("no texts where texts belong")
            << QByteArray("{\"verb\":5,\"args\":[1]}\n") << QString() << QJsonObject{};
    }
    void reads()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, verb);
        QFETCH(QJsonObject, args);
        const auto request = commandFrom(line);
        QVERIFY(request.has_value());
        QCOMPARE(request->verb, verb);
        QCOMPARE(request->args, args);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addRow("nothing") << QByteArray("\n");
        QTest::addRow("a list") << QByteArray("[1]\n");
        QTest::addRow("cut off") << QByteArray("{\"verb\":\"x\n");
        QTest::addRow("not UTF-8") << QByteArray("{\"verb\":\"\xe4\"}\n");
        QTest::addRow("too deep") << "{\"verb\":" + QByteArray(5000, '[') + QByteArray(5000, ']') + "}\n";
    }
    void refuses()
    {
        QFETCH(QByteArray, line);
        const auto request = commandFrom(line);
        QVERIFY(!request.has_value());
        QCOMPARE(request.error().code, FailureCode::BadArgument);
        QVERIFY(request.error().about.startsWith(QStringLiteral("the request is not a JSON object")));
    }

    void writesOneLine()
    {
        const QByteArray line = commandLine({{QStringLiteral("text"), QStringLiteral("a\nb\r\u2028")}});
        QCOMPARE(line.count('\n'), 1);
        QVERIFY(line.endsWith('\n'));
    }
};

QTEST_APPLESS_MAIN(TestCommandRequest)
#include "tst_commandrequest.moc"
