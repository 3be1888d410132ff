// SPDX-License-Identifier: GPL-3.0-or-later
// A real gateway's own metrics and logs: asked for, sent, kept, and equal to what went through it.
#include "tests/e2e/support/processes.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

using namespace flowgate::tests;

namespace {

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

/// Sends @p count log records to an OTLP/HTTP receiver. @return what it answered, 0 if nothing
int sendLogs(quint16 port, int count)
{
    QJsonArray records;
    for (int i = 0; i < count; ++i)
        records.append(QJsonObject{{text("body"), QJsonObject{{text("stringValue"), text("line")}}}});
    const QJsonObject scope{{text("logRecords"), records}};
    const QJsonObject resource{{text("scopeLogs"), QJsonArray{scope}}};
    const QJsonObject body{{text("resourceLogs"), QJsonArray{resource}}};
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(QStringLiteral("http://127.0.0.1:%1/v1/logs").arg(port)));
    request.setHeader(QNetworkRequest::ContentTypeHeader, text("application/json"));
    QNetworkReply *reply = network.post(request, QJsonDocument(body).toJson());
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

class TestOwnTelemetry final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        needGatewayBinary(text("opampsupervisor"));
        needGatewayBinary(text("otelcol"));
    }

    void takesBothEncodings() // T4, T5
    {
        Daemon daemon;
        QVERIFY2(daemon.start(), daemon.log().constData());
        const auto post = [&](const char *path, const char *type, const QByteArray &body) {
            QNetworkAccessManager network;
            QNetworkRequest request(QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(daemon.port()).arg(text(path))));
            request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray(type));
            QNetworkReply *reply = network.post(request, body);
            QEventLoop loop;
            QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
            loop.exec();
            return QStringLiteral("%1 %2").arg(
                QString::number(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt()),
                reply->header(QNetworkRequest::ContentTypeHeader).toString());
        };
        for (const char *path : {"/v1/metrics", "/v1/logs"}) {
            QCOMPARE(post(path, "application/json", "{}"), text("200 application/json"));
            QCOMPARE(post(path, "application/json; charset=utf-8", "{"), text("400 application/json"));
            QCOMPARE(post(path, "application/x-protobuf", {}), text("200 application/x-protobuf"));
            QCOMPARE(post(path, "text/plain", "{}"), text("415 application/x-protobuf"));
        }
    }

    void arrives() // CS3, CS4, CS31
    {
        Daemon daemon;
        QVERIFY2(daemon.start(), daemon.log().constData());
        RealGateway real(daemon.endpoint(), RealGateway::Kind::Plain);
        QVERIFY(real.start());
        QVERIFY(eventually([&] { return at(daemon.gateway(), "presence.state").toString() == u"connected"; }));
        const QString id = daemon.gateway()[text("id")].toString();
        QByteArray config = real.config("basic");
        config.replace("processors:\n", "      http:\n        endpoint: 127.0.0.1:" +
                                            QByteArray::number(real.httpPort()) + "\nprocessors:\n");
        QCOMPARE(daemon.ctl({text("configs"), text("add"), text("base"), text("-")}, config).exit, 0);
        const CtlResult rollout = daemon.ctl(QStringLiteral("rollouts start --config base --selector all --soak 2s "
                                                            "--timeout 120s --wait")
                                                 .split(u' '));
        QVERIFY2(rollout.exit == 0, rollout.output.constData());

        // Its log lines are there, with what they say.
        QVERIFY2(eventually([&] { return saysReady(daemon, id); }), logs(daemon, id).output.right(4000).constData());

        // What went through it is what its metrics say.
        int sent = 0;
        for (; sent < 1000; sent += 100)
            QVERIFY(eventually([&] { return sendLogs(real.httpPort(), 100) == 200; }));
        double accepted = 0;
        QVERIFY2(eventually([&] {
                     accepted = latest(daemon, id, "otelcol_receiver_accepted_log_records");
                     return accepted > 0 && accepted >= sent;
                 }),
                 qPrintable(QString::number(accepted)));
        QCOMPARE(accepted, double(sent));
        QVERIFY(eventually([&] { return latest(daemon, id, "otelcol_exporter_sent_log_records") == double(sent); }));
        QVERIFY(latest(daemon, id, "otelcol_process_uptime") > 0);

        // What it was asked for is by design: it runs what it should.
        QJsonObject gateway = daemon.gateway(id);
        QCOMPARE(at(gateway, "config.state").toString(), text("in_sync"));
        QVERIFY(effective(daemon, id).contains("protocol: http/protobuf"));

        // The same offer again, on another connection, is nothing new: no restart.
        const int restarts = gateway[text("restarts")].toInt();
        const qsizetype lines = logs(daemon, id).json[text("items")].toArray().size();
        daemon.kill();
        QVERIFY2(daemon.start(), daemon.log().constData());
        QVERIFY(eventually([&] { return at(daemon.gateway(id), "health.state").toString() == u"healthy"; }));
        QVERIFY(logs(daemon, id).json[text("items")].toArray().size() >= lines); // it is kept
        QCOMPARE(daemon.gateway(id)[text("restarts")].toInt(), restarts);

        // Logs are switched off; metrics stay.
        const QByteArray here = "http://127.0.0.1:" + QByteArray::number(daemon.port());
        QVERIFY(effective(daemon, id).contains(here + "/v1/logs"));
        QCOMPARE(daemon.ctl({text("settings"), text("set"), text("telemetry.logs"), text("none")}).exit, 0);
        QVERIFY2(eventually([&] {
                     const QByteArray now = effective(daemon, id);
                     return !now.contains(here + "/v1/logs") && now.contains(here + "/v1/metrics");
                 }),
                 effective(daemon, id).right(1500).constData());
        QVERIFY(eventually([&] { return at(daemon.gateway(id), "config.state").toString() == u"in_sync"; }));
    }

    /// A config that gives the Collector's telemetry an id of its own: it is found by the mark of the offer, which the
    /// supervisor passes on as a header.
    void arrivesUnderAnotherId()
    {
        Daemon daemon;
        QVERIFY2(daemon.start(), daemon.log().constData());
        RealGateway real(daemon.endpoint(), RealGateway::Kind::Plain);
        QVERIFY(real.start());
        QVERIFY(eventually([&] { return at(daemon.gateway(), "presence.state").toString() == u"connected"; }));
        const QString id = daemon.gateway()[text("id")].toString();
        QByteArray config = real.config("basic");
        config.replace("service:\n", "service:\n  telemetry:\n    resource:\n      service.instance.id: edge-gw-7\n");
        QVERIFY(config.contains("edge-gw-7"));
        QCOMPARE(daemon.ctl({text("configs"), text("add"), text("base"), text("-")}, config).exit, 0);
        const CtlResult rollout = daemon.ctl(QStringLiteral("rollouts start --config base --selector all --soak 2s "
                                                            "--timeout 40s --wait")
                                                 .split(u' '));
        QVERIFY2(rollout.exit == 0, rollout.output.constData());
        QVERIFY(effective(daemon, id).contains("service.instance.id: edge-gw-7"));
        QVERIFY(effective(daemon, id).contains(id.toLatin1())); // the mark
        // The next start of its Collector is told under that id.
        QCOMPARE(daemon.ctl({text("gateways"), text("restart"), id, text("--wait")}).exit, 0);
        const QString since = at(daemon.gateway(id), "health.started_at").toString();
        QVERIFY(!since.isEmpty());
        QVERIFY2(eventually([&] { return saysReady(daemon, id, since); }),
                 logs(daemon, id).output.right(4000).constData());
        QCOMPARE(at(daemon.ctl({text("status")}).json, "telemetry.unmatched").toInt(), 0);
    }

private:
    static CtlResult logs(Daemon &daemon, const QString &id)
    {
        return daemon.ctl({text("gateways"), text("logs"), id, text("--tail"), text("10000")});
    }
    /// Whether its log lines have a start of its Collector, at @p since (RFC 3339) or later.
    static bool saysReady(Daemon &daemon, const QString &id, const QString &since = {})
    {
        const QJsonArray items = logs(daemon, id).json[text("items")].toArray();
        return std::any_of(items.begin(), items.end(), [&since](const QJsonValue &line) {
            return line[text("text")].toString().contains(text("Everything is ready")) &&
                   line[text("severity_number")].toInt() > 0 && line[text("at")].toString() >= since;
        });
    }
    static QByteArray effective(Daemon &daemon, const QString &id)
    {
        return daemon.ctl({text("gateways"), text("effective"), id}).output;
    }
    /// The newest numbers of all series of a metric together; -1 where there is none.
    static double latest(Daemon &daemon, const QString &id, const char *name)
    {
        const CtlResult result = daemon.ctl(
            {text("gateways"), text("metrics"), id, text("--name"), text(name), text("--since"), text("1h")});
        const QJsonArray items = result.json[text("items")].toArray();
        double sum = items.isEmpty() ? -1 : 0;
        for (const QJsonValue series : items)
            sum += series[text("points")].toArray().last()[text("value")].toDouble();
        return sum;
    }
};

QTEST_GUILESS_MAIN(TestOwnTelemetry)
#include "tst_owntelemetry.moc"
