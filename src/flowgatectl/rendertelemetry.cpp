// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/unmatchedtelemetry.h"
#include "flowgatectl/printable.h"
#include "flowgatectl/render.h"
#include "flowgatectl/table.h"
#include "flowgatectl/values.h"

namespace flowgate::ctl {

namespace {

QString attributesText(const QJsonValue &attributes)
{
    QStringList parts;
    const QJsonObject map = attributes.toObject();
    for (auto entry = map.begin(); entry != map.end(); ++entry)
        parts.append(printable(entry.key()) + u'=' + shown(entry.value()));
    return parts.join(u' ');
}

/// The newest number of a series: its value, or how many were measured.
QString latest(const QJsonArray &points)
{
    const QJsonValue point = points.isEmpty() ? QJsonValue() : points.last();
    const QJsonValue value = point[QStringLiteral("value")];
    return shown(value.isUndefined() ? point[QStringLiteral("count")] : value);
}

/// What may explain that there is nothing: telemetry came that belongs to no gateway. Empty where none did.
QString elsewhere(const QJsonValue &list)
{
    const QJsonValue unmatched = list[QStringLiteral("unmatched")];
    const auto why = domain::noOwnerFromWord(unmatched[QStringLiteral("reason")].toString());
    if (!why)
        return {};
    domain::UnmatchedSource source;
    source.address = shown(unmatched[QStringLiteral("address")]);
    source.requests = static_cast<quint64>(unmatched[QStringLiteral("requests")].toDouble());
    source.why = *why;
    return QStringLiteral("; ") + domain::unmatchedText(source, unmatched[QStringLiteral("its_address")].toBool());
}

QString renderLogLine(const QJsonValue &line)
{
    const QString attributes = attributesText(line[QStringLiteral("attributes")]);
    return QStringLiteral("%1  %2  %3%4\n")
        .arg(shown(line[QStringLiteral("at")]), shown(line[QStringLiteral("severity")]).leftJustified(5),
             shown(line[QStringLiteral("text")]), attributes.isEmpty() ? QString() : u' ' + attributes);
}

} // namespace

QString renderMetrics(const QJsonValue &list)
{
    Table table({QStringLiteral("NAME"), QStringLiteral("LATEST"), QStringLiteral("UNIT"), QStringLiteral("PER SECOND"),
                 QStringLiteral("POINTS"), QStringLiteral("ATTRIBUTES")});
    for (const QJsonValue &series : itemsOf(list)) {
        const QJsonArray points = series[QStringLiteral("points")].toArray();
        const QJsonValue rate = series[QStringLiteral("rate_per_s")];
        table.addRow({shown(series[QStringLiteral("name")]), latest(points), shown(series[QStringLiteral("unit")]),
                      rate.isDouble() ? QString::number(rate.toDouble(), 'g', 4) : QStringLiteral("-"),
                      QString::number(points.size()), attributesText(series[QStringLiteral("attributes")])});
    }
    return table.isEmpty() ? QStringLiteral("No metrics from it in that time%1.\n").arg(elsewhere(list)) : table.text();
}

QString renderLogs(const QJsonValue &list)
{
    QString out;
    for (const QJsonValue &line : itemsOf(list))
        out += renderLogLine(line);
    return out.isEmpty() ? QStringLiteral("No log lines from it are kept%1.\n").arg(elsewhere(list)) : out;
}

} // namespace flowgate::ctl
