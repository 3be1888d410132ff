// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storethread.h"

#include "store/storeworker.h"

namespace flowgate::store {

StoreThread::StoreThread(const QString &folder, const domain::Clock &clock, StoreOptions options)
    : m_worker(std::make_unique<StoreWorker>(folder, clock, std::move(options)))
{
}

StoreThread::~StoreThread() = default;

void StoreThread::onHealth(domain::Mailbox *mailbox, std::function<void(const StoreHealth &)> listener)
{
    m_worker->onHealth(mailbox, std::move(listener));
}

domain::Result<Snapshot, OpenError> StoreThread::open()
{
    return m_worker->open();
}

bool StoreThread::post(Job job)
{
    return m_worker->push({std::move(job), false});
}

void StoreThread::read(Job job)
{
    m_worker->push({std::move(job), true});
}

Outcome<void> StoreThread::close()
{
    return m_worker->close();
}

StoreStats StoreThread::stats() const
{
    return m_worker->stats();
}

QString StoreThread::file() const
{
    return m_worker->file();
}

} // namespace flowgate::store
