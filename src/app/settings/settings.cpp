// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings/settings.h"

#include "app/journal/storewords.h"
#include "domain/wavetext.h"

namespace flowgate::app {

Settings::Settings(store::StoreThread &store, domain::Mailbox &mailbox, EventLog &events)
    : m_store(store)
    , m_mailbox(mailbox)
    , m_events(events)
{
    for (const SettingSpec &spec : settingSpecs())
        m_values.emplace(spec.setting, spec.fallback);
}

void Settings::restore(const std::map<QString, QString> &stored)
{
    for (const auto &[key, text] : stored) {
        const SettingSpec *spec = findSetting(key);
        if (!spec)
            continue;
        if (const auto value = canonicalValue(*spec, text))
            m_values[spec->setting] = *value;
        else
            m_events.add(QStringLiteral("setting_not_usable"),
                         QStringLiteral("The default %1 counts: %2").arg(spec->fallback, value.error()));
    }
}

std::vector<SettingValue> Settings::all() const
{
    std::vector<SettingValue> values;
    for (const SettingSpec &spec : settingSpecs())
        values.push_back({&spec, m_values.at(spec.setting)});
    return values;
}

Outcome<SettingValue> Settings::find(const QString &key) const
{
    const SettingSpec *spec = findSetting(key);
    if (!spec)
        return failed(FailureCode::SettingNotFound, key);
    return SettingValue{spec, m_values.at(spec->setting)};
}

void Settings::set(const QString &key, const QString &text, const QString &by, Done<SettingValue> done)
{
    const SettingSpec *spec = findSetting(key);
    if (!spec)
        return done(failed(FailureCode::SettingNotFound, key));
    const bool toDefault = text.trimmed() == u"default";
    const auto value = toDefault ? domain::Result<QString, QString>(spec->fallback) : canonicalValue(*spec, text);
    if (!value)
        return done(failed(FailureCode::BadArgument, value.error()));
    store::Job job;
    job.durable = true;
    job.waits = false;
    job.mailbox = &m_mailbox;
    job.work = [key, toDefault, value = *value](store::Database &database) {
        return toDefault ? database.settings.remove(key) : database.settings.set(key, value);
    };
    job.done = [this, spec, by, value = *value, done = std::move(done)](const store::Outcome<void> &saved) {
        if (!saved)
            return done(storeFailed(saved.error()));
        apply(*spec, value, by);
        done(SettingValue{spec, value});
    };
    m_store.post(std::move(job));
}

void Settings::taken(const QString &key, const QString &value, const QString &by)
{
    if (const SettingSpec *spec = findSetting(key))
        apply(*spec, value, by);
}

void Settings::apply(const SettingSpec &spec, const QString &value, const QString &by)
{
    const QString before = std::exchange(m_values[spec.setting], value);
    if (before == value)
        return;
    m_events.add(QStringLiteral("setting_changed"),
                 QStringLiteral("%1 was set from %2 to %3").arg(spec.key, before, value), {}, by);
    const auto followers = m_followers; // a follower may leave while it is told
    for (const auto &[key, follower] : followers)
        follower({&spec, value});
}

qint64 Settings::count(Setting setting) const
{
    return m_values.at(setting).toLongLong();
}

domain::milliseconds Settings::length(Setting setting) const
{
    return domain::durationFromText(m_values.at(setting)).value_or(domain::milliseconds(specOf(setting).least));
}

QString Settings::text(Setting setting) const
{
    return m_values.at(setting);
}

domain::RolloutOptions Settings::rolloutDefaults() const
{
    domain::RolloutOptions options;
    options.waves = domain::wavesFromText(text(Setting::RolloutWaves)).value_or(options.waves);
    options.soak = length(Setting::RolloutSoak);
    options.timeout = length(Setting::RolloutTimeout);
    return options;
}

int Settings::follow(Follower follower)
{
    m_followers.emplace_back(m_nextKey, std::move(follower));
    return m_nextKey++;
}

void Settings::unfollow(int key)
{
    std::erase_if(m_followers, [&](const auto &entry) { return entry.first == key; });
}

} // namespace flowgate::app
