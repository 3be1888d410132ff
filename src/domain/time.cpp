// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/time.h"

#include <QDateTime>
#include <QTimeZone>

namespace flowgate::domain {

QString rfc3339(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODateWithMs);
}

std::optional<WallTime> fromRfc3339(QStringView text)
{
    const QDateTime time = QDateTime::fromString(text.toString(), Qt::ISODateWithMs);
    // A text without zone would be read as local time, which differs from machine to machine.
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime)
        return {};
    return WallTime(milliseconds(time.toMSecsSinceEpoch()));
}

std::optional<milliseconds> durationFromText(QStringView text)
{
    constexpr qint64 longest = 366LL * 24 * 3600 * 1000 * 10; // ten years: more is a typing error
    qint64 total = 0;
    if (text.isEmpty())
        return {};
    while (!text.isEmpty()) {
        qsizetype digits = 0;
        while (digits < text.size() && text[digits] >= u'0' && text[digits] <= u'9')
            ++digits;
        qsizetype letters = 0;
        while (digits + letters < text.size() && text[digits + letters].isLetter())
            ++letters;
        if (digits == 0 || digits > 12)
            return {};
        const QStringView unit = text.mid(digits, letters);
        const qint64 factor = unit == u"ms"  ? 1
                              : unit == u"s" ? 1000
                              : unit == u"m" ? 60'000
                              : unit == u"h" ? 3'600'000
                              : unit == u"d" ? 86'400'000
                                             : 0;
        const qint64 count = text.left(digits).toLongLong();
        if (factor == 0 || count > (longest - total) / factor)
            return {};
        total += count * factor;
        text = text.mid(digits + letters);
    }
    return milliseconds(total);
}

std::optional<WallTime> fromUnixNano(quint64 nanoseconds)
{
    if (nanoseconds == 0)
        return {};
    return WallTime(milliseconds(static_cast<qint64>(nanoseconds / 1'000'000)));
}

std::optional<WallTime> plausibleUnixNano(quint64 nanoseconds)
{
    constexpr WallTime earliest = std::chrono::sys_days(std::chrono::year(2000) / 1 / 1);
    const auto time = fromUnixNano(nanoseconds);
    return time && *time >= earliest ? time : std::nullopt;
}

} // namespace flowgate::domain
