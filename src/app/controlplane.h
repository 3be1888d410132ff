// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desk/desk.h"
#include "app/options.h"
#include "domain/mailbox.h"
#include "domain/token.h"

#include <QObject>
#include <QPointer>
#include <QThread>

#include <memory>

namespace flowgate::app {

class Core;
class FolderLock;

using RolloutPtr = std::shared_ptr<const domain::Rollout>;

/// What serves now.
struct Serving
{
    QStringList endpoints; ///< "ws://127.0.0.1:4320/v1/opamp"
    QString controlSocket;
};

/// The one object that the window, the headless program and the tests use. Owns the io thread, on which everything
/// else lives, and the store thread.
/// @thread gui (the main thread of flowgated); signals come on it too
class ControlPlane final : public QObject
{
    Q_OBJECT
public:
    explicit ControlPlane(const domain::Clock &clock, QObject *parent = nullptr);
    ~ControlPlane() override; ///< stops

    /// Opens the folder, reads the database, listens. Waits until it serves or cannot.
    [[nodiscard]] domain::Result<Serving, StartError> start(const Options &options);
    /// Close frames, pending writes, end of threads (T23). Waits at most some seconds for peers.
    void stop();

    [[nodiscard]] const domain::Clock &clock() const { return m_clock; }
    [[nodiscard]] const Serving &serving() const { return m_serving; }

    /// Runs an operation on the io thread and gives its outcome to @p then on this thread, unless @p guard is gone by
    /// then. Never waits.
    ///
    ///     plane.ask<std::vector<PlannedTarget>>(this,
    ///         [=](Desk &desk, Done<std::vector<PlannedTarget>> done) { desk.preview(config, selector, done); },
    ///         [this](const Outcome<std::vector<PlannedTarget>> &plan) { show(plan); });
    template<typename T>
    void ask(QObject *guard, std::function<void(Desk &, Done<T>)> operation,
             std::function<void(const Outcome<T> &)> then);

Q_SIGNALS:
    /// The latest value of each gateway that changed, at most every 50 ms; the whole fleet once after start().
    void fleetChanged(const flowgate::app::FleetDelta &delta);
    /// A rollout that is new or moved; all that are known once after start().
    void rolloutChanged(const flowgate::app::RolloutPtr &rollout);
    void eventAdded(const flowgate::domain::Event &event);
    /// A config got a new version; all configs once after start().
    void configsChanged(const std::vector<flowgate::app::ConfigSummary> &configs);
    /// All settings, after one changed; once after start().
    void settingsChanged(const std::vector<flowgate::app::SettingValue> &settings);
    /// All tokens, after one was made, bound, revoked or expired; once after start().
    void tokensChanged(const std::vector<flowgate::domain::Token> &tokens);
    /// Empty: the database takes what it is given.
    void storeTroubleChanged(const QString &trouble);
    /// Another start on this folder asks for the window.
    void raiseRequested();

private:
    void post(std::function<void(Desk &)> work);
    void wire(Core &core);
    void tellTokens(Core &core);

    const domain::Clock &m_clock;
    Serving m_serving;
    bool m_tokensToTell = false; ///< io thread only
    std::unique_ptr<FolderLock> m_lock;
    std::unique_ptr<store::StoreThread> m_store;
    domain::Mailbox m_toGui;
    domain::Mailbox m_toIo; ///< lives on the io thread
    QThread m_io;
    Core *m_core = nullptr; ///< lives on the io thread and dies with it
    bool m_running = false;
};

template<typename T>
void ControlPlane::ask(QObject *guard, std::function<void(Desk &, Done<T>)> operation,
                       std::function<void(const Outcome<T> &)> then)
{
    // The guard is only looked at on this thread.
    auto back = [this, guard = QPointer<QObject>(guard), then = std::move(then)](Outcome<T> outcome) {
        m_toGui.post([guard, then, outcome = std::move(outcome)] {
            if (guard)
                then(outcome);
        });
    };
    post([operation = std::move(operation), back = std::move(back)](Desk &desk) { operation(desk, back); });
}

} // namespace flowgate::app
