// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/states.h"

#include "domain/admission.h"
#include "domain/words.h"

namespace flowgate::domain {

namespace {

constexpr Words<AdmittedBy, 5> admittedByWords{{{
    {AdmittedBy::SameUser, u"same_user"},
    {AdmittedBy::Loopback, u"loopback"},
    {AdmittedBy::Token, u"token"},
    {AdmittedBy::Setting, u"setting"},
    {AdmittedBy::Operator, u"operator"},
}}};

constexpr Words<Admission, 3> admissionWords{{{
    {Admission::Pending, u"pending"},
    {Admission::Approved, u"approved"},
    {Admission::Rejected, u"rejected"},
}}};
constexpr Words<PresenceState, 5> presenceWords{{{
    {PresenceState::Connected, u"connected"},
    {PresenceState::Silent, u"silent"},
    {PresenceState::Lost, u"lost"},
    {PresenceState::Left, u"left"},
    {PresenceState::NotObserved, u"not_observed"},
}}};
constexpr Words<HealthState, 7> healthWords{{{
    {HealthState::Healthy, u"healthy"},
    {HealthState::Unhealthy, u"unhealthy"},
    {HealthState::Starting, u"starting"},
    {HealthState::Stopping, u"stopping"},
    {HealthState::NotRunning, u"not_running"},
    {HealthState::NotReported, u"not_reported"},
    {HealthState::NotObserved, u"not_observed"},
}}};
constexpr Words<ConfigState, 11> configWords{{{
    {ConfigState::Unmanaged, u"unmanaged"},
    {ConfigState::InSync, u"in_sync"},
    {ConfigState::Waiting, u"waiting"},
    {ConfigState::Offered, u"offered"},
    {ConfigState::Applying, u"applying"},
    {ConfigState::Applied, u"applied"},
    {ConfigState::Failed, u"failed"},
    {ConfigState::Unanswered, u"unanswered"},
    {ConfigState::Drifted, u"drifted"},
    {ConfigState::NotAccepted, u"not_accepted"},
    {ConfigState::NotApproved, u"not_approved"},
}}};

} // namespace

QString word(Admission value)
{
    return admissionWords.of(value);
}

QString word(PresenceState value)
{
    return presenceWords.of(value);
}

QString word(HealthState value)
{
    return healthWords.of(value);
}

QString word(ConfigState value)
{
    return configWords.of(value);
}

template<>
std::optional<Admission> fromWord<Admission>(QStringView text)
{
    return admissionWords.find(text);
}

template<>
std::optional<PresenceState> fromWord<PresenceState>(QStringView text)
{
    return presenceWords.find(text);
}

template<>
std::optional<HealthState> fromWord<HealthState>(QStringView text)
{
    return healthWords.find(text);
}

template<>
std::optional<ConfigState> fromWord<ConfigState>(QStringView text)
{
    return configWords.find(text);
}

QString word(AdmittedBy by)
{
    return admittedByWords.of(by);
}

std::optional<AdmittedBy> admittedByFromWord(QStringView text)
{
    return admittedByWords.find(text);
}

} // namespace flowgate::domain
