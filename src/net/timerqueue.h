// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractEventDispatcher>

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace flowgate::net {

/// The timers of one event dispatcher, ordered by when they are due. Looks at no clock: the caller says what time it
/// is.
/// @thread one
class TimerQueue
{
public:
    using Time = std::chrono::milliseconds; ///< of a clock that never steps

    void add(int id, Time interval, Qt::TimerType type, QObject *object, Time now);
    bool remove(int id);
    bool removeAll(const QObject *object);
    [[nodiscard]] QList<QAbstractEventDispatcher::TimerInfo> of(const QObject *object) const;
    /// Time until @p id is due, 0 if it is; -1 for an unknown one.
    [[nodiscard]] int remaining(int id, Time now) const;
    /// Time until the next one is due, 0 if one is; nothing without timers. One whose handler runs does not count.
    [[nodiscard]] std::optional<Time> untilNext(Time now) const;

    /// Sends a QTimerEvent for each timer that is due, at most once each. A timer whose handler runs (in an outer
    /// event loop) is left out. Handlers may add and remove timers.
    /// @return how many were sent
    int fireDue(Time now);

private:
    struct Timer
    {
        Time interval;
        Time due;
        Qt::TimerType type;
        QObject *object;
        quint64 serial; ///< tells a timer from a later one with the same id
        bool firing = false;
    };

    [[nodiscard]] static Time dueAfter(Time from, const Timer &timer);

    std::unordered_map<int, Timer> m_timers;
    std::set<std::pair<Time, int>> m_order; ///< those that do not fire right now
    std::unordered_map<const QObject *, std::vector<int>> m_byObject;
    quint64 m_serial = 0;
};

} // namespace flowgate::net
