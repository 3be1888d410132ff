// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/configs/configlibrary.h"

#include "app/journal/storewords.h"
#include "domain/names.h"

#include <algorithm>

namespace flowgate::app {

Failure deleted(const QString &name)
{
    return {FailureCode::WrongState,
            QStringLiteral("'%1' was deleted; 'configs undelete %1' brings it back with all its versions").arg(name)};
}

Failure archived(const QString &name)
{
    return {
        FailureCode::WrongState,
        QStringLiteral("'%1' is archived: it takes no new version and no rollout; 'configs unarchive %1' takes it out")
            .arg(name)};
}

ConfigLibrary::ConfigLibrary(const domain::Clock &clock, store::StoreThread &store, domain::Mailbox &mailbox,
                             EventLog &events)
    : m_clock(clock)
    , m_store(store)
    , m_mailbox(mailbox)
    , m_events(events)
{
}

void ConfigLibrary::restore(const std::vector<domain::ConfigVersion> &versions, domain::MarksByConfig marks)
{
    m_marks = std::move(marks);
    for (const domain::ConfigVersion &version : versions)
        m_configs[version.ref.config].push_back(version);
}

const domain::ConfigMarks &ConfigLibrary::marks(const QString &name) const
{
    static const domain::ConfigMarks none;
    const auto found = m_marks.find(name);
    return found == m_marks.end() ? none : found->second;
}

void ConfigLibrary::mark(const QString &name, const domain::ConfigMarks &marks, const QString &text, const QString &by,
                         Done<Nothing> done)
{
    store::Job job;
    job.durable = true;
    job.waits = false;
    job.mailbox = &m_mailbox;
    job.work = [name, marks](store::Database &database) { return database.configs.mark(name, marks); };
    job.done = [this, name, marks, text, by, done](const store::Outcome<void> &saved) {
        if (!saved)
            return done(storeFailed(saved.error()));
        m_marks[name] = marks;
        m_events.add(QStringLiteral("config_marked"), text, {}, by);
        done(Nothing{});
    };
    m_store.post(std::move(job));
}

void ConfigLibrary::copy(const QString &nameAndVersion, const QString &name, const QString &author, Done<Added> done)
{
    if (m_configs.contains(name))
        return done(failed(FailureCode::Conflict,
                           QStringLiteral("a config is called '%1' already; choose another name").arg(name)));
    load(nameAndVersion, [this, name, author, done](const Outcome<Whole> &whole) {
        if (!whole)
            return done(domain::unexpected(whole.error()));
        const domain::ConfigRef &from = whole->version.ref;
        add(name, whole->files, QStringLiteral("copy of %1@%2").arg(from.config).arg(from.version), author, done);
    });
}

void ConfigLibrary::take(const std::vector<domain::ConfigVersion> &saved, const domain::MarksByConfig &marks)
{
    for (const auto &[name, now] : marks) {
        const domain::ConfigMarks before = std::exchange(m_marks[name], now);
        m_events.add(QStringLiteral("config_marked"),
                     before.deletedAt
                         ? QStringLiteral("%1 was brought back").arg(name)
                         : QStringLiteral("Tags of %1: %2").arg(name, now.tags.join(QStringLiteral(", "))));
    }
    std::map<QString, QStringList> numbers;
    for (const domain::ConfigVersion &version : saved) {
        m_configs[version.ref.config].push_back(version);
        numbers[version.ref.config].append(QString::number(version.ref.version));
    }
    for (const auto &[name, list] : numbers) {
        const QString versions = list.size() > 1 ? list.front() + QStringLiteral(" to ") + list.back() : list.front();
        m_events.add(QStringLiteral("config_saved"), QStringLiteral("%1@%2 was saved").arg(name, versions));
    }
}

Outcome<domain::ConfigVersion> ConfigLibrary::find(const QString &nameAndVersion) const
{
    const qsizetype at = nameAndVersion.lastIndexOf(u'@');
    const QString name = at < 0 ? nameAndVersion : nameAndVersion.left(at);
    const auto config = m_configs.find(name);
    if (config == m_configs.end())
        return failed(FailureCode::ConfigNotFound, name);
    if (isDeleted(name))
        return domain::unexpected(deleted(name));
    if (at < 0)
        return config->second.back();
    bool isNumber = false;
    const int number = nameAndVersion.mid(at + 1).toInt(&isNumber);
    if (!isNumber)
        return failed(FailureCode::BadArgument,
                      QStringLiteral("'%1' is not NAME@VERSION with a number as version").arg(nameAndVersion));
    for (const domain::ConfigVersion &version : config->second) {
        if (version.ref.version == number)
            return version;
    }
    return failed(
        FailureCode::VersionNotFound,
        QStringLiteral("%1 of '%2'; the newest is %3").arg(number).arg(name).arg(config->second.back().ref.version));
}

void ConfigLibrary::load(const domain::ConfigVersion &version, Done<Whole> done)
{
    m_store.ask<domain::ConfigSet>(
        [ref = version.ref](store::Database &database) { return database.configs.files(ref.config, ref.version); },
        &m_mailbox,
        [version, done = std::move(done)](store::Outcome<domain::ConfigSet> files) {
            if (!files)
                return done(storeFailed(files.error()));
            done(Whole{version, std::move(*files)});
        });
}

void ConfigLibrary::load(const QString &nameAndVersion, Done<Whole> done)
{
    const auto version = find(nameAndVersion);
    if (!version)
        return done(domain::unexpected(version.error()));
    load(*version, std::move(done));
}

void ConfigLibrary::add(const QString &name, const domain::ConfigSet &files, const QString &message,
                        const QString &author, Done<Added> done)
{
    if (!domain::isConfigName(name))
        return done(failed(FailureCode::BadName, name));
    if (isDeleted(name))
        return done(domain::unexpected(deleted(name)));
    if (marks(name).archivedAt)
        return done(domain::unexpected(archived(name)));
    if (files.byteCount() == 0)
        return done(failed(FailureCode::EmptyConfig));
    if (files.byteCount() > largest)
        return done(failed(FailureCode::TooLarge,
                           QStringLiteral("%1 bytes; a version may have %2").arg(files.byteCount()).arg(largest)));

    const domain::ConfigHash hash = domain::canonicalHash(files);
    const auto config = m_configs.find(name);
    const int newest = config == m_configs.end() ? 0 : config->second.back().ref.version;
    if (config != m_configs.end() && config->second.back().ref.hash == hash && !m_reserved.contains(name))
        return done(Added{config->second.back().ref, false});

    const int number = std::max(newest, m_reserved.value(name)) + 1;
    m_reserved.insert(name, number);
    const domain::ConfigVersion version{{name, number, hash}, message, author, m_clock.now()};
    store::Job job;
    job.durable = true;
    job.waits = false;
    job.mailbox = &m_mailbox;
    job.bytes = files.byteCount();
    job.work = [version, files](store::Database &database) { return database.configs.add(version, files); };
    job.done = [this, version, done](const store::Outcome<void> &saved) {
        const QString &which = version.ref.config;
        if (m_reserved.value(which) == version.ref.version)
            m_reserved.remove(which);
        if (!saved)
            return done(storeFailed(saved.error()));
        m_configs[which].push_back(version);
        m_events.add(QStringLiteral("config_saved"),
                     QStringLiteral("%1@%2 was saved").arg(which).arg(version.ref.version), {}, version.author);
        done(Added{version.ref, true});
    };
    m_store.post(std::move(job));
}

} // namespace flowgate::app
