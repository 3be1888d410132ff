// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"
#include "collector/work.h"
#include "endpoint/orderedpool.h"

#include <stop_token>

namespace flowgate::app {

/// Runs what takes long for a large config in a thread of its own, one after the other: checks, outlines, comparisons,
/// diffs. The io thread goes on with everybody else meanwhile. What runs is asked to end when this is destroyed.
/// @thread io, but for the work
class ConfigPool
{
public:
    ConfigPool() = default;
    ~ConfigPool() { m_stop.request_stop(); }
    ConfigPool(const ConfigPool &) = delete;
    ConfigPool &operator=(const ConfigPool &) = delete;

    /// Runs work(collector::Work &) in the pool, then done(Outcome<T>) here.
    /// @param work  made of values: nothing that lives on the io thread
    /// @errors WrongState: too much is under way
    template<typename T, typename Work>
    void run(Work work, Done<T> done)
    {
        auto task = [work = std::move(work), stop = m_stop.get_token()]() mutable {
            collector::Work steps(stop);
            return T(work(steps));
        };
        if (!m_pool.submit("configs", std::move(task), [done](T result) { done(std::move(result)); }))
            done(failed(FailureCode::WrongState,
                        QStringLiteral("too many configs are being checked or compared; try again")));
    }

private:
    std::stop_source m_stop;
    endpoint::OrderedPool m_pool{1, 64};
};

} // namespace flowgate::app
