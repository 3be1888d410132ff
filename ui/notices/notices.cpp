// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/notices/notices.h"

#include "ui/common/relativetime.h"
#include "ui/workspace.h"

#include <QDateTime>

namespace flowgate::ui {

namespace {

int minuteOfDay(domain::WallTime now)
{
    const QTime time = QDateTime::fromMSecsSinceEpoch(common::toMs(now)).time();
    constexpr int minutesAnHour = 60;
    return time.hour() * minutesAnHour + time.minute();
}

domain::NoticeLimits limitsOf(const NoticeChoices &choices)
{
    domain::NoticeLimits limits;
    limits.rollouts = choices.rollouts;
    limits.away = choices.away;
    limits.unhealthy = choices.unhealthy;
    limits.unhealthyFor = std::chrono::seconds(choices.unhealthySeconds);
    limits.quiet = choices.quiet;
    return limits;
}

} // namespace

Notices::Notices(Workspace &workspace, Tray &tray, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_tray(tray)
    , m_pauses(workspace.clock())
    , m_observingSince(workspace.clock().awake())
    , m_menu(std::make_unique<QMenu>())
{
    makeMenu();
    const auto noteTray = [this] { m_workspace.preferences().setHasTray(m_tray.isAvailable()); };
    noteTray();
    connect(&tray, &Tray::availableChanged, this, noteTray);
    connect(&tray, &Tray::activated, this, &Notices::windowRequested);
    connect(&tray, &Tray::noticeClicked, this, &Notices::follow);
    connect(&workspace, &Workspace::second, this, &Notices::look);
    connect(&workspace, &Workspace::rolloutApplied, this,
            [this](const models::RolloutPtr &rollout) { domain::noteRollout(m_memory, *rollout); });
    connect(&workspace.mutes(), &Mutes::changed, this, [this] {
        static_cast<void>(sights());
        showState();
        showMutedAll();
    });
    showState();
    showMutedAll();
}

Notices::~Notices() = default;

void Notices::makeMenu()
{
    m_menu->addAction(tr("Show Flowgate"), this, &Notices::windowRequested);
    m_attention = m_menu->addAction(QString(), this, [this] {
        Q_EMIT windowRequested();
        Q_EMIT partRequested(models::FleetPart::NeedsAttention);
    });
    m_menu->addSeparator();
    m_muteAll = m_menu->addAction(QString(), this, [this] {
        const domain::WallTime now = m_workspace.now();
        const bool isMuted = m_workspace.mutes().allMutedUntil(now).has_value();
        m_workspace.mutes().muteAll(isMuted ? std::nullopt : std::optional(now + std::chrono::hours(1)));
    });
    m_menu->addSeparator();
    m_menu->addAction(tr("Quit"), this, &Notices::quitRequested);
    m_tray.setMenu(*m_menu);
}

void Notices::look()
{
    const domain::Clock &clock = m_workspace.clock();
    if (m_pauses.takePause())
        m_observingSince = clock.awake();
    m_workspace.mutes().tidy(m_workspace.now());
    const std::vector<domain::GatewaySight> seen = sights();
    showState();
    if (!m_tray.isAvailable())
        return; // what is still so is told once there is somewhere to tell it
    const domain::NoticeMoment moment{clock.awake(), m_observingSince, minuteOfDay(m_workspace.now()),
                                      m_workspace.mutes().allMutedUntil(m_workspace.now()).has_value()};
    const auto notice = domain::takeNotice(m_memory, seen, moment, limitsOf(m_workspace.preferences().notices()));
    if (!notice)
        return;
    m_last = *notice;
    m_tray.tell(noticeText(*notice, m_workspace));
}

/// Counts what needs attention on the way.
std::vector<domain::GatewaySight> Notices::sights()
{
    const domain::WallTime now = m_workspace.now();
    FleetState state;
    std::vector<domain::GatewaySight> sights;
    sights.reserve(m_workspace.fleet().rows().size());
    for (const models::GatewayRow &row : m_workspace.fleet().rows()) {
        const domain::Gateway &gateway = *row.gateway;
        const bool muted = m_workspace.mutes().mutedUntil(gateway.id, now).has_value();
        sights.push_back({gateway.id, gateway.presence.state, gateway.health.state, muted});
        state.notObserved += gateway.presence.state == domain::PresenceState::NotObserved ? 1 : 0;
        const domain::Attention attention = domain::attentionOf(gateway);
        if (attention == domain::Attention::None)
            continue;
        ++(muted ? state.muted : state.badge.count);
        if (!muted)
            state.badge.worst = std::max(state.badge.worst, attention);
    }
    m_state = state;
    return sights;
}

void Notices::showState()
{
    const QString words = attentionText(m_state);
    m_tray.setBadge(m_state.badge);
    m_tray.setToolTip(tr("Flowgate: %1").arg(words));
    if (m_attention->text() != words)
        m_attention->setText(words);
    m_attention->setEnabled(m_state.badge.count + m_state.muted > 0);
}

void Notices::showMutedAll()
{
    const domain::WallTime now = m_workspace.now();
    const auto until = m_workspace.mutes().allMutedUntil(now);
    m_muteAll->setText(until ? tr("Unmute all (muted until %1)").arg(common::clockTime(*until, now))
                             : tr("Mute all for an hour"));
}

/// To the one thing that the notice is about, or to all that is like it.
void Notices::follow()
{
    Q_EMIT windowRequested();
    const bool isRollout = m_last.away.empty() && m_last.unhealthy.empty();
    if (isRollout) {
        Q_EMIT rolloutRequested(m_last.rollouts.size() == 1 ? m_last.rollouts.front() : QString());
    } else if (m_last.rollouts.isEmpty() && m_last.away.size() + m_last.unhealthy.size() == 1) {
        Q_EMIT gatewayRequested(m_last.away.empty() ? m_last.unhealthy.front() : m_last.away.front());
    } else {
        const bool onlyUnhealthy = m_last.away.empty() && m_last.rollouts.isEmpty();
        Q_EMIT partRequested(onlyUnhealthy ? models::FleetPart::Unhealthy : models::FleetPart::NeedsAttention);
    }
}

} // namespace flowgate::ui
