// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/orderedpool.h"

#include <algorithm>
#include <pthread.h>
#include <sys/resource.h>
#include <utility>

namespace flowgate::endpoint {

namespace {

/// Where processors are few, whoever sends the biggest messages must not keep the io thread from the small ones.
void comeSecond()
{
    ::pthread_setname_np(::pthread_self(), "flowgate-pool");
    // On Linux 0 is the calling thread and none of the others.
    ::setpriority(PRIO_PROCESS, 0, std::min(::getpriority(PRIO_PROCESS, 0) + 10, 19));
}

} // namespace

OrderedPool::OrderedPool(int threads, int longest)
    : m_threads(static_cast<size_t>(std::max(threads, 1)))
    , m_longest(longest)
{
}

OrderedPool::~OrderedPool()
{
    std::deque<Task> dropped;
    {
        const std::scoped_lock lock(m_mutex);
        m_ending = true;
        dropped.swap(m_tasks);
    }
    m_more.notify_all();
    for (std::thread &worker : m_workers)
        worker.join();
}

qsizetype OrderedPool::jobs(const QByteArray &key) const
{
    const auto queue = m_keys.value(key);
    return queue ? static_cast<qsizetype>(queue->size()) : 0;
}

bool OrderedPool::enqueue(const QByteArray &key, Job job)
{
    if (m_count >= m_longest)
        return false;
    ++m_count;
    auto &queue = m_keys[key];
    if (!queue)
        queue = std::make_shared<std::deque<Job>>();
    queue->push_back(std::move(job));
    if (queue->size() == 1)
        start(key);
    return true;
}

void OrderedPool::start(const QByteArray &key)
{
    bool isShort = false;
    {
        const std::scoped_lock lock(m_mutex);
        m_tasks.push_back({key, std::move(m_keys.value(key)->front().work)});
        isShort = m_tasks.size() > m_idle;
    }
    if (isShort && m_workers.size() < m_threads)
        m_workers.emplace_back([this] { runTasks(); });
    else
        m_more.notify_one();
}

void OrderedPool::runTasks()
{
    comeSecond();
    for (;;) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            ++m_idle;
            m_more.wait(lock, [this] { return m_ending || !m_tasks.empty(); });
            --m_idle;
            if (m_tasks.empty())
                return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        task.work();
        task.work = {}; // gone before its result is told
        m_finished.post([this, key = task.key] { deliver(key); });
    }
}

void OrderedPool::deliver(const QByteArray &key)
{
    const auto queue = m_keys.value(key);
    const auto done = std::move(queue->front().done);
    --m_count;
    queue->pop_front();
    if (queue->empty())
        m_keys.remove(key);
    else
        start(key);
    done();
}

} // namespace flowgate::endpoint
