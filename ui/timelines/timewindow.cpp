// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timelines/timewindow.h"

#include <algorithm>

namespace flowgate::ui {

using domain::milliseconds;
using domain::WallTime;

TimeWindow::TimeWindow(const domain::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
}

void TimeWindow::showLast(milliseconds length)
{
    const milliseconds wanted = std::clamp(length, shortest, longest);
    if (isLive() && wanted == m_length)
        return;
    m_length = wanted;
    m_end.reset();
    Q_EMIT changed();
}

void TimeWindow::show(WallTime from, WallTime to)
{
    const milliseconds length = std::clamp(to - from, shortest, longest);
    const std::optional<WallTime> end = to >= m_clock.now() ? std::nullopt : std::optional(to);
    if (length == m_length && end == m_end)
        return;
    m_length = length;
    m_end = end;
    Q_EMIT changed();
}

void TimeWindow::pan(double share)
{
    const milliseconds by(static_cast<qint64>(double(m_length.count()) * share));
    show(from() + by, to() + by);
}

void TimeWindow::zoom(double factor, std::optional<double> anchor)
{
    const auto wanted = static_cast<qint64>(double(m_length.count()) * factor);
    const milliseconds length = std::clamp(milliseconds(wanted), shortest, longest);
    if (isLive() && !anchor)
        return showLast(length);
    const double fixed = std::clamp(anchor.value_or(0.5), 0.0, 1.0);
    const WallTime begin = from() + milliseconds(static_cast<qint64>(double((m_length - length).count()) * fixed));
    show(begin, begin + length);
}

void TimeWindow::goLive()
{
    showLast(m_length);
}

} // namespace flowgate::ui
