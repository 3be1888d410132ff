// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/mailbox.h"

#include <QByteArray>
#include <QHash>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <vector>

namespace flowgate::endpoint {

/// Runs work in other threads, one at a time and in order for each key, and brings the results back.
/// @thread the one that it was made on, but for the work itself
class OrderedPool final
{
public:
    /// @param threads  most threads; each is started when work finds none idle
    /// @param longest  most jobs at a time, all keys together
    OrderedPool(int threads, int longest);
    /// Waits for what runs; what is queued is dropped, and its done() never called.
    ~OrderedPool();
    OrderedPool(const OrderedPool &) = delete;
    OrderedPool &operator=(const OrderedPool &) = delete;

    /// Runs @p work in the pool, then done(result) here. Jobs of one key keep their order.
    /// @param work  no arguments, made of values; destroyed in the pool
    /// @return false if there are too many jobs: neither is called then
    template<typename Work, typename Done>
    bool submit(const QByteArray &key, Work work, Done done)
    {
        auto result = std::make_shared<std::optional<std::invoke_result_t<Work>>>();
        return enqueue(key, Job{[work = std::move(work), result]() mutable { result->emplace(work()); },
                                [done = std::move(done), result]() mutable { done(std::move(**result)); }});
    }

    /// True while a job of @p key runs or waits; no longer when the done() of the last one is called.
    [[nodiscard]] bool isBusy(const QByteArray &key) const { return m_keys.contains(key); }
    /// Jobs of @p key that run or wait.
    [[nodiscard]] qsizetype jobs(const QByteArray &key) const;

private:
    struct Job
    {
        std::function<void()> work;
        std::function<void()> done;
    };
    struct Task
    {
        QByteArray key;
        std::function<void()> work;
    };

    bool enqueue(const QByteArray &key, Job job);
    void start(const QByteArray &key);
    void deliver(const QByteArray &key);
    void runTasks();

    const size_t m_threads;
    const int m_longest;
    int m_count = 0;
    QHash<QByteArray, std::shared_ptr<std::deque<Job>>> m_keys; ///< the first of each is the one that runs
    domain::Mailbox m_finished;
    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_more;
    std::deque<Task> m_tasks;
    size_t m_idle = 0;
    bool m_ending = false;
    std::vector<std::thread> m_workers; ///< touched by our own thread only
};

} // namespace flowgate::endpoint
