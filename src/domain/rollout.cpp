// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/rollout.h"

#include "domain/words.h"

namespace flowgate::domain {

namespace {

constexpr Words<RolloutState, 7> rolloutWords{{{
    {RolloutState::Running, u"running"},
    {RolloutState::Halted, u"halted"},
    {RolloutState::Succeeded, u"succeeded"},
    {RolloutState::Failed, u"failed"},
    {RolloutState::RollingBack, u"rolling_back"},
    {RolloutState::RolledBack, u"rolled_back"},
    {RolloutState::Cancelled, u"cancelled"},
}}};
constexpr Words<TargetStep, 12> stepWords{{{
    {TargetStep::Queued, u"queued"},
    {TargetStep::Waiting, u"waiting"},
    {TargetStep::Offered, u"offered"},
    {TargetStep::Applying, u"applying"},
    {TargetStep::Soaking, u"soaking"},
    {TargetStep::Proven, u"proven"},
    {TargetStep::Unproven, u"unproven"},
    {TargetStep::Failed, u"failed"},
    {TargetStep::Unanswered, u"unanswered"},
    {TargetStep::RollingBack, u"rolling_back"},
    {TargetStep::RolledBack, u"rolled_back"},
    {TargetStep::Skipped, u"skipped"},
}}};

} // namespace

QString word(RolloutState state)
{
    return rolloutWords.of(state);
}

QString word(TargetStep step)
{
    return stepWords.of(step);
}

std::optional<RolloutState> rolloutStateFromWord(QStringView text)
{
    return rolloutWords.find(text);
}

std::optional<TargetStep> targetStepFromWord(QStringView text)
{
    return stepWords.find(text);
}

} // namespace flowgate::domain
