// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"

#include <atomic>

namespace flowgate::tests {

/// A clock that stands still until a test moves it.
/// @thread any
class ManualClock final : public domain::Clock
{
public:
    explicit ManualClock(domain::WallTime start = domain::WallTime{domain::milliseconds{1'790'000'000'000}})
        : m_now(start.time_since_epoch().count())
    {
    }

    [[nodiscard]] domain::WallTime now() const override { return domain::WallTime{domain::milliseconds{m_now.load()}}; }
    [[nodiscard]] domain::milliseconds awake() const override { return domain::milliseconds{m_awake.load()}; }
    [[nodiscard]] domain::milliseconds elapsed() const override { return domain::milliseconds{m_elapsed.load()}; }

    /// Time goes by while the machine is awake.
    void advance(domain::milliseconds by)
    {
        m_now += by.count();
        m_awake += by.count();
        m_elapsed += by.count();
    }
    /// The machine sleeps: awake() stands still.
    void sleep(domain::milliseconds by)
    {
        m_now += by.count();
        m_elapsed += by.count();
    }
    /// The wall clock is set: neither awake() nor elapsed() notice.
    void stepWall(domain::milliseconds by) { m_now += by.count(); }

private:
    std::atomic<qint64> m_now;
    std::atomic<qint64> m_awake{1'000'000};
    std::atomic<qint64> m_elapsed{1'000'000};
};

} // namespace flowgate::tests
