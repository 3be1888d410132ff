// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <deque>
#include <functional>
#include <mutex>

namespace flowgate::domain {

/// How values cross threads: functions that carry them are queued under a mutex and run on the thread that the
/// mailbox lives on, in the order of posting. Only an empty wake-up goes through Qt's own event queue.
/// What is still queued when the mailbox is destroyed is dropped, so a late answer cannot hit a dead object.
class Mailbox final : public QObject
{
    Q_OBJECT
public:
    using Letter = std::function<void()>;

    using QObject::QObject;

    /// @thread any; the caller sees to it that the mailbox lives as long as the call
    void post(Letter letter);

protected:
    void customEvent(QEvent *wakeUp) override;

private:
    void deliver();

    std::mutex m_mutex;
    std::deque<Letter> m_letters;
    bool m_woken = false;
};

} // namespace flowgate::domain
