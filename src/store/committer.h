// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sql.h"
#include "store/storethread.h"

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

namespace flowgate::store {

/// A job on its way, or a question.
struct Entry
{
    Job job;
    bool question = false; ///< reads only: answered at once, never part of a commit
};

/// What the committer tells. Called on the store thread.
class CommitterHost
{
public:
    virtual ~CommitterHost() = default;
    /// This one is done with, one way or the other.
    virtual void settled(const Entry &entry) = 0;
    virtual void committed() = 0;
    /// Committing began to fail for another reason than before, or (nothing) works again.
    virtual void troubled(const std::optional<StoreError> &trouble) = 0;
};

/// Runs jobs in groups, each group in one transaction. Knows nothing of threads: it is told the time.
/// @thread store
class Committer
{
public:
    using Time = std::chrono::steady_clock::time_point;

    Committer(Sql &sql, const StoreOptions &options, CommitterHost &host);

    /// Takes entries in order. While commits fail the questions among them are answered at once.
    void take(std::deque<Entry> entries);
    /// Runs what waits and commits what is due.
    void turn(Time now);
    /// When the next turn is needed though nothing new came.
    [[nodiscard]] std::optional<Time> due() const;
    /// Commits everything, or gives up: then each waiting job hears Closed.
    Outcome<void> finish(Time now);

private:
    struct Ran
    {
        Entry entry;
        Outcome<void> result;
    };

    void answer(Entry entry, Time now);
    void answerQuestions(Time now);
    [[nodiscard]] bool isAskedNow() const; ///< a job waits in the backlog that will not wait for long
    void refuse(const StoreError &trouble);
    bool run(Entry entry, Time now);
    bool commit(Time now);
    void fail(const StoreError &trouble, Time now);
    void settle(Entry entry, const Outcome<void> &result);

    Sql &m_sql;
    Database m_database;
    StoreOptions m_options;
    CommitterHost &m_host;
    std::deque<Entry> m_backlog;              ///< to be run, or to be run again
    std::optional<Transaction> m_transaction; ///< open from the first job of a group to its commit
    std::vector<Ran> m_ran;                   ///< run in it
    Time m_commitAt{};
    bool m_urgent = false; ///< a durable job is in the group
    std::optional<StoreError> m_trouble;
    Time m_retryAt{};
    milliseconds m_pause{};
};

} // namespace flowgate::store
