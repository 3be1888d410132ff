// SPDX-License-Identifier: GPL-3.0-or-later
// What is written down of our own looking: until when, and from when on again.
#include "app/core.h"

namespace flowgate::app {

/// The observer's tick: until when we looked, and whom we heard. With @p written all that happened goes to disk at
/// once.
void Core::observe(std::function<void()> written)
{
    m_recorder.touch(m_fleet.takeSeen());
    m_tokens.writeUses();
    store::Job job;
    job.work = [from = m_runningSince, until = m_clock.now()](store::Database &database) {
        return database.observer.touch(from, until);
    };
    if (!written) {
        m_store.post(std::move(job));
        return;
    }
    job.durable = true;
    job.mailbox = &m_mailbox;
    job.done = [written = std::move(written)](const store::Outcome<void> &) { written(); };
    m_recorder.flushWith(std::move(job));
}

/// Nobody looked from @p until on: another run of observing begins, and nothing is held against anybody.
void Core::resume(domain::WallTime until)
{
    m_runningSince = m_clock.now();
    store::Job job;
    job.work = [from = m_runningSince](store::Database &database) { return database.observer.start(from); };
    m_store.post(std::move(job));
    m_rollouts.observedAgain();
    m_events.add(QStringLiteral("not_observed"),
                 QStringLiteral("Nothing was observed for %1 s: the machine slept, or this program stood still")
                     .arg((m_runningSince - until).count() / 1000));
}

} // namespace flowgate::app
