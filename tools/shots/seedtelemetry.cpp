// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/shots/seedtelemetry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

#include <cmath>
#include <cstdio>

namespace flowgate::shots {

namespace {

constexpr int minutes = 60;

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

QJsonObject attribute(const char *key, const QString &value)
{
    return {{text("key"), text(key)}, {text("value"), QJsonObject{{text("stringValue"), value}}}};
}

QString nano(domain::WallTime at)
{
    return QString::number(at.time_since_epoch().count()) + text("000000");
}

/// The points of an hour, one a minute, by what it is worth in each.
QJsonArray points(domain::WallTime now, const std::function<double(int)> &value, const QJsonArray &attributes)
{
    QJsonArray list;
    for (int minute = 0; minute <= minutes; ++minute)
        list.append(QJsonObject{{text("timeUnixNano"), nano(now - std::chrono::minutes(minutes - minute))},
                                {text("asDouble"), value(minute)},
                                {text("attributes"), attributes}});
    return list;
}

QJsonObject counter(const char *name, domain::WallTime now, const std::function<double(int)> &value,
                    const QJsonArray &attributes = {})
{
    return {{text("name"), text(name)},
            {text("sum"), QJsonObject{{text("isMonotonic"), true},
                                      {text("aggregationTemporality"), 2},
                                      {text("dataPoints"), points(now, value, attributes)}}}};
}

QJsonObject gauge(const char *name, const char *unit, domain::WallTime now, const std::function<double(int)> &value,
                  const QJsonArray &attributes = {})
{
    return {{text("name"), text(name)},
            {text("unit"), text(unit)},
            {text("gauge"), QJsonObject{{text("dataPoints"), points(now, value, attributes)}}}};
}

/// What was counted by a minute: some 40 a second, more from minute 20 on for a while, anew after a restart at 45.
double counted(int minute, double factor)
{
    double sum = 0;
    for (int i = minute < 45 ? 0 : 45; i < minute; ++i)
        sum += factor * 60 * (40 + 8 * std::sin(i / 4.0) + (i >= 20 && i < 30 ? 70 : 0));
    return std::floor(sum);
}

QJsonArray metrics(domain::WallTime now)
{
    const QJsonArray receiver{attribute("receiver", text("otlp"))};
    const QJsonArray exporter{attribute("exporter", text("debug"))};
    return {counter(
                "otelcol_receiver_accepted_log_records", now, [](int m) { return counted(m, 1); }, receiver),
            counter(
                "otelcol_receiver_accepted_spans", now, [](int m) { return counted(m, 0.4); }, receiver),
            counter(
                "otelcol_exporter_sent_log_records", now, [](int m) { return counted(m, 0.98); }, exporter),
            counter(
                "otelcol_exporter_sent_spans", now, [](int m) { return counted(m, 0.4); }, exporter),
            counter(
                "otelcol_exporter_send_failed_log_records", now,
                [](int m) { return m < 22   ? 0.0
                                   : m < 45 ? 60.0 * std::min(m - 21, 9)
                                            : 0.0; }, exporter),
            gauge(
                "otelcol_exporter_queue_size", "{batches}", now,
                [](int m) { return m >= 20 && m < 33 ? 90.0 * (m < 30 ? m - 19 : 33 - m) : 4.0; }, exporter),
            gauge(
                "otelcol_exporter_queue_capacity", "{batches}", now, [](int) { return 1000.0; }, exporter),
            gauge("otelcol_process_memory_rss", "By", now,
                  [](int m) { return 1024.0 * 1024 * (92 + 6 * std::sin(m / 7.0) + (m >= 20 && m < 32 ? 60 : 0)); }),
            counter("otelcol_process_cpu_seconds", now, [](int m) { return counted(m, 0.0004); }),
            counter("otelcol_process_uptime", now, [](int m) { return 60.0 * (m < 45 ? m + 900 : m - 44); })};
}

QJsonArray lines(domain::WallTime now)
{
    struct Line
    {
        int minutesAgo;
        int severity;
        const char *word;
        const char *text;
    };
    constexpr Line all[] = {
        {15, 9, "info", "Starting otelcol-contrib..."},
        {15, 9, "info", "Starting GRPC server"},
        {15, 9, "info", "Everything is ready. Begin running and processing data."},
        {9, 13, "warn", "Exporting failed. Will retry the request after interval."},
        {8, 17, "error", "Exporting failed. Dropping data."},
        {3, 9, "info", "Memory usage is above soft limit. Forcing a GC."},
    };
    QJsonArray list;
    for (const Line &line : all)
        list.append(QJsonObject{{text("timeUnixNano"), nano(now - std::chrono::minutes(line.minutesAgo))},
                                {text("severityNumber"), line.severity},
                                {text("severityText"), text(line.word)},
                                {text("body"), QJsonObject{{text("stringValue"), text(line.text)}}},
                                {text("attributes"), QJsonArray{attribute("otelcol.component.id", text("otlp"))}}});
    return list;
}

bool post(const QUrl &url, const QJsonObject &body)
{
    QNetworkAccessManager network;
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, text("application/json"));
    QNetworkReply *reply = network.post(request, QJsonDocument(body).toJson());
    const bool came = QTest::qWaitFor([reply] { return reply->isFinished(); }, 5000);
    const bool taken = came && reply->error() == QNetworkReply::NoError;
    if (!taken)
        std::fprintf(stderr, "%s: %s %s\n", qPrintable(url.toString()), qPrintable(reply->errorString()),
                     reply->readAll().constData());
    return taken;
}

} // namespace

bool seedTelemetry(const QUrl &base, const domain::GatewayId &gateway, domain::WallTime now)
{
    const QJsonObject resource{
        {text("attributes"), QJsonArray{attribute("service.instance.id", domain::uuidText(gateway))}}};
    const QJsonObject scopeMetrics{{text("metrics"), metrics(now)}};
    const QJsonObject scopeLogs{{text("logRecords"), lines(now)}};
    const QJsonObject metricsOf{{text("resource"), resource}, {text("scopeMetrics"), QJsonArray{scopeMetrics}}};
    const QJsonObject logsOf{{text("resource"), resource}, {text("scopeLogs"), QJsonArray{scopeLogs}}};
    return post(base.resolved(QUrl(text("/v1/metrics"))), {{text("resourceMetrics"), QJsonArray{metricsOf}}}) &&
           post(base.resolved(QUrl(text("/v1/logs"))), {{text("resourceLogs"), QJsonArray{logsOf}}});
}

} // namespace flowgate::shots
