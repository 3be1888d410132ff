// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/desk.h"
#include "domain/names.h"

#include <algorithm>

namespace flowgate::app {

namespace {

/// @return what is said of the config afterwards; a sentence if a change cannot be read
Outcome<QStringList> retagged(QStringList tags, const QStringList &changes)
{
    for (const QString &change : changes) {
        const bool takesAway = change.endsWith(u'-');
        const QString tag = takesAway ? change.chopped(1) : change;
        if (!domain::isTag(tag))
            return failed(
                FailureCode::BadArgument,
                QStringLiteral("'%1' cannot be a tag: use letters, digits, '.', '_' and '-', at most 40").arg(tag));
        tags.removeAll(tag);
        if (!takesAway)
            tags.append(tag);
    }
    if (tags.size() > domain::ConfigMarks::mostTags)
        return failed(FailureCode::BadArgument,
                      QStringLiteral("a config may have %1 tags").arg(domain::ConfigMarks::mostTags));
    tags.sort();
    return tags;
}

/// How many gateways should run a version of it.
int wantersOf(const QString &config, const Fleet &fleet)
{
    return static_cast<int>(std::ranges::count_if(fleet.gateways(), [&](const domain::Gateway &gateway) {
        return gateway.wanted && gateway.wanted->config == config;
    }));
}

/// Why a config must stay: somebody runs it, or would get it by itself. Empty: nothing speaks against deleting it.
QString useOf(const QString &config, const Fleet &fleet, const RolloutDriver &rollouts)
{
    if (const int wanting = wantersOf(config, fleet); wanting > 0)
        return QStringLiteral("%1 gateway(s) should run it; give them another config first").arg(wanting);
    for (const auto &[id, rollout] : rollouts.rollouts()) {
        if (rollout.ref.config != config)
            continue;
        if (rollout.inForce)
            return QStringLiteral("rollout %1 gives it to gateways that appear later; 'rollouts end %1' first").arg(id);
        if (rollout.state == domain::RolloutState::Running || rollout.state == domain::RolloutState::Halted ||
            rollout.state == domain::RolloutState::RollingBack)
            return QStringLiteral("rollout %1 is not over; 'rollouts end %1' first").arg(id);
    }
    return {};
}

} // namespace

void Desk::act(const ConfigAct &act, Done<ConfigSummary> done)
{
    const ConfigLibrary &library = m_parts.library;
    const QString &name = act.config;
    if (!library.all().contains(name))
        return done(failed(FailureCode::ConfigNotFound, name));
    domain::ConfigMarks marks = library.marks(name);
    const auto wrong = [&](const QString &why) { done(failed(FailureCode::WrongState, why)); };
    if (marks.deletedAt && act.kind != ConfigAct::Kind::Undelete)
        return done(domain::unexpected(deleted(name)));
    QString text;
    switch (act.kind) {
    case ConfigAct::Kind::Tag: {
        const auto tags = retagged(marks.tags, act.tags);
        if (!tags)
            return done(domain::unexpected(tags.error()));
        marks.tags = *tags;
        text = QStringLiteral("Tags of %1: %2")
                   .arg(name, tags->isEmpty() ? QStringLiteral("none") : tags->join(QStringLiteral(", ")));
        break;
    }
    case ConfigAct::Kind::Archive:
        if (marks.archivedAt)
            return wrong(QStringLiteral("'%1' is archived already").arg(name));
        marks.archivedAt = m_parts.clock.now();
        text = QStringLiteral("%1 was archived").arg(name);
        break;
    case ConfigAct::Kind::Unarchive:
        if (!marks.archivedAt)
            return wrong(QStringLiteral("'%1' is not archived").arg(name));
        marks.archivedAt.reset();
        text = QStringLiteral("%1 was taken out of the archive").arg(name);
        break;
    case ConfigAct::Kind::Delete:
        if (const QString use = useOf(name, m_parts.fleet, m_parts.rollouts); !use.isEmpty())
            return wrong(QStringLiteral("'%1' is in use: %2").arg(name, use));
        marks.deletedAt = m_parts.clock.now();
        text = QStringLiteral("%1 was deleted").arg(name);
        break;
    case ConfigAct::Kind::Undelete:
        if (!marks.deletedAt)
            return wrong(QStringLiteral("'%1' was not deleted").arg(name));
        marks.deletedAt.reset();
        text = QStringLiteral("%1 was brought back").arg(name);
        break;
    }
    m_parts.library.mark(name, marks, text, act.by, [this, name, done](const Outcome<Nothing> &saved) {
        if (!saved)
            return done(domain::unexpected(saved.error()));
        done(summaryOf(name, wantersOf(name, m_parts.fleet)));
    });
}

} // namespace flowgate::app
