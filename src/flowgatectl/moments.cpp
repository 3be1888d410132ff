// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/moments.h"

#include "flowgatectl/printable.h"

#include <array>

namespace flowgate::ctl {

namespace {

QString roughly(qint64 seconds)
{
    if (seconds < 60)
        return QStringLiteral("%1 s").arg(seconds);
    if (seconds < 3600)
        return QStringLiteral("%1 min").arg(seconds / 60);
    if (seconds < 48 * 3600)
        return QStringLiteral("%1 h").arg(seconds / 3600);
    return QStringLiteral("%1 d").arg(seconds / 86'400);
}

} // namespace

QString ago(const QJsonValue &time, domain::WallTime now)
{
    const auto at = domain::fromRfc3339(time.toString());
    if (!at)
        return QStringLiteral("-");
    const qint64 seconds = (now - *at).count() / 1000;
    if (seconds == 0)
        return QStringLiteral("now");
    return seconds > 0 ? QStringLiteral("%1 ago").arg(roughly(seconds))
                       : QStringLiteral("in %1").arg(roughly(-seconds));
}

QString agoAndExact(const QJsonValue &time, domain::WallTime now)
{
    const QString rough = ago(time, now);
    return rough == u"-" ? rough : QStringLiteral("%1 (%2)").arg(rough, printable(time.toString()));
}

QString lengthText(domain::milliseconds length)
{
    const qint64 ms = length.count();
    if (ms < 1000)
        return QStringLiteral("%1 ms").arg(ms);
    const qint64 seconds = ms / 1000;
    const auto pair = [](qint64 big, QStringView bigUnit, qint64 small, QStringView smallUnit) {
        const QString first = QStringLiteral("%1 %2").arg(big).arg(bigUnit);
        return small == 0 ? first : first + QStringLiteral(" %1 %2").arg(small).arg(smallUnit);
    };
    if (seconds < 60)
        return QStringLiteral("%1 s").arg(seconds);
    if (seconds < 3600)
        return pair(seconds / 60, u"min", seconds % 60, u"s");
    if (seconds < 86'400)
        return pair(seconds / 3600, u"h", seconds % 3600 / 60, u"min");
    return pair(seconds / 86'400, u"d", seconds % 86'400 / 3600, u"h");
}

QString bytesText(double bytes)
{
    constexpr std::array<QStringView, 4> units{u"KiB", u"MiB", u"GiB", u"TiB"};
    if (bytes < 1024)
        return QStringLiteral("%1 bytes").arg(bytes, 0, 'f', 0);
    size_t unit = 0;
    for (bytes /= 1024; bytes >= 1024 && unit + 1 < units.size(); bytes /= 1024)
        ++unit;
    return QStringLiteral("%1 %2").arg(bytes, 0, 'f', 1).arg(units[unit]);
}

} // namespace flowgate::ctl
