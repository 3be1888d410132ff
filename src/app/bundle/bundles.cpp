// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/bundles.h"

#include "app/bundle/bundleformat.h"
#include "app/journal/storewords.h"

#include <QFile>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>

namespace flowgate::app {

namespace {

BundleStanding standingOf(const domain::Rollout &rollout)
{
    BundleStanding standing{rollout.ref, rollout.selector, rollout.options};
    standing.options.force = false; // that was a person's word for that once
    return standing;
}

/// As if it had succeeded here: nobody is a target yet.
domain::Rollout inForce(const BundleStanding &standing, const QString &by, domain::WallTime now)
{
    domain::Rollout rollout;
    rollout.id = QUuid::fromRfc4122(domain::makeUuidV7(now.time_since_epoch().count())).toString(QUuid::WithoutBraces);
    rollout.ref = standing.ref;
    rollout.selector = standing.selector;
    rollout.options = standing.options;
    rollout.state = domain::RolloutState::Succeeded;
    rollout.createdAt = now;
    rollout.by = by;
    rollout.inForce = true;
    return rollout;
}

} // namespace

Bundles::Bundles(const domain::Clock &clock, store::StoreThread &store, domain::Mailbox &mailbox,
                 ConfigLibrary &library, Fleet &fleet, Settings &settings, RolloutDriver &rollouts, EventLog &events)
    : m_clock(clock)
    , m_store(store)
    , m_mailbox(mailbox)
    , m_library(library)
    , m_fleet(fleet)
    , m_settings(settings)
    , m_rollouts(rollouts)
    , m_events(events)
{
}

void Bundles::write(const QStringList &configs, Done<QByteArray> done)
{
    auto bundle = std::make_shared<Bundle>();
    bundle->program = QStringLiteral("flowgate ") + QStringLiteral(FLOWGATE_VERSION);
    bundle->madeAt = m_clock.now();
    for (const QString &name : configs) {
        if (const auto found = m_library.find(name); !found)
            return done(domain::unexpected(found.error()));
    }
    for (const auto &[name, versions] : m_library.all()) {
        if (m_library.isDeleted(name) || (!configs.isEmpty() && !configs.contains(name)))
            continue;
        for (const domain::ConfigVersion &version : versions)
            bundle->versions.push_back({version, {}});
        if (const domain::ConfigMarks marks = m_library.marks(name); !(marks == domain::ConfigMarks()))
            bundle->marks.emplace(name, marks);
    }
    if (configs.isEmpty()) {
        const BundleSurroundings here = surroundings();
        for (const auto &[id, labels] : here.labels) {
            if (!labels.isEmpty())
                bundle->labels.push_back({id, domain::displayName(*m_fleet.find(id)), labels});
        }
        bundle->standing = here.standing;
        for (const SettingValue &setting : m_settings.all()) {
            if (!setting.isDefault())
                bundle->settings.emplace(setting.spec->key, setting.value);
        }
    }
    m_store.ask<Nothing>(
        [bundle](store::Database &database) -> store::Outcome<Nothing> {
            for (BundleVersion &one : bundle->versions) {
                auto files = database.configs.files(one.version.ref.config, one.version.ref.version);
                if (!files)
                    return domain::unexpected(files.error());
                one.files = std::move(*files);
            }
            return Nothing{};
        },
        &m_mailbox,
        [this, bundle, done](const store::Outcome<Nothing> &loaded) {
            if (!loaded)
                return done(storeFailed(loaded.error()));
            const bool taken = m_pool.submit(
                "write", [bundle] { return writeBundle(*bundle); },
                [done](const BundleResult<QByteArray> &bytes) {
                    if (!bytes)
                        return done(failed(FailureCode::TooLarge, bytes.error().what));
                    done(*bytes);
                });
            if (!taken)
                done(failed(FailureCode::WrongState, QStringLiteral("other bundles are being made; try again")));
        });
}

void Bundles::read(const QByteArray &archive, std::function<void(Outcome<std::shared_ptr<Bundle>>)> then)
{
    const bool taken = m_pool.submit(
        "read", [archive] { return readBundle(archive); },
        [then](BundleResult<Bundle> bundle) {
            if (!bundle)
                return then(failed(FailureCode::BadBundle, bundle.error().what));
            then(std::make_shared<Bundle>(std::move(*bundle)));
        });
    if (!taken)
        then(failed(FailureCode::WrongState, QStringLiteral("other bundles are being read; try again")));
}

void Bundles::readFile(const QString &path, std::function<void(Outcome<QByteArray>)> then)
{
    const auto work = [path]() -> Outcome<QByteArray> {
        const ZipLimits limits;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return failed(FailureCode::FileFailed, QStringLiteral("%1: %2").arg(path, file.errorString()));
        // One byte more than may be, which is refused as too large.
        return file.read(limits.archive + 1);
    };
    if (!m_pool.submit("read", work, then))
        then(failed(FailureCode::WrongState, QStringLiteral("other bundles are being read; try again")));
}

void Bundles::writeFile(const QString &path, const QStringList &configs, Done<Nothing> done)
{
    write(configs, [this, path, done](const Outcome<QByteArray> &bytes) {
        if (!bytes)
            return done(domain::unexpected(bytes.error()));
        const auto work = [path, bytes = *bytes]() -> Outcome<Nothing> {
            QSaveFile file(path);
            const bool written = file.open(QIODevice::WriteOnly) &&
                                 file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                                 file.write(bytes) == bytes.size() && file.commit();
            if (!written)
                return failed(FailureCode::FileFailed, QStringLiteral("%1: %2").arg(path, file.errorString()));
            return Nothing{};
        };
        if (!m_pool.submit("write", work, done))
            done(failed(FailureCode::WrongState, QStringLiteral("other bundles are being made; try again")));
    });
}

void Bundles::planFile(const QString &path, const BundleWish &wish, Done<BundleReport> done)
{
    readFile(path, [this, wish, done](const Outcome<QByteArray> &bytes) {
        if (!bytes)
            return done(domain::unexpected(bytes.error()));
        plan(*bytes, wish, done);
    });
}

void Bundles::importFile(const QString &path, const BundleWish &wish, Done<BundleReport> done)
{
    readFile(path, [this, wish, done](const Outcome<QByteArray> &bytes) {
        if (!bytes)
            return done(domain::unexpected(bytes.error()));
        import(*bytes, wish, done);
    });
}

BundleSurroundings Bundles::surroundings() const
{
    BundleSurroundings here;
    here.configs = m_library.all();
    for (const auto &[name, versions] : here.configs) {
        if (const domain::ConfigMarks marks = m_library.marks(name); !(marks == domain::ConfigMarks()))
            here.marks.emplace(name, marks);
    }
    for (const domain::Gateway &gateway : m_fleet.gateways())
        here.labels.emplace(gateway.id, gateway.labels);
    for (const SettingValue &setting : m_settings.all())
        here.settings.emplace(setting.spec->key, setting.value);
    for (const auto &[id, rollout] : m_rollouts.rollouts()) {
        if (rollout.inForce)
            here.standing.push_back(standingOf(rollout));
    }
    return here;
}

BundleReport Bundles::planned(const Bundle &bundle, const BundleWish &wish) const
{
    BundleReport report{bundle.program, bundle.madeAt, planBundle(bundle, surroundings(), wish.parts, wish.onConflict),
                        false};
    // What was a value there may be none here: another version of the program has other limits.
    for (BundleItem &item : report.plan.items) {
        if (item.part != BundlePart::Settings || item.action != BundleAction::Change)
            continue;
        const auto value = canonicalValue(*findSetting(item.name), report.plan.settings.at(item.name));
        if (value)
            continue;
        report.plan.settings.erase(item.name);
        item.action = BundleAction::Skip;
        item.detail = value.error();
    }
    return report;
}

void Bundles::plan(const QByteArray &archive, const BundleWish &wish, Done<BundleReport> done)
{
    read(archive, [this, wish, done](const Outcome<std::shared_ptr<Bundle>> &bundle) {
        if (!bundle)
            return done(domain::unexpected(bundle.error()));
        done(planned(**bundle, wish));
    });
}

void Bundles::import(const QByteArray &archive, const BundleWish &wish, Done<BundleReport> done)
{
    read(archive, [this, wish, done](const Outcome<std::shared_ptr<Bundle>> &bundle) {
        if (!bundle)
            return done(domain::unexpected(bundle.error()));
        BundleReport report = planned(**bundle, wish);
        if (report.plan.hasConflict())
            return done(std::move(report));
        if (report.plan.isEmpty()) {
            report.imported = true;
            return done(std::move(report)); // all is here already
        }
        carryOut(*bundle, std::move(report), wish, done);
    });
}

void Bundles::carryOut(const std::shared_ptr<Bundle> &bundle, BundleReport report, const BundleWish &wish,
                       Done<BundleReport> done)
{
    std::vector<domain::Gateway> labelled;
    for (const auto &[id, labels] : report.plan.labels) {
        if (const domain::Gateway *gateway = m_fleet.find(id)) {
            labelled.push_back(*gateway);
            labelled.back().labels = labels;
        }
    }
    std::vector<domain::Rollout> standing;
    for (const BundleStanding &one : report.plan.standing)
        standing.push_back(inForce(one, wish.by, m_clock.now()));
    store::Job job;
    job.durable = true;
    job.waits = false;
    job.mailbox = &m_mailbox;
    for (const size_t body : report.plan.bodies)
        job.bytes += bundle->versions[body].files.byteCount();
    job.work = [bundle, plan = report.plan, labelled, standing](store::Database &database) {
        store::Outcome<void> written;
        for (size_t i = 0; written && i < plan.versions.size(); ++i)
            written = database.configs.add(plan.versions[i], bundle->versions[plan.bodies[i]].files);
        for (auto config = plan.marks.begin(); written && config != plan.marks.end(); ++config)
            written = database.configs.mark(config->first, config->second);
        for (auto gateway = labelled.begin(); written && gateway != labelled.end(); ++gateway)
            written = database.gateways.put(*gateway);
        for (auto setting = plan.settings.begin(); written && setting != plan.settings.end(); ++setting)
            written = database.settings.set(setting->first, setting->second);
        for (auto rollout = standing.begin(); written && rollout != standing.end(); ++rollout)
            written = database.rollouts.put(*rollout);
        return written;
    };
    job.done = [this, report = std::move(report), standing, wish, done](const store::Outcome<void> &saved) mutable {
        if (!saved)
            return done(storeFailed(saved.error()));
        m_library.take(report.plan.versions, report.plan.marks);
        for (const auto &[id, labels] : report.plan.labels)
            m_fleet.setLabels(id, labels);
        for (const auto &[key, value] : report.plan.settings)
            m_settings.taken(key, value, wish.by);
        for (const domain::Rollout &rollout : standing)
            m_rollouts.putInForce(rollout);
        m_events.add(QStringLiteral("bundle_imported"),
                     QStringLiteral("A bundle made by %1 was imported: %2 config versions, labels of %3 gateways, %4 "
                                    "settings, %5 standing selectors")
                         .arg(report.program)
                         .arg(report.plan.versions.size())
                         .arg(report.plan.labels.size())
                         .arg(report.plan.settings.size())
                         .arg(standing.size()),
                     {}, wish.by);
        report.imported = true;
        done(std::move(report));
    };
    m_store.post(std::move(job));
}

} // namespace flowgate::app
