// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/bundleplan.h"

#include <algorithm>

namespace flowgate::app {

namespace {

using Versions = std::vector<domain::ConfigVersion>;

class Planner
{
public:
    Planner(const Bundle &bundle, const BundleSurroundings &here, OnConflict onConflict)
        : m_bundle(bundle)
        , m_here(here)
        , m_onConflict(onConflict)
    {
    }

    void configs()
    {
        for (size_t first = 0; first < m_bundle.versions.size();) {
            size_t end = first;
            const QString &name = m_bundle.versions[first].version.ref.config;
            while (end < m_bundle.versions.size() && m_bundle.versions[end].version.ref.config == name)
                ++end;
            config(name, first, end);
            first = end;
        }
    }

    void labels()
    {
        for (const BundleLabels &one : m_bundle.labels) {
            const auto here = m_here.labels.find(one.gateway);
            const QString name = one.name.isEmpty() ? domain::uuidText(one.gateway) : one.name;
            if (here == m_here.labels.end()) {
                add(BundlePart::Labels, BundleAction::Skip, name,
                    QStringLiteral("no gateway %1 is known here").arg(domain::uuidText(one.gateway)));
                continue;
            }
            domain::Labels whole = here->second;
            QStringList changes;
            for (auto it = one.labels.cbegin(); it != one.labels.cend(); ++it) {
                if (whole.value(it.key()) != it.value() || !whole.contains(it.key()))
                    changes.append(it.key() + u'=' + it.value());
                whole.insert(it.key(), it.value());
            }
            add(BundlePart::Labels, changes.isEmpty() ? BundleAction::Same : BundleAction::Change, name,
                changes.join(u' '));
            if (!changes.isEmpty())
                m_plan.labels.emplace(one.gateway, std::move(whole));
        }
    }

    void settings()
    {
        for (const auto &[key, value] : m_bundle.settings) {
            const auto here = m_here.settings.find(key);
            if (here == m_here.settings.end()) {
                add(BundlePart::Settings, BundleAction::Skip, key, QStringLiteral("this program has no such setting"));
            } else if (here->second == value) {
                add(BundlePart::Settings, BundleAction::Same, key, value);
            } else {
                add(BundlePart::Settings, BundleAction::Change, key,
                    QStringLiteral("%1 \u2192 %2").arg(here->second, value));
                m_plan.settings.emplace(key, value);
            }
        }
    }

    void standing()
    {
        for (const BundleStanding &one : m_bundle.standing) {
            const QString shown =
                QStringLiteral("%1@%2 for %3").arg(one.ref.config).arg(one.ref.version).arg(one.selector);
            const QString config = m_names.value(one.ref.config);
            if (config.isEmpty()) {
                add(BundlePart::Standing, BundleAction::Skip, shown, QStringLiteral("its config is not imported"));
                continue;
            }
            BundleStanding wanted = one;
            wanted.ref.config = config;
            const bool isHere = std::ranges::any_of(m_here.standing, [&wanted](const BundleStanding &other) {
                return other.ref == wanted.ref && other.selector == wanted.selector;
            });
            add(BundlePart::Standing, isHere ? BundleAction::Same : BundleAction::Add, shown,
                isHere ? QString() : QStringLiteral("gateways that match will get it"));
            if (!isHere)
                m_plan.standing.push_back(std::move(wanted));
        }
    }

    /// Where the configs are not imported, standing selectors can only mean those that are here alike.
    void matchNames()
    {
        for (const BundleVersion &one : m_bundle.versions) {
            const Versions *here = versionsHere(one.version.ref.config);
            if (here && find(*here, one.version.ref.version) &&
                find(*here, one.version.ref.version)->ref.hash == one.version.ref.hash)
                m_names.insert(one.version.ref.config, one.version.ref.config);
        }
    }

    BundlePlan take() { return std::move(m_plan); }

private:
    void add(BundlePart part, BundleAction action, const QString &name, const QString &detail,
             const QString &target = {})
    {
        m_plan.items.push_back({part, action, name, target, detail});
    }

    [[nodiscard]] const Versions *versionsHere(const QString &name) const
    {
        const auto found = m_here.configs.find(name);
        return found == m_here.configs.end() ? nullptr : &found->second;
    }

    static const domain::ConfigVersion *find(const Versions &versions, int number)
    {
        const auto found = std::ranges::find_if(
            versions, [number](const domain::ConfigVersion &one) { return one.ref.version == number; });
        return found == versions.end() ? nullptr : &*found;
    }

    /// Whether the versions can stand under this name: each is here alike, or beyond what is here.
    [[nodiscard]] bool fits(const QString &name, size_t first, size_t end) const
    {
        const Versions *here = versionsHere(name);
        if (!here)
            return true;
        for (size_t i = first; i < end; ++i) {
            const domain::ConfigRef &ref = m_bundle.versions[i].version.ref;
            const domain::ConfigVersion *other = find(*here, ref.version);
            if (other ? other->ref.hash != ref.hash : ref.version < here->back().ref.version)
                return false;
        }
        return true;
    }

    void config(const QString &name, size_t first, size_t end)
    {
        QString target = name;
        if (!fits(name, first, end)) {
            if (m_onConflict != OnConflict::Rename) {
                for (size_t i = first; i < end; ++i)
                    conflict(i);
                return;
            }
            for (int number = 2; !fits(target, first, end) || target == name; ++number)
                target = QStringLiteral("%1-%2").arg(name.left(90)).arg(number);
        }
        m_names.insert(name, target);
        const Versions *here = versionsHere(target);
        marks(name, target, !here);
        for (size_t i = first; i < end; ++i) {
            domain::ConfigVersion version = m_bundle.versions[i].version;
            const QString shown = QStringLiteral("%1@%2").arg(name).arg(version.ref.version);
            version.ref.config = target;
            const QString as =
                target == name ? QString() : QStringLiteral("%1@%2").arg(target).arg(version.ref.version);
            if (here && find(*here, version.ref.version)) {
                add(BundlePart::Configs, BundleAction::Same, shown, version.message, as);
                continue;
            }
            add(BundlePart::Configs, BundleAction::Add, shown, version.message, as);
            m_plan.versions.push_back(std::move(version));
            m_plan.bodies.push_back(i);
        }
    }

    /// Tags are added to those that are here. What is in use here is not archived because it is elsewhere.
    void marks(const QString &name, const QString &target, bool isNew)
    {
        const auto found = m_here.marks.find(target);
        const domain::ConfigMarks here = found == m_here.marks.end() ? domain::ConfigMarks() : found->second;
        domain::ConfigMarks whole = here;
        if (whole.deletedAt) {
            whole.deletedAt.reset();
            add(BundlePart::Configs, BundleAction::Change, target,
                QStringLiteral("it was deleted here and comes back, with all its versions"));
        }
        const auto theirs = m_bundle.marks.find(name);
        if (theirs != m_bundle.marks.end()) {
            whole.tags += theirs->second.tags;
            whole.tags.removeDuplicates();
            whole.tags.sort();
            if (isNew)
                whole.archivedAt = theirs->second.archivedAt;
        }
        if (whole.tags.size() > domain::ConfigMarks::mostTags) {
            add(BundlePart::Configs, BundleAction::Skip, target,
                QStringLiteral("its tags: with those that are here they would be more than %1")
                    .arg(domain::ConfigMarks::mostTags));
            whole.tags = here.tags;
        } else if (whole.tags != here.tags) {
            add(BundlePart::Configs, isNew ? BundleAction::Add : BundleAction::Change, target,
                QStringLiteral("tags: ") + whole.tags.join(QStringLiteral(", ")));
        }
        if (whole.archivedAt != here.archivedAt)
            add(BundlePart::Configs, BundleAction::Add, target, QStringLiteral("in the archive, as it was there"));
        if (!(whole == here))
            m_plan.marks.emplace(target, whole);
    }

    void conflict(size_t index)
    {
        const domain::ConfigRef &ref = m_bundle.versions[index].version.ref;
        const Versions &here = *versionsHere(ref.config);
        const domain::ConfigVersion *other = find(here, ref.version);
        const QString shown = QStringLiteral("%1@%2").arg(ref.config).arg(ref.version);
        if (other && other->ref.hash == ref.hash)
            return add(BundlePart::Configs, BundleAction::Same, shown, other->message);
        add(BundlePart::Configs, m_onConflict == OnConflict::Skip ? BundleAction::Skip : BundleAction::Conflict, shown,
            other ? QStringLiteral("%1 has another content here").arg(shown)
                  : QStringLiteral("versions of '%1' differ here").arg(ref.config));
    }

    const Bundle &m_bundle;
    const BundleSurroundings &m_here;
    OnConflict m_onConflict;
    QHash<QString, QString> m_names; ///< of configs that are here or come: their names here
    BundlePlan m_plan;
};

} // namespace

bool BundlePlan::hasConflict() const
{
    return std::ranges::any_of(items, [](const BundleItem &one) { return one.action == BundleAction::Conflict; });
}

bool BundlePlan::isEmpty() const
{
    return versions.empty() && marks.empty() && labels.empty() && settings.empty() && standing.empty();
}

BundlePlan planBundle(const Bundle &bundle, const BundleSurroundings &here, const QSet<BundlePart> &parts,
                      OnConflict onConflict)
{
    Planner planner(bundle, here, onConflict);
    if (parts.contains(BundlePart::Configs))
        planner.configs();
    else
        planner.matchNames();
    if (parts.contains(BundlePart::Labels))
        planner.labels();
    if (parts.contains(BundlePart::Settings))
        planner.settings();
    if (parts.contains(BundlePart::Standing))
        planner.standing();
    return planner.take();
}

QString word(BundlePart part)
{
    switch (part) {
    case BundlePart::Configs:
        return QStringLiteral("configs");
    case BundlePart::Labels:
        return QStringLiteral("labels");
    case BundlePart::Settings:
        return QStringLiteral("settings");
    case BundlePart::Standing:
        return QStringLiteral("standing");
    }
    return {};
}

std::optional<BundlePart> bundlePartFromWord(const QString &text)
{
    for (const BundlePart part :
         {BundlePart::Configs, BundlePart::Labels, BundlePart::Settings, BundlePart::Standing}) {
        if (text == word(part))
            return part;
    }
    return {};
}

QString word(BundleAction action)
{
    switch (action) {
    case BundleAction::Add:
        return QStringLiteral("add");
    case BundleAction::Change:
        return QStringLiteral("change");
    case BundleAction::Same:
        return QStringLiteral("same");
    case BundleAction::Conflict:
        return QStringLiteral("conflict");
    case BundleAction::Skip:
        return QStringLiteral("skip");
    }
    return {};
}

} // namespace flowgate::app
