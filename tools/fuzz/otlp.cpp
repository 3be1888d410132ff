// SPDX-License-Identifier: GPL-3.0-or-later
// Own telemetry: metrics and logs in protobuf and in JSON, and records as they are kept. The first byte says which.
#include "fuzz.h"
#include "telemetry/batchcodec.h"
#include "telemetry/otlpcodec.h"
#include "telemetry/series.h"
#include "telemetry/thinning.h"

using namespace flowgate;
using fuzz::require;

namespace {

constexpr telemetry::OtlpLimits limits{.fields = 2000, .records = 50, .attributes = 8, .text = 100, .steps = 20};
constexpr domain::WallTime arrival{domain::milliseconds(1'795'000'000'000)};

void checkValue(const domain::AttributeValue &value)
{
    if (const auto *text = std::get_if<QString>(&value.data))
        require(text->size() <= limits.text, "a text is no longer than its limit");
    else if (const auto *bytes = std::get_if<QByteArray>(&value.data))
        require(bytes->size() <= limits.text, "bytes are no longer than their limit");
    else if (const auto *list = std::get_if<domain::AttributeValue::List>(&value.data)) {
        require(static_cast<qsizetype>(list->size()) <= limits.attributes, "a list is no longer than its limit");
        for (const domain::AttributeValue &item : *list)
            checkValue(item);
    } else if (const auto *map = std::get_if<domain::AttributeValue::Map>(&value.data)) {
        require(static_cast<qsizetype>(map->size()) <= limits.attributes, "no more attributes than the limit");
        for (const domain::Attribute &item : *map)
            checkValue(item.value);
    }
}

void check(const telemetry::MetricPoint &point)
{
    require(point.name.size() <= limits.text && point.unit.size() <= limits.text, "names are cut");
    require(!point.distribution || static_cast<qsizetype>(point.distribution->steps.size()) <= limits.steps,
            "a distribution has no more steps than the limit");
    require(point.nanos >= 0 && point.nanos < 1'000'000, "what is beyond a millisecond is less than one");
    checkValue({point.attributes});
}

void check(const telemetry::LogLine &line)
{
    require(line.text.size() <= limits.text && line.scope.size() <= limits.text, "texts are cut");
    checkValue({line.attributes});
}

std::optional<std::vector<telemetry::MetricPoint>> unpacked(const QByteArray &bytes, const telemetry::MetricPoint &)
{
    return telemetry::unpackedPoints(bytes);
}

std::optional<std::vector<telemetry::LogLine>> unpacked(const QByteArray &bytes, const telemetry::LogLine &)
{
    return telemetry::unpackedLines(bytes);
}

/// Compares packed bytes, not records: a number may be none, which is not equal to itself.
template<typename Record>
void checkPacking(const std::vector<Record> &records)
{
    const QByteArray bytes = telemetry::packed(records);
    const auto back = unpacked(bytes, Record{});
    require(back.has_value(), "what was packed can be unpacked");
    require(back->size() == records.size(), "each record comes back");
    require(telemetry::packed(*back) == bytes, "what comes back is what was packed");
}

template<typename Record>
void checkDecoded(const telemetry::Decoded<Record> &decoded)
{
    qsizetype count = 0;
    for (const telemetry::Batch<Record> &batch : decoded.batches) {
        require(batch.gateway.isEmpty() && !batch.records.empty(), "a batch has records, and no owner yet");
        require(batch.instanceId.size() <= 256, "an id is cut");
        count += static_cast<qsizetype>(batch.records.size());
        for (const Record &record : batch.records)
            check(record);
        checkPacking(batch.records);
    }
    require(count <= limits.records, "no more records than the limit");
}

void checkSeries(const std::vector<telemetry::MetricPoint> &points)
{
    for (const telemetry::Series &series : telemetry::seriesOf(points)) {
        require(!series.points.empty(), "a series has points");
        require(telemetry::valuesOf(series).size() <= series.points.size(), "no more values than points");
        require(telemetry::ratesOf(series).size() <= series.points.size(), "no more rates than points");
        (void)telemetry::growthOf(series);
    }
    checkPacking(telemetry::thinned(points));
}

void metrics(QByteArrayView body, telemetry::Encoding encoding)
{
    const auto decoded = telemetry::decodeMetrics(body, arrival, limits, encoding);
    if (!decoded)
        return;
    checkDecoded(*decoded);
    for (const telemetry::MetricBatch &batch : decoded->batches)
        checkSeries(batch.records);
}

void logs(QByteArrayView body, telemetry::Encoding encoding)
{
    if (const auto decoded = telemetry::decodeLogs(body, arrival, limits, encoding))
        checkDecoded(*decoded);
}

/// Whatever a damaged disk gives back: also content that our own functions would not have written.
void kept(QByteArrayView body)
{
    const QByteArray bytes = qCompress(body.toByteArray());
    if (const auto points = telemetry::unpackedPoints(bytes))
        checkPacking(*points);
    if (const auto lines = telemetry::unpackedLines(bytes))
        checkPacking(*lines);
    (void)telemetry::unpackedPoints(body.toByteArray());
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView body = fuzz::view(data + 1, size - 1);
    switch (data[0]) {
    case 'm':
        metrics(body, telemetry::Encoding::Protobuf);
        break;
    case 'M':
        metrics(body, telemetry::Encoding::Json);
        break;
    case 'l':
        logs(body, telemetry::Encoding::Protobuf);
        break;
    case 'L':
        logs(body, telemetry::Encoding::Json);
        break;
    default:
        kept(body);
    }
    return 0;
}
