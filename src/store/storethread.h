// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "domain/mailbox.h"
#include "store/database.h"

#include <functional>
#include <memory>
#include <optional>

namespace flowgate::store {

class StoreWorker;

/// One change. @c work runs on the store thread and may run again after a failed commit: it does nothing but change
/// tables, and owns what it needs. If it gives an error, all that it wrote is undone and other jobs are not touched.
struct Job
{
    std::function<Outcome<void>(Database &)> work;
    bool durable = false; ///< commit at once: an operator's command
    bool waits = true;    ///< while commits fail it is tried again; false: it makes for one try at once, or ends undone
    domain::Mailbox *mailbox = nullptr;              ///< whose thread runs `done`; has to outlive StoreThread::close()
    std::function<void(const Outcome<void> &)> done; ///< after the commit; may be empty
    qsizetype bytes = 0; ///< about what `work` keeps in memory, where that is more than some KiB
};

/// How the writing goes.
struct StoreHealth
{
    std::optional<StoreError> trouble; ///< nothing: all is well
    WallTime since{};                  ///< when this began
    int pending = 0;                   ///< jobs that wait in memory
    qint64 dropped = 0; ///< jobs refused with QueueFull so far: after recovery write gateways and rollouts whole again

    friend bool operator==(const StoreHealth &, const StoreHealth &) = default;
};

struct StoreStats
{
    qint64 databaseBytes = 0; ///< file and write-ahead log
    std::optional<WallTime> lastCommit;
    int pending = 0; ///< jobs posted and not yet committed
    qint64 commits = 0;
};

struct StoreOptions
{
    QString fileName = QStringLiteral("flowgate.db");
    milliseconds commitEvery{200};
    int commitJobs = 1000;
    int maxPending = 100'000;
    qint64 maxPendingBytes = 256LL * 1024 * 1024;
    milliseconds firstRetry{250}; ///< doubled after each failure
    milliseconds lastRetry{10'000};
};

/// The thread that has the only connection to the database. Jobs run in the order of posting.
class StoreThread
{
public:
    /// @param folder  made with mode 0700, or brought to it, by open()
    /// @param clock   has to outlive this
    StoreThread(const QString &folder, const domain::Clock &clock, StoreOptions options = {});
    ~StoreThread(); ///< closes
    StoreThread(const StoreThread &) = delete;
    StoreThread &operator=(const StoreThread &) = delete;

    /// Who hears when writing begins to fail, when jobs begin to be refused, and when it works again. Before open().
    void onHealth(domain::Mailbox *mailbox, std::function<void(const StoreHealth &)> listener);

    /// Starts the thread, checks, creates or migrates the file and reads it. Waits for all that. Once.
    [[nodiscard]] domain::Result<Snapshot, OpenError> open();

    /// Queues a change. Changes are committed together, 200 ms or 1,000 jobs after the first, or at once when a
    /// durable one is among them; completions are posted after the commit, in order. While commits fail (full disk)
    /// jobs wait in memory and are tried again.
    /// @return false, and the error to `done`: QueueFull | Closed
    /// @thread any
    bool post(Job job);

    /// Reads and gives the value to @p then on the mailbox's thread, at once: after the jobs posted before it have run,
    /// not after their commit. While commits fail it sees the last committed state. What it writes is undone.
    /// @thread any
    template<typename T>
    void ask(std::function<Outcome<T>(Database &)> work, domain::Mailbox *mailbox,
             std::function<void(Outcome<T>)> then);

    /// A durable change that gives a value, e.g. an event's number; @p then runs after the commit. @thread any
    template<typename T>
    bool change(std::function<Outcome<T>(Database &)> work, domain::Mailbox *mailbox,
                std::function<void(Outcome<T>)> then);

    /// Takes no more jobs, commits what is queued, closes the file and joins. Again: gives Ok.
    /// @return the trouble that kept the last jobs from being saved; their completions get Closed
    Outcome<void> close();

    [[nodiscard]] StoreStats stats() const; ///< @thread any
    [[nodiscard]] QString file() const;     ///< path of the database

private:
    void read(Job job);
    template<typename T>
    static Job carrying(std::function<Outcome<T>(Database &)> work, domain::Mailbox *mailbox,
                        std::function<void(Outcome<T>)> then);

    std::unique_ptr<StoreWorker> m_worker;
};

template<typename T>
Job StoreThread::carrying(std::function<Outcome<T>(Database &)> work, domain::Mailbox *mailbox,
                          std::function<void(Outcome<T>)> then)
{
    // Written on the store thread, read by `done` after the mailbox's lock was passed.
    auto value = std::make_shared<std::optional<T>>();
    Job job;
    job.mailbox = mailbox;
    job.work = [value, work = std::move(work)](Database &database) -> Outcome<void> {
        Outcome<T> result = work(database);
        if (!result)
            return domain::unexpected(result.error());
        value->emplace(std::move(*result));
        return {};
    };
    job.done = [value, then = std::move(then)](const Outcome<void> &result) {
        if (result)
            then(std::move(**value));
        else
            then(domain::unexpected(result.error()));
    };
    return job;
}

template<typename T>
void StoreThread::ask(std::function<Outcome<T>(Database &)> work, domain::Mailbox *mailbox,
                      std::function<void(Outcome<T>)> then)
{
    read(carrying<T>(std::move(work), mailbox, std::move(then)));
}

template<typename T>
bool StoreThread::change(std::function<Outcome<T>(Database &)> work, domain::Mailbox *mailbox,
                         std::function<void(Outcome<T>)> then)
{
    Job job = carrying<T>(std::move(work), mailbox, std::move(then));
    job.durable = true;
    return post(std::move(job));
}

} // namespace flowgate::store
