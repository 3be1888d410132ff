// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/timerqueue.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>
#include <bit>

namespace flowgate::net {

TimerQueue::Time TimerQueue::dueAfter(Time from, const Timer &timer)
{
    const Time exact = from + timer.interval;
    qint64 grid = 1;
    if (timer.type == Qt::VeryCoarseTimer && timer.interval.count() >= 2000)
        grid = 1000;
    else if (timer.type != Qt::PreciseTimer && timer.interval.count() >= 40)
        grid = static_cast<qint64>(std::bit_floor(static_cast<quint64>(timer.interval.count() / 20)));
    // Coarse ones meet on a common grid, at most 5 % off, so that many of them cost one wake-up.
    return Time((exact.count() + grid / 2) / grid * grid);
}

void TimerQueue::add(int id, Time interval, Qt::TimerType type, QObject *object, Time now)
{
    remove(id);
    Timer timer{.interval = interval, .due = {}, .type = type, .object = object, .serial = ++m_serial};
    timer.due = dueAfter(now, timer);
    m_order.emplace(timer.due, id);
    m_byObject[object].push_back(id);
    m_timers.emplace(id, timer);
}

bool TimerQueue::remove(int id)
{
    const auto it = m_timers.find(id);
    if (it == m_timers.end())
        return false;
    m_order.erase({it->second.due, id});
    const auto owner = m_byObject.find(it->second.object);
    std::erase(owner->second, id);
    if (owner->second.empty())
        m_byObject.erase(owner);
    m_timers.erase(it);
    return true;
}

bool TimerQueue::removeAll(const QObject *object)
{
    const auto owner = m_byObject.find(object);
    if (owner == m_byObject.end())
        return false;
    const std::vector<int> ids = owner->second;
    for (const int id : ids)
        remove(id);
    return true;
}

QList<QAbstractEventDispatcher::TimerInfo> TimerQueue::of(const QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> list;
    const auto owner = m_byObject.find(object);
    if (owner == m_byObject.end())
        return list;
    for (const int id : owner->second) {
        const Timer &timer = m_timers.at(id);
        list.append({id, static_cast<int>(timer.interval.count()), timer.type});
    }
    return list;
}

int TimerQueue::remaining(int id, Time now) const
{
    const auto it = m_timers.find(id);
    if (it == m_timers.end())
        return -1;
    return static_cast<int>(std::max<qint64>(0, (it->second.due - now).count()));
}

std::optional<TimerQueue::Time> TimerQueue::untilNext(Time now) const
{
    if (m_order.empty())
        return {};
    return std::max(Time(0), m_order.begin()->first - now);
}

int TimerQueue::fireDue(Time now)
{
    // What is due now, and no more: a timer of 0 ms that is due again at once must not keep the loop here.
    std::vector<std::pair<int, quint64>> batch;
    for (auto it = m_order.begin(); it != m_order.end() && it->first <= now; ++it)
        batch.emplace_back(it->second, m_timers.at(it->second).serial);
    int sent = 0;
    for (const auto &[id, serial] : batch) {
        auto it = m_timers.find(id);
        if (it == m_timers.end() || it->second.serial != serial || it->second.firing)
            continue;
        Timer &timer = it->second;
        m_order.erase({timer.due, id});
        // From when it was due, so that it does not drift; what was missed is not made up for.
        timer.due = dueAfter(timer.due, timer);
        if (timer.due <= now)
            timer.due = std::max(now, dueAfter(now, timer));
        timer.firing = true;
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer.object, &event);
        ++sent;
        it = m_timers.find(id);
        if (it != m_timers.end() && it->second.serial == serial) {
            it->second.firing = false;
            m_order.emplace(it->second.due, id);
        }
    }
    return sent;
}

} // namespace flowgate::net
