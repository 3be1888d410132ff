// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/committer.h"

#include <algorithm>
#include <exception>
#include <iterator>

namespace flowgate::store {

namespace {

Outcome<void> guarded(const Job &job, Database &database)
{
    try {
        return job.work(database);
    } catch (const std::bad_alloc &) {
        return domain::unexpected(StoreError{StoreErrorKind::TooLarge, QStringLiteral("out of memory in a job")});
    } catch (const std::exception &error) {
        return domain::unexpected(StoreError{StoreErrorKind::Other, QString::fromLocal8Bit(error.what())});
    }
}

} // namespace

Committer::Committer(Sql &sql, const StoreOptions &options, CommitterHost &host)
    : m_sql(sql)
    , m_database(sql)
    , m_options(options)
    , m_host(host)
    , m_pause(options.firstRetry)
{
}

void Committer::take(std::deque<Entry> entries)
{
    std::ranges::move(entries, std::back_inserter(m_backlog));
}

std::optional<Committer::Time> Committer::due() const
{
    if (m_trouble)
        return m_retryAt;
    if (!m_ran.empty())
        return m_commitAt;
    return {};
}

void Committer::turn(Time now)
{
    if (m_trouble && now < m_retryAt && !isAskedNow())
        return answerQuestions(now);
    while (!m_backlog.empty()) {
        Entry entry = std::move(m_backlog.front());
        m_backlog.pop_front();
        if (entry.question)
            answer(std::move(entry), now);
        else if (!run(std::move(entry), now))
            return;
        if (static_cast<int>(m_ran.size()) >= m_options.commitJobs && !commit(now))
            return;
    }
    // After trouble there is no waiting: the jobs have waited long enough.
    if (!m_ran.empty() && (m_urgent || m_trouble || now >= m_commitAt))
        commit(now);
}

bool Committer::run(Entry entry, Time now)
{
    const auto keep = [&](const StoreError &trouble) {
        m_backlog.push_front(std::move(entry));
        fail(trouble, now);
        return false;
    };
    (void)m_sql.takeTrouble();
    if (!m_transaction) {
        auto begun = Transaction::begin(m_sql);
        if (!begun)
            return keep(begun.error());
        m_transaction.emplace(std::move(*begun));
        m_commitAt = now + m_options.commitEvery;
    }
    Outcome<void> result;
    Outcome<void> kept;
    {
        auto part = Savepoint::begin(m_sql);
        if (!part)
            return keep(part.error());
        result = guarded(entry.job, m_database);
        if (result)
            kept = part->keep();
    }
    // A full disk takes the whole transaction along, whatever the job made of it: then everything is run again.
    if (const auto trouble = m_sql.takeTrouble())
        return keep(*trouble);
    if (!kept)
        return keep(kept.error());
    m_urgent = m_urgent || entry.job.durable;
    m_ran.push_back({std::move(entry), std::move(result)});
    return true;
}

bool Committer::commit(Time now)
{
    const Outcome<void> done = m_transaction->commit();
    if (!done) {
        fail(done.error(), now);
        return false;
    }
    m_transaction.reset();
    m_urgent = false;
    m_pause = m_options.firstRetry;
    m_host.committed();
    for (Ran &ran : std::exchange(m_ran, {}))
        settle(std::move(ran.entry), ran.result);
    if (std::exchange(m_trouble, {}))
        m_host.troubled({});
    return true;
}

void Committer::fail(const StoreError &trouble, Time now)
{
    m_transaction.reset(); // rolls back
    (void)m_sql.takeTrouble();
    for (auto ran = m_ran.rbegin(); ran != m_ran.rend(); ++ran)
        m_backlog.push_front(std::move(ran->entry));
    m_ran.clear();
    m_urgent = false;
    m_retryAt = now + m_pause;
    m_pause = std::min(m_pause * 2, m_options.lastRetry);
    const bool news = !m_trouble || m_trouble->kind != trouble.kind;
    m_trouble = trouble;
    if (news)
        m_host.troubled(m_trouble);
    refuse(trouble);
    answerQuestions(now);
}

bool Committer::isAskedNow() const
{
    return std::ranges::any_of(m_backlog, [](const Entry &entry) { return !entry.question && !entry.job.waits; });
}

/// Ends the jobs that do not wait. They were rolled back, or never ran.
void Committer::refuse(const StoreError &trouble)
{
    const auto refused =
        std::ranges::stable_partition(m_backlog, [](const Entry &e) { return e.question || e.job.waits; });
    std::deque<Entry> gone(std::make_move_iterator(refused.begin()), std::make_move_iterator(refused.end()));
    m_backlog.erase(refused.begin(), refused.end());
    for (Entry &entry : gone)
        settle(std::move(entry), domain::unexpected(trouble));
}

void Committer::answer(Entry entry, Time now)
{
    (void)m_sql.takeTrouble();
    Outcome<void> result;
    {
        // Never kept: what a question writes is undone.
        const auto part = Savepoint::begin(m_sql);
        if (part)
            result = guarded(entry.job, m_database);
        else
            result = domain::unexpected(part.error());
    }
    settle(std::move(entry), result);
    if (const auto trouble = m_sql.takeTrouble(); trouble && m_transaction)
        fail(*trouble, now);
}

void Committer::answerQuestions(Time now)
{
    const auto firstQuestion = std::ranges::stable_partition(m_backlog, [](const Entry &e) { return !e.question; });
    std::deque<Entry> questions(std::make_move_iterator(firstQuestion.begin()),
                                std::make_move_iterator(firstQuestion.end()));
    m_backlog.erase(firstQuestion.begin(), firstQuestion.end());
    for (Entry &question : questions)
        answer(std::move(question), now);
}

Outcome<void> Committer::finish(Time now)
{
    if (m_trouble)
        m_retryAt = now; // once more
    m_commitAt = now;
    turn(now);
    if (!m_ran.empty())
        commit(now);
    if (m_backlog.empty())
        return {};
    const StoreError trouble = m_trouble.value_or(StoreError{StoreErrorKind::Other, {}});
    for (Entry &entry : std::exchange(m_backlog, {}))
        settle(std::move(entry), domain::unexpected(StoreError{StoreErrorKind::Closed, trouble.detail}));
    return domain::unexpected(trouble);
}

void Committer::settle(Entry entry, const Outcome<void> &result)
{
    m_host.settled(entry);
    if (entry.job.mailbox && entry.job.done)
        entry.job.mailbox->post([done = std::move(entry.job.done), result] { done(result); });
}

} // namespace flowgate::store
