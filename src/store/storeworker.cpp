// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/storeworker.h"

#include "store/dialect.h"

#include <QDir>

namespace flowgate::store {

using domain::Result;
using domain::unexpected;

StoreWorker::StoreWorker(const QString &folder, const domain::Clock &clock, StoreOptions options)
    : m_folder(QDir(folder).absolutePath())
    , m_clock(clock)
    , m_options(std::move(options))
{
}

StoreWorker::~StoreWorker()
{
    (void)close();
}

QString StoreWorker::file() const
{
    return QDir(m_folder).filePath(m_options.fileName);
}

void StoreWorker::onHealth(domain::Mailbox *mailbox, std::function<void(const StoreHealth &)> listener)
{
    m_listenerBox = mailbox;
    m_listener = std::move(listener);
}

Result<Snapshot, OpenError> StoreWorker::open()
{
    std::unique_lock lock(m_mutex);
    if (m_phase != Phase::New)
        return unexpected(OpenError{OpenErrorKind::Other, file(), QStringLiteral("opened before")});
    m_phase = Phase::Open;
    m_thread.reset(QThread::create([this] { main(); }));
    m_thread->setObjectName(QStringLiteral("store"));
    m_thread->start();
    m_wake.wait(lock, [this] { return m_opened && (*m_opened || m_finished); });
    Result<Snapshot, OpenError> opened = std::move(*m_opened);
    if (!opened) {
        m_phase = Phase::Closed;
        lock.unlock();
        m_thread->wait();
    }
    return opened;
}

void StoreWorker::main()
{
    std::unique_ptr<Sql> sql;
    Result<Snapshot, OpenError> opened = start(sql);
    Outcome<void> finished;
    if (!opened) {
        sql.reset(); // closed before open() returns: the caller may move the file away
        const std::scoped_lock lock(m_mutex);
        m_opened = std::move(opened);
    } else {
        {
            const std::scoped_lock lock(m_mutex);
            m_stats.databaseBytes = dialect::bytesOnDisk(file());
            m_opened = std::move(opened);
            m_wake.notify_all();
        }
        finished = serve(*sql);
        sql.reset();
    }
    // The last word under the lock: whoever waits for it may destroy everything here right after.
    const std::scoped_lock lock(m_mutex);
    m_finished = std::move(finished);
    m_wake.notify_all();
}

Result<Snapshot, OpenError> StoreWorker::start(std::unique_ptr<Sql> &sql)
{
    auto opened = openDatabase(m_folder, m_options.fileName, m_clock);
    if (!opened)
        return unexpected(opened.error());
    sql = std::move(opened->sql);
    return Database(*sql)
        .snapshot()
        .map_error([this](const StoreError &error) { return openErrorOf(error, file()); })
        .map([&opened](Snapshot &&snapshot) {
            snapshot.created = opened->created;
            return std::move(snapshot);
        });
}

Outcome<void> StoreWorker::serve(Sql &sql)
{
    using SteadyClock = std::chrono::steady_clock;
    Committer committer(sql, m_options, *this);
    for (;;) {
        std::deque<Entry> entries;
        bool closing = false;
        {
            std::unique_lock lock(m_mutex);
            const auto ready = [this] { return !m_queue.empty() || m_phase == Phase::Closing; };
            if (const auto due = committer.due())
                m_wake.wait_until(lock, *due, ready);
            else
                m_wake.wait(lock, ready);
            entries.swap(m_queue);
            closing = m_phase == Phase::Closing;
        }
        committer.take(std::move(entries));
        if (closing)
            return committer.finish(SteadyClock::now());
        committer.turn(SteadyClock::now());
    }
}

bool StoreWorker::push(Entry entry)
{
    StoreErrorKind refusal{};
    {
        const std::scoped_lock lock(m_mutex);
        // Questions have a count of their own: they are answered while jobs wait for a full disk.
        int &count = entry.question ? m_questions : m_health.pending;
        const bool full = count >= m_options.maxPending ||
                          (!entry.question && count > 0 && m_bytes + entry.job.bytes > m_options.maxPendingBytes);
        if (m_phase == Phase::Open && m_opened && !full) {
            ++count;
            m_bytes += entry.job.bytes;
            m_queue.push_back(std::move(entry));
            m_wake.notify_all();
            return true;
        }
        refusal = m_phase == Phase::Open && m_opened ? StoreErrorKind::QueueFull : StoreErrorKind::Closed;
        if (refusal == StoreErrorKind::QueueFull && !entry.question) {
            ++m_health.dropped;
            if (!std::exchange(m_refusing, true))
                tellHealth();
        }
    }
    if (entry.job.mailbox && entry.job.done) {
        entry.job.mailbox->post([done = std::move(entry.job.done), refusal] {
            done(unexpected(StoreError{refusal, QStringLiteral("the job was not taken")}));
        });
    }
    return false;
}

Outcome<void> StoreWorker::close()
{
    std::unique_lock lock(m_mutex);
    if (m_phase != Phase::Open) {
        m_phase = Phase::Closed;
        return {};
    }
    m_phase = Phase::Closing;
    m_wake.notify_all();
    m_wake.wait(lock, [this] { return m_finished.has_value(); });
    m_phase = Phase::Closed;
    const Outcome<void> finished = *m_finished;
    lock.unlock();
    m_thread->wait();
    return finished;
}

StoreStats StoreWorker::stats() const
{
    const std::scoped_lock lock(m_mutex);
    StoreStats stats = m_stats;
    stats.pending = m_health.pending;
    return stats;
}

void StoreWorker::settled(const Entry &entry)
{
    const std::scoped_lock lock(m_mutex);
    --(entry.question ? m_questions : m_health.pending);
    m_bytes -= entry.job.bytes;
    if (m_refusing && m_health.pending <= m_options.maxPending / 2 && m_bytes <= m_options.maxPendingBytes / 2) {
        m_refusing = false;
        tellHealth();
    }
}

void StoreWorker::committed()
{
    const qint64 bytes = dialect::bytesOnDisk(file());
    const WallTime now = m_clock.now();
    const std::scoped_lock lock(m_mutex);
    m_stats.databaseBytes = bytes;
    m_stats.lastCommit = now;
    ++m_stats.commits;
}

void StoreWorker::troubled(const std::optional<StoreError> &trouble)
{
    const WallTime now = m_clock.now();
    const std::scoped_lock lock(m_mutex);
    m_health.trouble = trouble;
    m_health.since = now;
    tellHealth();
}

void StoreWorker::tellHealth()
{
    if (m_listenerBox && m_listener)
        m_listenerBox->post([listener = m_listener, health = m_health] { listener(health); });
}

} // namespace flowgate::store
