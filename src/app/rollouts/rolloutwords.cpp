// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rollouts/rolloutwords.h"

namespace flowgate::app {

QString said(domain::RolloutState state)
{
    switch (state) {
    case domain::RolloutState::Running:
        return QStringLiteral("runs");
    case domain::RolloutState::Halted:
        return QStringLiteral("was halted");
    case domain::RolloutState::Succeeded:
        return QStringLiteral("succeeded");
    case domain::RolloutState::Failed:
        return QStringLiteral("failed");
    case domain::RolloutState::RollingBack:
        return QStringLiteral("is being rolled back");
    case domain::RolloutState::RolledBack:
        return QStringLiteral("was rolled back");
    case domain::RolloutState::Cancelled:
        return QStringLiteral("was cancelled");
    }
    return domain::word(state);
}

QString said(domain::TargetStep step)
{
    switch (step) {
    case domain::TargetStep::Proven:
        return QStringLiteral("is proven");
    case domain::TargetStep::Unproven:
        return QStringLiteral("was sent and cannot be proven");
    case domain::TargetStep::Failed:
        return QStringLiteral("failed");
    case domain::TargetStep::Unanswered:
        return QStringLiteral("was not answered");
    case domain::TargetStep::RollingBack:
        return QStringLiteral("is being rolled back");
    case domain::TargetStep::RolledBack:
        return QStringLiteral("was rolled back");
    case domain::TargetStep::Skipped:
        return QStringLiteral("was skipped");
    default:
        return domain::word(step);
    }
}

} // namespace flowgate::app
