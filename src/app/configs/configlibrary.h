// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"
#include "app/journal/eventlog.h"
#include "domain/clock.h"
#include "domain/configmarks.h"
#include "domain/configversion.h"
#include "store/storethread.h"

#include <QHash>

#include <map>
#include <memory>

namespace flowgate::app {

/// The configs with their immutable versions. Knows what there is; bodies come from the database when asked for.
/// @thread io
class ConfigLibrary
{
public:
    /// Most bytes of one version, all files together: an offer has to stay under the message limit (T18).
    static constexpr qsizetype largest = 16 * 1024 * 1024;

    struct Added
    {
        domain::ConfigRef ref;
        bool created = false; ///< false: the content is that of the newest version, no new one was made
    };
    struct Whole
    {
        domain::ConfigVersion version;
        domain::ConfigSet files;
    };

    ConfigLibrary(const domain::Clock &clock, store::StoreThread &store, domain::Mailbox &mailbox, EventLog &events);

    void restore(const std::vector<domain::ConfigVersion> &versions, domain::MarksByConfig marks);

    /// All configs by name, deleted ones too, each with its versions, oldest first.
    [[nodiscard]] const std::map<QString, std::vector<domain::ConfigVersion>> &all() const { return m_configs; }
    [[nodiscard]] const domain::ConfigMarks &marks(const QString &name) const;
    [[nodiscard]] bool isDeleted(const QString &name) const { return marks(name).deletedAt.has_value(); }
    /// "base" (its newest version) or "base@3".
    /// @errors ConfigNotFound, VersionNotFound, BadArgument; WrongState: the config was deleted
    [[nodiscard]] Outcome<domain::ConfigVersion> find(const QString &nameAndVersion) const;
    /// The files of a version, or of what find() makes of a text.
    void load(const domain::ConfigVersion &version, Done<Whole> done);
    void load(const QString &nameAndVersion, Done<Whole> done);
    /// Saves a new version; answers once it is on disk. Equal content to the newest version makes none.
    /// @errors BadName, EmptyConfig, TooLarge, StoreFailed; WrongState: the config was put away or deleted
    void add(const QString &name, const domain::ConfigSet &files, const QString &message, const QString &author,
             Done<Added> done);

    /// Makes version 1 of a new config from a version of another. @errors as find() and add(); Conflict: the name is
    /// taken
    void copy(const QString &nameAndVersion, const QString &name, const QString &author, Done<Added> done);
    /// Replaces what is said of a config that there is, and tells it as an event. Durable before it answers.
    void mark(const QString &name, const domain::ConfigMarks &marks, const QString &text, const QString &by,
              Done<Nothing> done);
    /// Takes over versions that somebody else saved, such as an import, and what is said of these configs now.
    void take(const std::vector<domain::ConfigVersion> &saved, const domain::MarksByConfig &marks);

private:
    const domain::Clock &m_clock;
    store::StoreThread &m_store;
    domain::Mailbox &m_mailbox;
    EventLog &m_events;
    std::map<QString, std::vector<domain::ConfigVersion>> m_configs;
    domain::MarksByConfig m_marks;
    QHash<QString, int> m_reserved; ///< version numbers of saves under way
};

/// Why a deleted config is not there for what was asked of it.
[[nodiscard]] Failure deleted(const QString &name);
/// Why a config that was put away does not take what was asked of it.
[[nodiscard]] Failure archived(const QString &name);

} // namespace flowgate::app
