// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/relativetime.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace flowgate::common {

using domain::milliseconds;
using domain::WallTime;

namespace {

struct Times
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::Times)
};

constexpr qint64 minute = 60;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

QString rough(qint64 seconds)
{
    if (seconds < minute)
        return Times::tr("%1 s").arg(seconds);
    if (seconds < hour)
        return Times::tr("%1 min").arg(seconds / minute);
    if (seconds < 2 * day)
        return Times::tr("%1 h").arg(seconds / hour);
    return Times::tr("%1 d").arg(seconds / day);
}

} // namespace

QString age(WallTime then, WallTime now)
{
    if (then == WallTime{})
        return QStringLiteral("\u2013");
    const qint64 seconds = (now - then).count() / 1000;
    return seconds < 1 ? Times::tr("now") : rough(seconds);
}

QString ago(WallTime then, WallTime now)
{
    if (then == WallTime{})
        return Times::tr("never");
    const qint64 seconds = (now - then).count() / 1000;
    return seconds < 1 ? Times::tr("just now") : Times::tr("%1 ago").arg(rough(seconds));
}

QString lasting(WallTime since, WallTime now)
{
    const qint64 seconds = (now - since).count() / 1000;
    return seconds < 1 ? Times::tr("just now") : Times::tr("for %1").arg(rough(seconds));
}

QString duration(milliseconds length)
{
    const qint64 ms = std::max<qint64>(length.count(), 0);
    const qint64 seconds = ms / 1000;
    if (seconds < 10 && ms % 1000 != 0)
        return Times::tr("%1 s").arg(QLocale().toString(static_cast<double>(ms) / 1000.0, 'f', 1));
    if (seconds < minute)
        return Times::tr("%1 s").arg(seconds);
    // What is zero is left away: 1 h, not 1 h 0 min.
    if (seconds < hour)
        return seconds % minute == 0 ? rough(seconds)
                                     : Times::tr("%1 min %2 s").arg(seconds / minute).arg(seconds % minute);
    if (seconds < day)
        return seconds % hour < minute ? rough(seconds)
                                       : Times::tr("%1 h %2 min").arg(seconds / hour).arg(seconds % hour / minute);
    const qint64 hours = seconds % day / hour;
    return hours == 0 ? Times::tr("%1 d").arg(seconds / day) : Times::tr("%1 d %2 h").arg(seconds / day).arg(hours);
}

QString exactTime(WallTime time)
{
    if (time == WallTime{})
        return {};
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMs(time));
    return Times::tr("%1 (%2)").arg(QLocale().toString(local, QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                                    domain::rfc3339(time));
}

QString clockTime(WallTime time, WallTime now)
{
    if (time == WallTime{})
        return QStringLiteral("\u2013");
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMs(time));
    const QDateTime today = QDateTime::fromMSecsSinceEpoch(toMs(now));
    const QString format =
        local.date() == today.date() ? QStringLiteral("HH:mm:ss") : QStringLiteral("yyyy-MM-dd HH:mm:ss");
    return QLocale().toString(local, format);
}

QString durationInput(milliseconds length)
{
    const qint64 ms = length.count();
    if (ms % 1000 != 0)
        return QStringLiteral("%1ms").arg(ms);
    const qint64 seconds = ms / 1000;
    if (seconds < minute)
        return QStringLiteral("%1s").arg(seconds);
    const QString rest = seconds % minute != 0 ? QStringLiteral("%1s").arg(seconds % minute) : QString();
    return QStringLiteral("%1m").arg(seconds / minute) + rest;
}

} // namespace flowgate::common
