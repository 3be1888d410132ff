// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>
#include <memory>
#include <utility>

namespace flowgate::net {

/// A common limit on bytes held at one time by many holders.
/// @thread any
class ByteBudget
{
public:
    explicit ByteBudget(qsizetype limit)
        : m_limit(limit)
    {
    }

    /// Another limit for what is taken from now on; what is held stays.
    void setLimit(qsizetype limit) { m_limit.store(limit, std::memory_order_relaxed); }
    [[nodiscard]] qsizetype used() const { return m_used.load(std::memory_order_relaxed); }
    [[nodiscard]] bool take(qsizetype bytes)
    {
        qsizetype used = m_used.load(std::memory_order_relaxed);
        do {
            if (bytes > m_limit.load(std::memory_order_relaxed) - used)
                return false;
        } while (!m_used.compare_exchange_weak(used, used + bytes, std::memory_order_relaxed));
        return true;
    }
    void give(qsizetype bytes) { m_used.fetch_sub(bytes, std::memory_order_relaxed); }

private:
    std::atomic<qsizetype> m_limit;
    std::atomic<qsizetype> m_used{0};
};

/// A share of a budget, given back when it goes. Movable, one holder at a time.
class ByteLease
{
public:
    ByteLease() = default;
    explicit ByteLease(std::shared_ptr<ByteBudget> budget)
        : m_budget(std::move(budget))
    {
    }
    ByteLease(ByteLease &&other) noexcept
        : m_budget(std::move(other.m_budget))
        , m_bytes(std::exchange(other.m_bytes, 0))
    {
    }
    ByteLease &operator=(ByteLease &&other) noexcept
    {
        if (this != &other) {
            release();
            m_budget = std::move(other.m_budget);
            m_bytes = std::exchange(other.m_bytes, 0);
        }
        return *this;
    }
    ~ByteLease() { release(); }

    /// Makes the share @p bytes big. False (and unchanged) if the budget has no room.
    [[nodiscard]] bool growTo(qsizetype bytes)
    {
        if (bytes > m_bytes) {
            if (!m_budget || !m_budget->take(bytes - m_bytes))
                return false;
            m_bytes = bytes;
        }
        return true;
    }
    void release()
    {
        if (m_budget && m_bytes > 0)
            m_budget->give(std::exchange(m_bytes, 0));
    }
    [[nodiscard]] qsizetype bytes() const { return m_bytes; }

private:
    std::shared_ptr<ByteBudget> m_budget;
    qsizetype m_bytes = 0;
};

} // namespace flowgate::net
