// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/iothread.h"

#include "net/epolldispatcher.h"

namespace flowgate::tests {

IoThread::IoThread()
    : m_there(std::make_unique<QObject>())
{
    m_thread.setEventDispatcher(new net::EpollDispatcher);
    m_there->moveToThread(&m_thread);
    connect(
        this, &IoThread::wanted, m_there.get(), [this] { work(); }, Qt::QueuedConnection);
    m_thread.start();
}

IoThread::~IoThread()
{
    m_thread.quit();
    m_thread.wait();
}

void IoThread::run(const std::function<void()> &work)
{
    Call call{.work = &work};
    std::unique_lock lock(m_mutex);
    m_calls.push_back(&call);
    Q_EMIT wanted();
    m_done.wait(lock, [&call] { return call.isDone; });
}

void IoThread::work()
{
    std::unique_lock lock(m_mutex);
    while (!m_calls.empty()) {
        Call *next = m_calls.front();
        m_calls.pop_front();
        lock.unlock();
        (*next->work)();
        lock.lock();
        next->isDone = true;
        m_done.notify_all();
    }
}

} // namespace flowgate::tests
