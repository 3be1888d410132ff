// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/noticewords.h"

#include "ui/common/relativetime.h"
#include "ui/common/visibletext.h"
#include "ui/common/words.h"
#include "ui/models/rolloutcounts.h"
#include "ui/workspace.h"

#include <QCoreApplication>

#include <algorithm>

namespace flowgate::ui {

namespace {

using Ids = std::vector<domain::GatewayId>;

constexpr int longestName = 60;
constexpr int longestReason = 200;
constexpr qsizetype mostNames = 3;

class Writer
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::NoticeWords)
public:
    explicit Writer(Workspace &workspace)
        : m_workspace(workspace)
    {
    }

    void away(const Ids &ids)
    {
        if (ids.empty())
            return;
        const auto is = [this](domain::PresenceState state) {
            return [this, state](const domain::GatewayId &id) {
                const app::GatewayPtr gateway = m_workspace.fleet().find(id);
                return gateway && gateway->presence.state == state;
            };
        };
        const auto count = static_cast<int>(ids.size());
        const bool allLost = std::ranges::all_of(ids, is(domain::PresenceState::Lost));
        const bool allSilent = std::ranges::all_of(ids, is(domain::PresenceState::Silent));
        if (count == 1) {
            const QString name = nameOf(ids.front());
            add(allSilent ? tr("%1 is silent").arg(name) : tr("%1 is lost").arg(name), lastSeen(ids.front()));
            return;
        }
        add(allLost     ? tr("%n gateway(s) lost", nullptr, count)
            : allSilent ? tr("%n gateway(s) silent", nullptr, count)
                        : tr("%n gateway(s) lost or silent", nullptr, count),
            names(ids));
    }

    void unhealthy(const Ids &ids)
    {
        if (ids.empty())
            return;
        if (ids.size() > 1)
            return add(tr("%n gateway(s) unhealthy", nullptr, static_cast<int>(ids.size())), names(ids));
        const app::GatewayPtr gateway = m_workspace.fleet().find(ids.front());
        add(tr("%1 is unhealthy").arg(nameOf(ids.front())),
            gateway ? common::oneLine(gateway->health.why, longestReason) : QString());
    }

    void rollouts(const QStringList &ids)
    {
        if (ids.isEmpty())
            return;
        if (ids.size() == 1)
            return rollout(ids.front());
        QStringList named;
        for (const QString &id : ids) {
            if (const models::RolloutPtr rollout = m_workspace.rollouts().find(id))
                named.append(versionOf(*rollout));
        }
        add(tr("%n rollout(s) failed", nullptr, static_cast<int>(ids.size())), listed(named));
    }

    [[nodiscard]] TrayNotice take(const domain::Notice &notice)
    {
        TrayNotice text;
        text.urgent = !notice.away.empty() || !notice.rollouts.isEmpty();
        const QString held = tr("It began while notices were held back.");
        if (m_titles.size() > 1) {
            text.title = notice.heldBack ? tr("What is still wrong") : tr("Several things went wrong");
            text.text = (notice.heldBack ? QStringList(m_titles) << held : m_titles).join(u'\n');
        } else if (!m_titles.isEmpty()) {
            text.title = m_titles.front();
            text.text = m_texts.front();
            if (notice.heldBack)
                text.text = (QStringList(text.text) << held).join(u'\n').trimmed();
        }
        return text;
    }

private:
    void add(const QString &title, const QString &text)
    {
        m_titles.append(title);
        m_texts.append(text);
    }

    void rollout(const QString &id)
    {
        const models::RolloutPtr rollout = m_workspace.rollouts().find(id);
        if (!rollout)
            return add(tr("A rollout failed"), {});
        const models::TargetCounts counts = models::countTargets(*rollout);
        const QString version = versionOf(*rollout);
        const int wrong = counts.failed + counts.rolledBack;
        QStringList text{tr("%1 of %2 targets went wrong.").arg(wrong).arg(counts.total)};
        const auto first = std::ranges::find_if(
            rollout->targets, [](const domain::RolloutTarget &target) { return domain::wentWrong(target.step); });
        if (first != rollout->targets.end() && !first->error.isEmpty())
            text.append(nameOf(first->gateway) + QStringLiteral(": ") + common::oneLine(first->error, longestReason));
        add(rollout->state == domain::RolloutState::Halted ? tr("Rollout of %1 halted").arg(version)
                                                           : tr("Rollout of %1 failed").arg(version),
            text.join(u'\n'));
    }

    [[nodiscard]] static QString versionOf(const domain::Rollout &rollout)
    {
        return common::oneLine(common::versionText(rollout.ref.config, rollout.ref.version), longestName);
    }

    [[nodiscard]] QString nameOf(const domain::GatewayId &id) const
    {
        return common::oneLine(m_workspace.fleet().nameOf(id), longestName);
    }

    [[nodiscard]] QString lastSeen(const domain::GatewayId &id) const
    {
        return tr("Last heard of at %1.").arg(common::clockTime(m_workspace.fleet().lastSeenOf(id), m_workspace.now()));
    }

    [[nodiscard]] QString names(const Ids &ids) const
    {
        QStringList names;
        for (const domain::GatewayId &id : ids)
            names.append(nameOf(id));
        return listed(names);
    }

    [[nodiscard]] static QString listed(const QStringList &names)
    {
        if (names.size() <= mostNames + 1)
            return names.join(QStringLiteral(", "));
        return tr("%1 and %2 more")
            .arg(names.first(mostNames).join(QStringLiteral(", ")))
            .arg(names.size() - mostNames);
    }

    Workspace &m_workspace;
    QStringList m_titles;
    QStringList m_texts;
};

} // namespace

TrayNotice noticeText(const domain::Notice &notice, Workspace &workspace)
{
    Writer writer(workspace);
    writer.rollouts(notice.rollouts);
    writer.away(notice.away);
    writer.unhealthy(notice.unhealthy);
    return writer.take(notice);
}

QString attentionText(const FleetState &state)
{
    QStringList parts{state.badge.count > 0
                          ? QCoreApplication::translate("flowgate::NoticeWords", "%n gateway(s) need attention",
                                                        nullptr, state.badge.count)
                          : QCoreApplication::translate("flowgate::NoticeWords", "Nothing needs attention")};
    if (state.muted > 0)
        parts.append(QCoreApplication::translate("flowgate::NoticeWords", "%1 muted").arg(state.muted));
    if (state.notObserved > 0)
        parts.append(QCoreApplication::translate("flowgate::NoticeWords", "%1 not observed").arg(state.notObserved));
    return parts.join(QStringLiteral(", "));
}

} // namespace flowgate::ui
