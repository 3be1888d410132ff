// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/timeaxis.h"

#include "ui/common/relativetime.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace flowgate::common {

using namespace std::chrono_literals;
using domain::milliseconds;
using domain::WallTime;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::TimeAxis)
};

constexpr milliseconds day = 24h;
constexpr milliseconds steps[] = {1s, 2s, 5s, 10s, 15s, 30s, 1min,    2min,    5min,     10min,    15min,   30min,
                                  1h, 2h, 3h, 6h,  12h, day, 2 * day, 7 * day, 14 * day, 28 * day, 91 * day};

QDateTime local(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(toMs(time));
}

WallTime midnight(QDate date)
{
    return fromMs(date.startOfDay().toMSecsSinceEpoch());
}

milliseconds stepOf(milliseconds length, int most)
{
    const auto fitting = std::ranges::find_if(steps, [&](milliseconds step) { return length / step <= most; });
    return fitting == std::end(steps) ? length / most + day : *fitting;
}

QString dayText(const QDateTime &time)
{
    return QLocale().toString(time.date(), QStringLiteral("d MMM"));
}

QString tickText(const QDateTime &time, milliseconds step)
{
    if (step >= day || time.time().msecsSinceStartOfDay() == 0)
        return dayText(time);
    return QLocale().toString(time.time(), step < 1min ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

} // namespace

std::vector<WallTime> axisMoments(WallTime from, WallTime to, int most)
{
    std::vector<WallTime> moments;
    if (to <= from || most < 1)
        return moments;
    const milliseconds step = stepOf(to - from, most);
    const QDateTime first = local(from);
    if (step >= day) {
        // By the calendar, since a day is not always of 24 hours.
        const qint64 days = step / day;
        QDate date = first.date();
        date = date.addDays((days - date.toJulianDay() % days) % days);
        for (WallTime at = midnight(date); at <= to; date = date.addDays(days), at = midnight(date)) {
            if (at >= from)
                moments.push_back(at);
        }
        return moments;
    }
    const milliseconds offset = std::chrono::seconds(first.offsetFromUtc());
    const milliseconds rest = (from.time_since_epoch() + offset) % step;
    for (WallTime at = rest == 0ms ? from : from + (step - rest); at <= to; at += step)
        moments.push_back(at);
    return moments;
}

std::vector<AxisTick> axisTicks(WallTime from, WallTime to, int most)
{
    std::vector<AxisTick> ticks;
    for (const WallTime at : axisMoments(from, to, most))
        ticks.push_back({at, tickText(local(at), stepOf(to - from, most))});
    return ticks;
}

QString stretchText(WallTime from, WallTime to, WallTime now)
{
    const QDateTime begin = local(from);
    const QDateTime end = local(to);
    const QString format = to - from < 10min ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    const auto text = [&](const QDateTime &time, bool withDay) {
        const QString clock = QLocale().toString(time.time(), format);
        return withDay ? QStringLiteral("%1, %2").arg(dayText(time), clock) : clock;
    };
    const bool isToday = begin.date() == local(now).date();
    return Texts::tr("%1 to %2", "two moments").arg(text(begin, !isToday), text(end, end.date() != begin.date()));
}

} // namespace flowgate::common
