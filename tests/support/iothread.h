// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace flowgate::tests {

/// A thread with the product's own event dispatcher, for servers under test; the test itself may block meanwhile.
class IoThread final : public QObject
{
    Q_OBJECT
public:
    IoThread();
    ~IoThread() override;

    /// Runs @p work over there and waits for it. What it makes belongs to that thread; take it down by run() as well.
    void run(const std::function<void()> &work);
    /// Runs @p work over there and gives back what it returns.
    template<typename Work>
    [[nodiscard]] auto get(const Work &work)
    {
        std::invoke_result_t<Work> result{};
        run([&] { result = work(); });
        return result;
    }
    [[nodiscard]] QThread &thread() { return m_thread; }

Q_SIGNALS:
    void wanted(); ///< carries nothing: values cross in m_calls

private:
    struct Call
    {
        const std::function<void()> *work;
        bool isDone = false;
    };
    void work();

    QThread m_thread;
    std::unique_ptr<QObject> m_there;
    std::mutex m_mutex;
    std::condition_variable m_done;
    std::deque<Call *> m_calls;
};

} // namespace flowgate::tests
