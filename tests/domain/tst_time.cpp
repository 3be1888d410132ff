// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/clock.h"
#include "tests/domain/samples.h"

#include <limits>

using namespace flowgate::tests;

class TestTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesRfc3339_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::addRow("the epoch") << qint64(0) << u"1970-01-01T00:00:00.000Z"_s;
        QTest::addRow("milliseconds always") << qint64(1'795'425'302'123) << u"2026-11-23T09:15:02.123Z"_s;
        QTest::addRow("before the epoch") << qint64(-1) << u"1969-12-31T23:59:59.999Z"_s;
        QTest::addRow("X17 the latest that nanoseconds reach")
            << qint64(18'446'744'073'709) << u"2554-07-21T23:34:33.709Z"_s;
    }

    void writesRfc3339()
    {
        QFETCH(qint64, ms);
        QFETCH(QString, text);
        QCOMPARE(rfc3339(WallTime(milliseconds(ms))), text);
        const auto back = fromRfc3339(text);
        QVERIFY(back);
        QCOMPARE(back->time_since_epoch().count(), ms);
    }

    void readsRfc3339_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<std::optional<qint64>>("ms");
        const auto row = [](const char *name, const QString &text, std::optional<qint64> ms) {
            QTest::addRow("%s", name) << text << ms;
        };
        row("no fraction", u"1970-01-01T00:00:01Z"_s, 1000);
        row("an offset", u"1970-01-01T02:00:01.500+02:00"_s, 1500);
        row("a negative offset", u"1969-12-31T19:00:00-05:00"_s, 0);
        row("nanoseconds, as Go writes them", u"1970-01-01T00:00:01.250000000Z"_s, 1250);
        row("rounds to the millisecond", u"1970-01-01T00:00:01.2505Z"_s, 1251);
        row("without a zone it would be local time", u"1970-01-01T00:00:01"_s, {});
        row("only a date", u"1970-01-01"_s, {});
        row("empty", QString(), {});
        row("month 13", u"1970-13-01T00:00:00Z"_s, {});
        row("30 February", u"2026-02-30T00:00:00Z"_s, {});
        row("hour 25", u"1970-01-01T25:00:00Z"_s, {});
        row("trailing text", u"1970-01-01T00:00:01Zx"_s, {});
        row("words", u"yesterday"_s, {});
        row("hostile length", u"1970-01-01T00:00:01."_s + QString(100'000, u'0') + u'Z', 1000);
    }

    void readsRfc3339()
    {
        QFETCH(QString, text);
        QFETCH(std::optional<qint64>, ms);
        const auto time = fromRfc3339(text);
        QCOMPARE(time.has_value(), ms.has_value());
        if (time)
            QCOMPARE(time->time_since_epoch().count(), *ms);
    }

    void readsDurations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("ms"); // -1: refused
        QTest::addRow("milliseconds") << u"250ms"_s << qint64(250);
        QTest::addRow("seconds") << u"90s"_s << qint64(90'000);
        QTest::addRow("minutes") << u"5m"_s << qint64(300'000);
        QTest::addRow("hours") << u"1h"_s << qint64(3'600'000);
        QTest::addRow("days") << u"2d"_s << qint64(172'800'000);
        QTest::addRow("combined") << u"1h30m"_s << qint64(5'400'000);
        QTest::addRow("zero") << u"0s"_s << qint64(0);
        QTest::addRow("ten years") << u"3660d"_s << qint64(3660) * 86'400'000;
        QTest::addRow("more is a typing error") << u"3661d"_s << qint64(-1);
        QTest::addRow("more in parts") << u"3660d1ms"_s << qint64(-1);
        QTest::addRow("no unit") << u"90"_s << qint64(-1);
        QTest::addRow("no number") << u"s"_s << qint64(-1);
        QTest::addRow("sign") << u"-5s"_s << qint64(-1);
        QTest::addRow("plus") << u"+5s"_s << qint64(-1);
        QTest::addRow("space") << u"5 s"_s << qint64(-1);
        QTest::addRow("fraction") << u"1.5s"_s << qint64(-1);
        QTest::addRow("unknown unit") << u"5w"_s << qint64(-1);
        QTest::addRow("upper case") << u"5S"_s << qint64(-1);
        QTest::addRow("the rest counts too") << u"5s7"_s << qint64(-1);
        QTest::addRow("empty") << QString() << qint64(-1);
        QTest::addRow("hostile number") << u"99999999999999999999s"_s << qint64(-1);
        QTest::addRow("number that overflows with its unit") << u"999999999999d"_s << qint64(-1);
        QTest::addRow("Arabic digits") << u"٥s"_s << qint64(-1);
        QTest::addRow("hostile length") << QString(u"3660d"_s).repeated(20'000) << qint64(-1);
    }

    void readsDurations()
    {
        QFETCH(QString, text);
        QFETCH(qint64, ms);
        const auto duration = durationFromText(text);
        QCOMPARE(duration ? duration->count() : -1, ms);
    }

    void readsUnixNano_data()
    {
        QTest::addColumn<quint64>("nanoseconds");
        QTest::addColumn<std::optional<qint64>>("ms");
        const auto row = [](const char *name, quint64 nanoseconds, std::optional<qint64> ms) {
            QTest::addRow("%s", name) << nanoseconds << ms;
        };
        row("ST3 0 is none", 0, {});
        row("X17 under a millisecond", 999'999, 0);
        row("X17 now", 1'795'425'302'123'456'789, 1'795'425'302'123);
        row("X17 over the signed range", 9'223'372'036'854'775'808ULL, 9'223'372'036'854);
        row("X17 the largest", std::numeric_limits<quint64>::max(), 18'446'744'073'709);
    }

    void readsUnixNano()
    {
        QFETCH(quint64, nanoseconds);
        QFETCH(std::optional<qint64>, ms);
        const auto time = fromUnixNano(nanoseconds);
        QCOMPARE(time.has_value(), ms.has_value());
        if (time)
            QCOMPARE(time->time_since_epoch().count(), *ms);
    }

    void takesNoImplausibleTime_data()
    {
        QTest::addColumn<quint64>("nanoseconds");
        QTest::addColumn<bool>("plausible");
        QTest::addRow("ST3 0 is none") << quint64(0) << false;
        QTest::addRow("in seconds") << quint64(1'795'425'302) << false;
        QTest::addRow("in milliseconds") << quint64(1'795'425'302'123) << false;
        QTest::addRow("in microseconds") << quint64(1'795'425'302'123'456) << false;
        QTest::addRow("a clock that was never set") << quint64(86'400'000'000'000) << false;
        QTest::addRow("the last of 1999") << quint64(946'684'799'999'999'999) << false;
        QTest::addRow("the first of 2000") << quint64(946'684'800'000'000'000) << true;
        QTest::addRow("X17 now") << quint64(1'795'425'302'123'456'789) << true;
    }

    void takesNoImplausibleTime()
    {
        QFETCH(quint64, nanoseconds);
        QTEST(plausibleUnixNano(nanoseconds).has_value(), "plausible");
    }

    void readsTheClocks()
    {
        const SystemClock clock;
        const auto awake = clock.awake();
        const auto elapsed = clock.elapsed();
        QVERIFY(clock.now() > at(-1'000'000'000'000));
        QVERIFY(clock.awake() >= awake);
        QVERIFY(clock.elapsed() >= elapsed);
        // The one that goes on while the machine sleeps can only be ahead; both are read one after the other.
        QVERIFY(clock.elapsed() >= awake);
    }
};

QTEST_GUILESS_MAIN(TestTime)
#include "tst_time.moc"
