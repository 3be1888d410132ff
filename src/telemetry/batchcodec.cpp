// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/batchcodec.h"

#include <QCborArray>
#include <QCborValue>

#include <utility>

namespace flowgate::telemetry {

namespace {

// Records are arrays whose places have a meaning; a later form of them gets another number.
constexpr int pointsFormOfMilliseconds = 1; ///< read, no longer written: as pointsForm without the last place
constexpr int linesForm = 2;
constexpr int pointsForm = 3;
/// Below one millisecond.
constexpr int mostNanos = 999'999;
/// What is unpacked at most: a batch is one request, which is bounded before it gets here.
constexpr qsizetype mostBytes = 256LL * 1024 * 1024;
/// What a byte of zlib's becomes at most.
constexpr qsizetype mostGrowth = 1032;

QCborValue timeValue(domain::WallTime at)
{
    return qint64(at.time_since_epoch().count());
}

/// Of a whole number alone: QCborValue::toInteger() also converts a floating one, which may be beyond any qint64.
qint64 integerFrom(const QCborValue &value)
{
    return value.isInteger() ? value.toInteger() : 0;
}

domain::WallTime timeFrom(const QCborValue &value)
{
    return domain::WallTime(domain::milliseconds(integerFrom(value)));
}

QCborValue optional(const std::optional<double> &number)
{
    return number ? QCborValue(*number) : QCborValue(nullptr);
}

std::optional<double> numberFrom(const QCborValue &value)
{
    return value.isNull() ? std::nullopt : std::optional(value.toDouble());
}

QCborValue attributeValue(const domain::AttributeValue &value)
{
    if (const auto *text = std::get_if<QString>(&value.data))
        return *text;
    if (const auto *flag = std::get_if<bool>(&value.data))
        return *flag;
    if (const auto *number = std::get_if<qint64>(&value.data))
        return *number;
    if (const auto *number = std::get_if<double>(&value.data))
        return *number;
    if (std::holds_alternative<std::monostate>(value.data))
        return nullptr;
    return domain::attributeText(value);
}

domain::AttributeValue attributeFrom(const QCborValue &value)
{
    switch (value.type()) {
    case QCborValue::True:
    case QCborValue::False:
        return {value.toBool()};
    case QCborValue::Integer:
        return {value.toInteger()};
    case QCborValue::Double:
        return {value.toDouble()};
    case QCborValue::String:
        return {value.toString()};
    default:
        return {};
    }
}

QCborArray attributesArray(const domain::Attributes &attributes)
{
    QCborArray array;
    for (const domain::Attribute &attribute : attributes) {
        array.append(attribute.key);
        array.append(attributeValue(attribute.value));
    }
    return array;
}

domain::Attributes attributesFrom(const QCborArray &array)
{
    domain::Attributes attributes;
    attributes.reserve(static_cast<size_t>(array.size() / 2));
    for (qsizetype i = 0; i + 1 < array.size(); i += 2)
        attributes.push_back({array.at(i).toString(), attributeFrom(array.at(i + 1))});
    return attributes;
}

QCborValue distributionValue(const std::optional<Distribution> &distribution)
{
    if (!distribution)
        return nullptr;
    QCborArray steps;
    for (const DistributionStep &step : distribution->steps) {
        steps.append(step.at);
        steps.append(step.value);
    }
    return QCborArray{static_cast<qint64>(distribution->count), optional(distribution->sum),
                      optional(distribution->min), optional(distribution->max), steps};
}

std::optional<Distribution> distributionFrom(const QCborValue &value)
{
    if (!value.isArray())
        return {};
    const QCborArray array = value.toArray();
    Distribution made;
    made.count = static_cast<quint64>(integerFrom(array.at(0)));
    made.sum = numberFrom(array.at(1));
    made.min = numberFrom(array.at(2));
    made.max = numberFrom(array.at(3));
    const QCborArray steps = array.at(4).toArray();
    for (qsizetype i = 0; i + 1 < steps.size(); i += 2)
        made.steps.push_back({steps.at(i).toDouble(), steps.at(i + 1).toDouble()});
    return made;
}

QByteArray compressed(int form, const QCborArray &records)
{
    return qCompress(QCborValue(QCborArray{form, records}).toCbor());
}

/// What was packed, by its form; nothing if these are other bytes.
std::optional<std::pair<int, QCborArray>> inflated(const QByteArray &bytes)
{
    // qUncompress() believes the size that stands before the data, and asks for as much memory at once.
    if (bytes.size() < 5)
        return {};
    quint32 size = 0;
    for (int i = 0; i < 4; ++i)
        size = size << 8 | static_cast<quint8>(bytes[i]);
    if (size > mostBytes || size > bytes.size() * mostGrowth)
        return {};
    QCborParserError error;
    const QCborValue value = QCborValue::fromCbor(qUncompress(bytes), &error);
    const QCborArray whole = value.toArray();
    const qint64 form = integerFrom(whole.at(0));
    if (error.error != QCborError::NoError || whole.size() != 2 || form < 0 || form > pointsForm ||
        !whole.at(1).isArray())
        return {};
    return std::pair(static_cast<int>(form), whole.at(1).toArray());
}

} // namespace

QByteArray packed(const std::vector<MetricPoint> &points)
{
    QCborArray records;
    int nanos = 0;
    for (const MetricPoint &point : points) {
        // An SDK reads one instrument after the other: what lies between two of them is a smaller number.
        const int later = point.nanos - std::exchange(nanos, point.nanos);
        records.append(QCborArray{
            point.name, point.unit, static_cast<int>(point.kind), static_cast<int>(point.temporality), point.monotonic,
            timeValue(point.at), point.since ? timeValue(*point.since) : QCborValue(nullptr), optional(point.value),
            distributionValue(point.distribution), attributesArray(point.attributes), point.cut, later});
    }
    return compressed(pointsForm, records);
}

std::optional<std::vector<MetricPoint>> unpackedPoints(const QByteArray &bytes)
{
    const auto packed = inflated(bytes);
    if (!packed || (packed->first != pointsForm && packed->first != pointsFormOfMilliseconds))
        return {};
    const auto &[form, records] = *packed;
    std::vector<MetricPoint> points;
    points.reserve(static_cast<size_t>(records.size()));
    qint64 nanos = 0;
    for (const QCborValue &record : records) {
        const QCborArray array = record.toArray();
        if (array.size() != (form == pointsForm ? 12 : 11))
            return {};
        const qint64 later = form == pointsForm ? integerFrom(array.at(11)) : 0;
        if (later < -nanos || later > mostNanos - nanos)
            return {};
        nanos += later;
        MetricPoint point;
        point.name = array.at(0).toString();
        point.unit = array.at(1).toString();
        point.kind = static_cast<MetricKind>(integerFrom(array.at(2)));
        point.temporality = static_cast<Temporality>(integerFrom(array.at(3)));
        point.monotonic = array.at(4).toBool();
        point.at = timeFrom(array.at(5));
        point.nanos = static_cast<int>(nanos);
        if (!array.at(6).isNull())
            point.since = timeFrom(array.at(6));
        point.value = numberFrom(array.at(7));
        point.distribution = distributionFrom(array.at(8));
        point.attributes = attributesFrom(array.at(9).toArray());
        point.cut = array.at(10).toBool();
        points.push_back(std::move(point));
    }
    return points;
}

QByteArray packed(const std::vector<LogLine> &lines)
{
    QCborArray records;
    for (const LogLine &line : lines) {
        records.append(QCborArray{timeValue(line.at), line.severity, line.severityText, line.text, line.scope,
                                  attributesArray(line.attributes), line.cut});
    }
    return compressed(linesForm, records);
}

std::optional<std::vector<LogLine>> unpackedLines(const QByteArray &bytes)
{
    const auto packed = inflated(bytes);
    if (!packed || packed->first != linesForm)
        return {};
    const QCborArray &records = packed->second;
    std::vector<LogLine> lines;
    lines.reserve(static_cast<size_t>(records.size()));
    for (const QCborValue &record : records) {
        const QCborArray array = record.toArray();
        if (array.size() != 7)
            return {};
        LogLine line;
        line.at = timeFrom(array.at(0));
        line.severity = static_cast<int>(integerFrom(array.at(1)));
        line.severityText = array.at(2).toString();
        line.text = array.at(3).toString();
        line.scope = array.at(4).toString();
        line.attributes = attributesFrom(array.at(5).toArray());
        line.cut = array.at(6).toBool();
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace flowgate::telemetry
