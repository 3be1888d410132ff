// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/series.h"
#include "telemetry/thinning.h"

#include <QTest>

using namespace flowgate::telemetry;
using flowgate::domain::milliseconds;
using flowgate::domain::WallTime;
using namespace Qt::StringLiterals;

namespace {

WallTime atSecond(qint64 second)
{
    return WallTime(milliseconds(1'790'000'100'000 + second * 1000));
}

struct P
{
    qint64 second;
    double value;
    qint64 since = 0;
    int nanos = 0;
};

MetricPoint point(MetricKind kind, Temporality temporality, const P &p)
{
    MetricPoint made;
    made.name = u"m"_s;
    made.kind = kind;
    made.temporality = temporality;
    made.monotonic = kind == MetricKind::Sum;
    made.at = atSecond(p.second);
    made.nanos = p.nanos;
    made.since = atSecond(p.since);
    made.value = p.value;
    return made;
}

std::vector<MetricPoint> points(MetricKind kind, Temporality temporality, const std::vector<P> &list)
{
    std::vector<MetricPoint> made;
    for (const P &p : list)
        made.push_back(point(kind, temporality, p));
    return made;
}

/// "second:value" of each.
QString text(const std::vector<Sample> &samples)
{
    QStringList parts;
    for (const Sample &sample : samples)
        parts.append(u"%1:%2"_s.arg((sample.at - atSecond(0)).count() / 1000).arg(sample.value));
    return parts.join(u' ');
}

using Points = std::vector<MetricPoint>;

} // namespace

Q_DECLARE_METATYPE(Points)

class TestSeries final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sortsBySeriesAndTime()
    {
        Points list = points(MetricKind::Gauge, Temporality::Unspecified, {{20, 2}, {10, 1}, {20, 3}});
        list[0].attributes = list[2].attributes = {{u"a"_s, {u"1"_s}}, {u"b"_s, {u"2"_s}}};
        list[1].attributes = {{u"b"_s, {u"2"_s}}, {u"a"_s, {u"1"_s}}}; // the same, the other way round
        Points other = points(MetricKind::Gauge, Temporality::Unspecified, {{5, 9}});
        list.push_back(other.front());
        const std::vector<Series> series = seriesOf(list);
        QCOMPARE(series.size(), size_t(2));
        QCOMPARE(text(valuesOf(series[0])), u"5:9"_s);
        QCOMPARE(text(valuesOf(series[1])), u"10:1 20:3"_s); // of one time the later one given
    }

    void rates_data()
    {
        QTest::addColumn<Points>("list");
        QTest::addColumn<QString>("rates");
        QTest::addColumn<double>("growth");
        const auto sum = MetricKind::Sum;
        const auto cumulative = Temporality::Cumulative;
        QTest::newRow("a counter") << points(sum, cumulative, {{0, 100}, {10, 110}, {30, 150}}) << u"10:1 30:2"_s
                                   << 50.0;
        QTest::newRow("one point is no rate") << points(sum, cumulative, {{0, 100}}) << QString() << 0.0;
        QTest::newRow("a restart, seen by the value")
            << points(sum, cumulative, {{0, 100}, {10, 30}}) << u"10:3"_s << 30.0;
        QTest::newRow("a restart, seen by the start")
            << points(sum, cumulative, {{0, 100, -50}, {10, 120, 5}}) << u"10:12"_s << 120.0;
        QTest::newRow("deltas") << points(sum, Temporality::Delta, {{10, 20, 0}, {20, 5, 10}}) << u"10:2 20:0.5"_s
                                << 25.0;
        QTest::newRow("a delta without its time")
            << points(sum, Temporality::Delta, {{10, 20, 10}}) << QString() << 20.0;
        QTest::newRow("deltas in one millisecond")
            << points(sum, Temporality::Delta, {{10, 20, 0, 100}, {10, 5, 10, 900'000}}) << u"10:2"_s << 25.0;
        QTest::newRow("a request that came twice counts once")
            << points(sum, Temporality::Delta, {{10, 20, 0, 100}, {10, 20, 0, 100}}) << u"10:2"_s << 20.0;
        QTest::newRow("a counter in one millisecond")
            << points(sum, cumulative, {{0, 100, 0, 500'000}, {0, 101, 0, 0}}) << u"0:200000"_s << 100.0;
        QTest::newRow("a gauge does not count")
            << points(MetricKind::Gauge, Temporality::Unspecified, {{0, 1}, {9, 5}}) << QString() << 4.0;
        Points histogram = points(MetricKind::Histogram, cumulative, {{0, 0}, {10, 0}});
        for (size_t i = 0; i < 2; ++i) {
            histogram[i].value.reset();
            histogram[i].distribution = Distribution{i == 0 ? 10ULL : 40ULL, {}, {}, {}, {}};
        }
        QTest::newRow("a histogram by its count") << histogram << u"10:3"_s << 30.0;
        Points gap = points(sum, cumulative, {{0, 10}, {10, 0}, {20, 30}});
        gap[1].value.reset(); // "no value recorded"
        QTest::newRow("no value in between") << gap << u"20:1"_s << 20.0;
    }

    void rates()
    {
        QFETCH(Points, list);
        QFETCH(QString, rates);
        QFETCH(double, growth);
        const Series series = seriesOf(list).front();
        QCOMPARE(text(ratesOf(series)), rates);
        QCOMPARE(growthOf(series), growth);
    }

    void thinningKeepsWhatWasCounted_data()
    {
        QTest::addColumn<Points>("list");
        const auto sum = MetricKind::Sum;
        QTest::newRow("a counter") << points(sum, Temporality::Cumulative,
                                             {{-10, 1}, {0, 5}, {60, 10}, {120, 30}, {299, 31}, {301, 50}, {400, 90}});
        QTest::newRow("with restarts") << points(
            sum, Temporality::Cumulative,
            {{-10, 1}, {0, 5}, {20, 6}, {40, 7}, {60, 2}, {80, 9}, {120, 30}, {200, 1}, {400, 3}});
        QTest::newRow("with a restart that only its start tells")
            << points(sum, Temporality::Cumulative,
                      {{-10, 1, -50}, {0, 5, -50}, {20, 60, -50}, {40, 90, 30}, {60, 95, 30}, {80, 99, 30}});
        QTest::newRow("deltas") << points(sum, Temporality::Delta, {{60, 5, 0}, {120, 7, 60}, {320, 2, 120}});
        QTest::newRow("deltas in one millisecond")
            << points(sum, Temporality::Delta, {{60, 5, 0, 0}, {60, 7, 60, 300}, {320, 2, 60}});
    }

    void thinningKeepsWhatWasCounted()
    {
        QFETCH(Points, list);
        std::map<WallTime, Points> steps;
        for (const MetricPoint &one : list)
            steps[stepBegin(one.at)].push_back(one);
        Points all;
        for (const auto &[begin, step] : steps) {
            const Points kept = thinned(step);
            QVERIFY(!kept.empty());
            all.insert(all.end(), kept.begin(), kept.end());
        }
        QVERIFY(all.size() < list.size());
        QCOMPARE(growthOf(seriesOf(all).front()), growthOf(seriesOf(list).front()));
        QCOMPARE(all.back().at, list.back().at);
    }

    void thinnedGaugeKnowsItsLeastAndMost()
    {
        const Points kept = thinned(points(MetricKind::Gauge, Temporality::Unspecified, {{1, 4}, {2, 1}, {3, 10}}));
        QCOMPARE(kept.size(), size_t(1));
        const Sample sample = valuesOf(seriesOf(kept).front()).front();
        QCOMPARE(sample.value, 5.0);
        QCOMPARE(*sample.low, 1.0);
        QCOMPARE(*sample.high, 10.0);
        QCOMPARE(sample.at, atSecond(3));
    }

    void thinnedDistributionsAreAdded()
    {
        Points list = points(MetricKind::Histogram, Temporality::Delta, {{1, 0, 0}, {2, 0, 1}});
        for (MetricPoint &one : list) {
            one.value.reset();
            one.distribution = Distribution{3, 1.5, 0.1, 2.0, {{1, 2}, {5, 1}}};
        }
        list[1].distribution->min = 0.05;
        const Points kept = thinned(list);
        QCOMPARE(kept.size(), size_t(1));
        QCOMPARE(*kept[0].distribution, (Distribution{6, 3.0, 0.05, 2.0, {{1, 4}, {5, 2}}}));
        list[1].distribution->steps = {{7, 1}}; // other bounds: the totals are all that can be said
        QCOMPARE(thinned(list)[0].distribution->count, quint64(6));
        QVERIFY(thinned(list)[0].distribution->steps.empty());
    }

    void stepsBeginAtWholeMinutes()
    {
        QCOMPARE(stepBegin(WallTime(milliseconds(1'790'000'299'999))), WallTime(milliseconds(1'790'000'100'000)));
        QCOMPARE(stepBegin(WallTime(milliseconds(1'790'000'100'000))), WallTime(milliseconds(1'790'000'100'000)));
    }
};

QTEST_APPLESS_MAIN(TestSeries)
#include "tst_series.moc"
