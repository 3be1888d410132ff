// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/batchcodec.h"

#include <QCborArray>
#include <QRandomGenerator>
#include <QTest>

#include <cmath>
#include <limits>

using namespace flowgate::telemetry;
using flowgate::domain::milliseconds;
using flowgate::domain::WallTime;
using namespace Qt::StringLiterals;

namespace {

WallTime at(qint64 ms)
{
    return WallTime(milliseconds(1'790'000'000'000 + ms));
}

std::vector<MetricPoint> samplePoints()
{
    std::vector<MetricPoint> points;
    for (const MetricKind kind : {MetricKind::Gauge, MetricKind::Sum, MetricKind::Histogram,
                                  MetricKind::ExponentialHistogram, MetricKind::Summary}) {
        MetricPoint point;
        point.name = u"otelcol_exporter_sent_spans"_s;
        point.unit = u"{spans}"_s;
        point.kind = kind;
        point.temporality = kind == MetricKind::Gauge ? Temporality::Unspecified : Temporality::Cumulative;
        point.monotonic = kind == MetricKind::Sum;
        point.attributes = {{u"exporter"_s, {u"otlp/1"_s}},
                            {u"ok"_s, {true}},
                            {u"n"_s, {qint64(-7)}},
                            {u"d"_s, {0.1}},
                            {u"none"_s, {}}};
        point.at = at(5);
        point.nanos = points.empty() ? 999'999 : 1000 - int(points.size());
        point.since = at(-1000);
        if (kind == MetricKind::Gauge || kind == MetricKind::Sum)
            point.value = 1.0 / 3;
        else
            point.distribution =
                Distribution{7, 3.5, 0.1, {}, {{0.5, 3}, {std::numeric_limits<double>::infinity(), 4}}};
        points.push_back(point);
    }
    points.push_back({}); // nothing but defaults
    return points;
}

std::vector<LogLine> sampleLines()
{
    LogLine line;
    line.at = at(9);
    line.severity = 17;
    line.severityText = u"ERROR"_s;
    line.text = u"pip\u00e9line \U0001F4A5\nsecond line"_s;
    line.scope = u"go.opentelemetry.io/collector/service"_s;
    line.attributes = {{u"kind"_s, {u"exporter"_s}}};
    line.cut = true;
    return {line, LogLine{}};
}

} // namespace

class TestBatchCodec final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBackAsItWas()
    {
        const auto points = unpackedPoints(packed(samplePoints()));
        QVERIFY(points && *points == samplePoints());
        const auto lines = unpackedLines(packed(sampleLines()));
        QVERIFY(lines && *lines == sampleLines());
        QVERIFY(unpackedPoints(packed(std::vector<MetricPoint>()))->empty());
    }

    void pointsOfEarlierVersionsAreRead()
    {
        const QCborArray point{u"sent"_s, u"1"_s, 1, 2, true, 7, nullptr, 0.5, nullptr, QCborArray{}, false};
        const auto packedAs = [](int form, const QCborArray &record) {
            return qCompress(QCborValue(QCborArray{form, QCborArray{record}}).toCbor());
        };
        const auto points = unpackedPoints(packedAs(1, point));
        QVERIFY(points && points->size() == 1);
        QCOMPARE(points->front().name, u"sent"_s);
        QCOMPARE(points->front().at, WallTime(milliseconds(7)));
        QCOMPARE(points->front().nanos, 0);
        QVERIFY(!unpackedPoints(packedAs(3, point))); // that form has one place more
    }

    void timesBeyondAMillisecondAreNone()
    {
        for (const qint64 nanos : {qint64(-1), qint64(1'000'000), std::numeric_limits<qint64>::min()}) {
            const QCborArray point{u"a"_s, u""_s, 0, 0, false, 7, nullptr, 0.5, nullptr, QCborArray{}, false, nanos};
            QVERIFY(!unpackedPoints(qCompress(QCborValue(QCborArray{3, QCborArray{point}}).toCbor())));
        }
    }

    void structuredAttributesBecomeText()
    {
        MetricPoint point;
        point.attributes = {{u"list"_s, {flowgate::domain::AttributeValue::List{{u"a"_s}, {qint64(1)}}}}};
        const auto points = unpackedPoints(packed(std::vector{point}));
        QCOMPARE(flowgate::domain::attributeText(points->front().attributes.front().value),
                 flowgate::domain::attributeText(point.attributes.front().value));
    }

    void otherBytesAreNone()
    {
        QVERIFY(!unpackedPoints({}));
        QVERIFY(!unpackedPoints("hello, world"));
        QVERIFY(!unpackedPoints(QByteArray::fromHex("ffffffff00"))); // says that it is 4 GiB
        QVERIFY(!unpackedPoints(QByteArray::fromHex("0fffffff") + qCompress(QByteArray(5000, 'a')).sliced(4)));
        QVERIFY(!unpackedPoints(packed(sampleLines())));
        QVERIFY(!unpackedLines(packed(samplePoints())));
        QByteArray bytes = packed(samplePoints());
        bytes.chop(3);
        QVERIFY(!unpackedPoints(bytes));
    }

    void floatingNumbersAreNoWholeOnes()
    {
        const QCborArray line{1e300, -1e300, u"warn"_s, u"text"_s, u"scope"_s, QCborArray{}, false};
        const auto lines = unpackedLines(qCompress(QCborValue(QCborArray{2, QCborArray{line}}).toCbor()));
        QVERIFY(lines && lines->size() == 1);
        QCOMPARE(lines->front().at, WallTime{});
        QCOMPARE(lines->front().severity, 0);
        QCOMPARE(lines->front().text, u"text"_s);
    }

    void anyDamageIsSurvived()
    {
        QRandomGenerator random(3);
        const QByteArray whole = packed(samplePoints());
        int refused = 0;
        for (int i = 0; i < 2000; ++i) {
            QByteArray bytes = whole;
            bytes[random.bounded(bytes.size())] = static_cast<char>(random.bounded(256));
            refused += unpackedPoints(bytes) ? 0 : 1;
        }
        QVERIFY(refused > 1000); // the checksum of zlib finds nearly all
    }
};

QTEST_APPLESS_MAIN(TestBatchCodec)
#include "tst_batchcodec.moc"
