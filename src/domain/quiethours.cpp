// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/quiethours.h"

#include <QRegularExpression>

namespace flowgate::domain {

namespace {

constexpr int minutesAnHour = 60;

QString clockText(int minutes)
{
    return QStringLiteral("%1:%2")
        .arg(minutes / minutesAnHour, 2, 10, QLatin1Char('0'))
        .arg(minutes % minutesAnHour, 2, 10, QLatin1Char('0'));
}

} // namespace

bool QuietHours::contains(int minuteOfDay) const
{
    if (from <= to)
        return from <= minuteOfDay && minuteOfDay < to;
    return from <= minuteOfDay || minuteOfDay < to;
}

std::optional<QuietHours> quietHoursFromText(QStringView text)
{
    static const QRegularExpression form(QStringLiteral(
        "^\\s*([01]?[0-9]|2[0-3]):([0-5][0-9])\\s*[-\u2013\u2014]\\s*([01]?[0-9]|2[0-3]):([0-5][0-9])\\s*$"));
    const QRegularExpressionMatch match = form.match(text.toString());
    if (!match.hasMatch())
        return {};
    const auto minutes = [&match](int hour) {
        return match.capturedView(hour).toInt() * minutesAnHour + match.capturedView(hour + 1).toInt();
    };
    const QuietHours hours{minutes(1), minutes(3)};
    return hours.from == hours.to ? std::nullopt : std::optional(hours);
}

QString text(const QuietHours &hours)
{
    return clockText(hours.from) + u'-' + clockText(hours.to);
}

} // namespace flowgate::domain
