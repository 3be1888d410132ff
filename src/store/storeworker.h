// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/committer.h"
#include "store/opening.h"

#include <QThread>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

namespace flowgate::store {

/// The inside of StoreThread: the queue, which any thread may touch, and the loop of the store thread.
class StoreWorker final : private CommitterHost
{
public:
    StoreWorker(const QString &folder, const domain::Clock &clock, StoreOptions options);
    ~StoreWorker() override;

    void onHealth(domain::Mailbox *mailbox, std::function<void(const StoreHealth &)> listener);
    domain::Result<Snapshot, OpenError> open();
    bool push(Entry entry);
    Outcome<void> close();
    [[nodiscard]] StoreStats stats() const;
    [[nodiscard]] QString file() const;

private:
    enum class Phase { New, Open, Closing, Closed };

    void main();
    domain::Result<Snapshot, OpenError> start(std::unique_ptr<Sql> &sql);
    Outcome<void> serve(Sql &sql);
    void settled(const Entry &entry) override;
    void committed() override;
    void troubled(const std::optional<StoreError> &trouble) override;
    void tellHealth(); ///< with m_mutex held, so that listeners hear in order

    const QString m_folder;
    const domain::Clock &m_clock;
    const StoreOptions m_options;
    std::unique_ptr<QThread> m_thread;
    domain::Mailbox *m_listenerBox = nullptr;
    std::function<void(const StoreHealth &)> m_listener;

    mutable std::mutex m_mutex; ///< for everything below
    std::condition_variable m_wake;
    Phase m_phase = Phase::New;
    std::optional<domain::Result<Snapshot, OpenError>> m_opened;
    std::optional<Outcome<void>> m_finished; ///< the thread is done with everything here
    std::deque<Entry> m_queue;
    qint64 m_bytes = 0;
    bool m_refusing = false;
    int m_questions = 0;  ///< that wait; not among the pending jobs
    StoreHealth m_health; ///< its `pending` is always up to date
    StoreStats m_stats;
};

} // namespace flowgate::store
