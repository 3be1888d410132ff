// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/bundleplan.h"
#include "app/configs/configlibrary.h"
#include "app/fleet/fleet.h"
#include "app/rollouts/rolloutdriver.h"
#include "app/settings/settings.h"
#include "endpoint/orderedpool.h"

namespace flowgate::app {

/// What of a bundle is to be taken, and how.
struct BundleWish
{
    QSet<BundlePart> parts{BundlePart::Configs, BundlePart::Labels, BundlePart::Settings};
    OnConflict onConflict = OnConflict::Refuse;
    QString by = QStringLiteral("operator");
};

/// What a bundle is, and what came, or would come, of it.
struct BundleReport
{
    QString program;
    domain::WallTime madeAt{};
    BundlePlan plan;
    bool imported = false;
};

/// Makes bundles of this control plane and takes those of others in. Archives are made and read in a pool; what an
/// import changes is one write of the database, so that no kill leaves half of it.
/// @thread io
class Bundles
{
public:
    Bundles(const domain::Clock &clock, store::StoreThread &store, domain::Mailbox &mailbox, ConfigLibrary &library,
            Fleet &fleet, Settings &settings, RolloutDriver &rollouts, EventLog &events);

    /// The bytes of a `.flowgate` file. @param configs  names; empty: all, with labels, settings and standing selectors
    /// @errors ConfigNotFound, TooLarge, StoreFailed
    void write(const QStringList &configs, Done<QByteArray> done);
    /// What importing would do. @errors BadBundle
    void plan(const QByteArray &archive, const BundleWish &wish, Done<BundleReport> done);
    /// Durable when it answers. With a conflict that is to be refused nothing changes: imported is false then.
    /// @errors BadBundle, StoreFailed: nothing changed
    void import(const QByteArray &archive, const BundleWish &wish, Done<BundleReport> done);

    /// The same with files. They are read and written in the pool; a written one is the owner's alone.
    /// @errors also FileFailed
    void writeFile(const QString &path, const QStringList &configs, Done<Nothing> done);
    void planFile(const QString &path, const BundleWish &wish, Done<BundleReport> done);
    void importFile(const QString &path, const BundleWish &wish, Done<BundleReport> done);

private:
    void readFile(const QString &path, std::function<void(Outcome<QByteArray>)> then);
    void read(const QByteArray &archive, std::function<void(Outcome<std::shared_ptr<Bundle>>)> then);
    [[nodiscard]] BundleReport planned(const Bundle &bundle, const BundleWish &wish) const;
    [[nodiscard]] BundleSurroundings surroundings() const;
    void carryOut(const std::shared_ptr<Bundle> &bundle, BundleReport report, const BundleWish &wish,
                  Done<BundleReport> done);

    const domain::Clock &m_clock;
    store::StoreThread &m_store;
    domain::Mailbox &m_mailbox;
    ConfigLibrary &m_library;
    Fleet &m_fleet;
    Settings &m_settings;
    RolloutDriver &m_rollouts;
    EventLog &m_events;
    endpoint::OrderedPool m_pool{1, 16};
};

} // namespace flowgate::app
