// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/orderedpool.h"

namespace flowgate::endpoint {

OrderedPool::OrderedPool(int threads, int longest, QObject *parent)
    : QObject(parent)
    , m_longest(longest)
{
    m_pool.setMaxThreadCount(threads);
    connect(
        this, &OrderedPool::finishedSome, this, [this] { deliver(); }, Qt::QueuedConnection);
}

OrderedPool::~OrderedPool()
{
    m_pool.clear();
    m_pool.waitForDone();
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
    m_pool.start([this, key, work = std::move(m_keys.value(key)->front().work)] {
        work();
        bool first = false;
        {
            const std::lock_guard lock(m_mutex);
            first = m_finished.empty();
            m_finished.push_back(key);
        }
        if (first)
            Q_EMIT finishedSome();
    });
}

void OrderedPool::deliver()
{
    std::vector<QByteArray> finished;
    {
        const std::lock_guard lock(m_mutex);
        finished.swap(m_finished);
    }
    for (const QByteArray &key : finished) {
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
}

} // namespace flowgate::endpoint
