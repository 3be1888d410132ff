// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controlplane.h"

#include "app/core.h"
#include "app/folderlock.h"
#include "app/journal/storewords.h"
#include "app/logging.h"
#include "app/tokens/tokens.h"
#include "net/epolldispatcher.h"

#include <QTimer>

#include <future>
#include <utility>

namespace flowgate::app {

ControlPlane::ControlPlane(const domain::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
}

ControlPlane::~ControlPlane()
{
    stop();
}

domain::Result<Serving, StartError> ControlPlane::start(const Options &options)
{
    auto lock = FolderLock::take(options.folder, options.program);
    if (!lock)
        return domain::unexpected(lock.error());
    m_lock = std::move(*lock);
    m_store = std::make_unique<store::StoreThread>(options.folder, m_clock);
    m_store->onHealth(&m_toGui, [this](const store::StoreHealth &health) {
        const QString trouble = health.trouble ? words(*health.trouble) : QString();
        m_toIo.post([this, trouble, dropped = health.dropped] { m_core->setStoreHealth(trouble, dropped); });
        Q_EMIT storeTroubleChanged(trouble);
    });
    auto snapshot = m_store->open();
    if (!snapshot) {
        const bool isFolder = snapshot.error().kind == store::OpenErrorKind::FolderNotUsable ||
                              snapshot.error().kind == store::OpenErrorKind::FolderNotPrivate;
        const auto kind = isFolder ? StartError::Kind::FolderNotUsable : StartError::Kind::StoreNotUsable;
        const StartError error{kind, words(snapshot.error()), {}};
        m_store.reset();
        m_lock.reset();
        return domain::unexpected(error);
    }

    std::optional<OwnCertificate> own;
    if (options.wantsOwnCertificate()) {
        std::vector<std::unique_ptr<KeyVault>> vaults;
        vaults.push_back(systemKeychain(options.folder));
        vaults.push_back(keyFile(options.folder));
        auto certificate = ownCertificate(options.folder, namesOfThisHost(), m_clock.now(), vaults);
        if (!certificate) {
            m_store.reset();
            m_lock.reset();
            return domain::unexpected(StartError{StartError::Kind::TlsNotUsable, certificate.error(), {}});
        }
        own = std::move(*certificate);
    }

    auto dispatcher = std::make_unique<net::EpollDispatcher>();
    if (dispatcher->isValid())
        m_io.setEventDispatcher(dispatcher.release());
    m_io.setObjectName(QStringLiteral("flowgate-io"));
    m_toIo.moveToThread(&m_io);
    m_io.start();
    m_running = true;

    std::promise<domain::Result<QStringList, StartError>> promise;
    auto started = promise.get_future();
    m_toIo.post([&] {
        m_core = new Core(m_clock, *m_store, m_toIo);
        connect(&m_io, &QThread::finished, m_core, &QObject::deleteLater);
        wire(*m_core);
        promise.set_value(m_core->start(options, *snapshot, own));
    });
    const auto endpoints = started.get();
    if (!endpoints) {
        stop();
        return domain::unexpected(endpoints.error());
    }
    if (!m_lock->note().isEmpty()) {
        qCWarning(storeLog).noquote() << m_lock->note();
        post([note = m_lock->note()](Desk &desk) {
            desk.parts().events.add(QStringLiteral("data_folder_closed"), note);
        });
    }
    m_serving = {*endpoints, options.folder + QStringLiteral("/control.sock")};
    return m_serving;
}

/// Runs on the io thread. A whole fleet may get its own tokens within a minute: they are told together.
void ControlPlane::tellTokens(Core &core)
{
    if (std::exchange(m_tokensToTell, true))
        return;
    constexpr int together = 200; // ms
    QTimer::singleShot(together, &core, [this, &core] {
        m_tokensToTell = false;
        m_toGui.post([this, tokens = core.desk().parts().tokens.all()] { Q_EMIT tokensChanged(tokens); });
    });
}

/// Runs on the io thread: everything that the window hears goes through the gui's mailbox as a value.
void ControlPlane::wire(Core &core)
{
    const Desk::Parts &parts = core.desk().parts();
    parts.feed.follow([this](const FleetDelta &delta) { m_toGui.post([this, delta] { Q_EMIT fleetChanged(delta); }); });
    parts.events.follow([this, &core](const domain::Event &event) {
        m_toGui.post([this, event] { Q_EMIT eventAdded(event); });
        if (event.kind == u"config_saved" || event.kind == u"config_marked")
            m_toGui.post([this, configs = core.desk().configs()] { Q_EMIT configsChanged(configs); });
        if (event.kind.startsWith(u"token_"))
            tellTokens(core);
    });
    parts.settings.follow([this, &core](const SettingValue &) {
        m_toGui.post([this, settings = core.desk().settings()] { Q_EMIT settingsChanged(settings); });
    });
    connect(&parts.rollouts, &RolloutDriver::rolloutChanged, &core, [this](const domain::Rollout &rollout) {
        auto shared = std::make_shared<const domain::Rollout>(rollout);
        m_toGui.post([this, shared] { Q_EMIT rolloutChanged(shared); });
    });
    core.commands().add(QStringLiteral("window raise"), [this](const QJsonObject &, const Exchange &exchange) {
        m_toGui.post([this] { Q_EMIT raiseRequested(); });
        exchange.finish({{QStringLiteral("raised"), true}});
    });
    // What is known already, once the first turn of the loop is over and the database's content was taken up.
    m_toIo.post([this, &core] {
        FleetDelta whole;
        for (const domain::Gateway &gateway : core.desk().parts().fleet.gateways())
            whole.changed.push_back(std::make_shared<const domain::Gateway>(gateway));
        std::vector<RolloutPtr> rollouts;
        for (const auto &[id, rollout] : core.desk().parts().rollouts.rollouts())
            rollouts.push_back(std::make_shared<const domain::Rollout>(rollout));
        m_toGui.post([this, whole, rollouts, configs = core.desk().configs(), settings = core.desk().settings(),
                      tokens = core.desk().parts().tokens.all()] {
            Q_EMIT settingsChanged(settings);
            Q_EMIT tokensChanged(tokens);
            Q_EMIT fleetChanged(whole);
            Q_EMIT configsChanged(configs);
            for (const RolloutPtr &rollout : rollouts)
                Q_EMIT rolloutChanged(rollout);
        });
    });
}

void ControlPlane::post(std::function<void(Desk &)> work)
{
    m_toIo.post([this, work = std::move(work)] {
        if (m_core)
            work(m_core->desk());
    });
}

void ControlPlane::stop()
{
    if (!std::exchange(m_running, false))
        return;
    // Qt's own wait is one that ThreadSanitizer does not see; this one says that the io thread is done with all we
    // have.
    std::promise<void> gone;
    auto isGone = gone.get_future();
    m_toIo.post([this, &gone] {
        connect(m_core, &QObject::destroyed, m_core, [&gone] { gone.set_value(); });
        // Leaving the loop is the last thing: whatever the database still answers is dropped with the mailbox.
        m_core->drain([this] { m_io.quit(); });
    });
    isGone.wait();
    m_io.wait();
    m_core = nullptr;
    m_store->close();
    m_store.reset();
    m_lock.reset();
}

} // namespace flowgate::app
