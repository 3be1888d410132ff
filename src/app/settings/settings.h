// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"
#include "app/journal/eventlog.h"
#include "app/settings/settingspec.h"
#include "domain/rollout.h"
#include "store/storethread.h"

#include <map>

namespace flowgate::app {

/// A setting with what holds now, in canonical form.
struct SettingValue
{
    const SettingSpec *spec = nullptr; ///< never null; lives as long as the program
    QString value;

    [[nodiscard]] bool isDefault() const { return value == spec->fallback; }
    friend bool operator==(const SettingValue &, const SettingValue &) = default;
};

/// What an operator has set, kept in the database. Whoever is governed by a setting asks for it or follows.
/// @thread io
class Settings
{
public:
    using Follower = std::function<void(const SettingValue &)>;

    Settings(store::StoreThread &store, domain::Mailbox &mailbox, EventLog &events);

    /// Takes over what the database knew. What is no value any more becomes the default, with an event; keys that
    /// this version does not know stay in the database. Followers are not told.
    void restore(const std::map<QString, QString> &stored);

    [[nodiscard]] std::vector<SettingValue> all() const;
    /// @errors SettingNotFound
    [[nodiscard]] Outcome<SettingValue> find(const QString &key) const;
    /// Sets and, once that is on disk, applies; the text "default" takes the operator's own value away.
    /// @errors SettingNotFound, BadArgument (what it takes), StoreFailed: nothing changed
    void set(const QString &key, const QString &text, const QString &by, Done<SettingValue> done);

    /// Applies a canonical value that somebody else has saved, such as an import.
    void taken(const QString &key, const QString &value, const QString &by);

    [[nodiscard]] qint64 count(Setting setting) const;
    [[nodiscard]] domain::milliseconds length(Setting setting) const;
    [[nodiscard]] QString text(Setting setting) const;
    /// What a rollout is done with where its wish does not say.
    [[nodiscard]] domain::RolloutOptions rolloutDefaults() const;

    /// Calls @p follower with each value that changes, after it is on disk. @return a key for unfollow()
    int follow(Follower follower);
    void unfollow(int key);

private:
    void apply(const SettingSpec &spec, const QString &value, const QString &by);

    store::StoreThread &m_store;
    domain::Mailbox &m_mailbox;
    EventLog &m_events;
    std::map<Setting, QString> m_values; ///< canonical; all of them
    std::vector<std::pair<int, Follower>> m_followers;
    int m_nextKey = 1;
};

} // namespace flowgate::app
