// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <stop_token>
#include <utility>

namespace flowgate::collector {

/// Counts the steps of work whose length depends on a config, and ends it once its answer is not wanted any more.
/// Tests compare the steps of a config with those of one twice as long; a cancelled check gives no answer.
/// @thread that of the work; stop may be requested from any
class Work
{
public:
    explicit Work(std::stop_token stop = {})
        : m_stop(std::move(stop))
    {
    }

    /// Counts @p count steps. Cheap enough for the innermost loops.
    /// @return whether to go on
    bool step(qint64 count = 1)
    {
        m_steps += count;
        if (m_steps >= m_next) {
            m_next = m_steps + between;
            m_cancelled = m_cancelled || m_stop.stop_requested();
        }
        return !m_cancelled;
    }
    [[nodiscard]] qint64 steps() const { return m_steps; }
    /// Whether stop was requested: what was found so far is not the whole answer.
    [[nodiscard]] bool isCancelled() const { return m_cancelled || m_stop.stop_requested(); }

private:
    static constexpr qint64 between = 1024; ///< steps between two looks at the stop token

    std::stop_token m_stop;
    qint64 m_steps = 0;
    qint64 m_next = 0;
    bool m_cancelled = false;
};

} // namespace flowgate::collector
