// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/verdict.h"

#include "domain/rolloutturn.h"
#include "domain/words.h"

namespace flowgate::domain {

namespace {

constexpr Words<Verdict, 8> verdictWords{{{
    {Verdict::Ok, u"ok"},
    {Verdict::LacksComponent, u"lacks_component"},
    {Verdict::NotAccepted, u"not_accepted"},
    {Verdict::CannotProve, u"cannot_prove"},
    {Verdict::Offline, u"offline"},
    {Verdict::AlreadyHas, u"already_has"},
    {Verdict::FailedBefore, u"failed_before"},
    {Verdict::NotApproved, u"not_approved"},
}}};

} // namespace

Judgement judge(const Gateway &gateway, const ConfigRef &ref, const QStringList &missing)
{
    const TargetSight sight = sightOf(gateway, ref.hash);
    if (!sight.approved)
        return {Verdict::NotApproved, QStringLiteral("this gateway is not approved")};
    if (!sight.accepts)
        return {Verdict::NotAccepted, QStringLiteral("it does not announce AcceptsRemoteConfig")};
    if (!missing.isEmpty())
        return {Verdict::LacksComponent, QStringLiteral("its collector lacks ") + missing.join(QStringLiteral(", "))};
    if (sight.failedHere)
        return {Verdict::FailedBefore, QStringLiteral("this version failed here before: ") + sight.error};
    if (sight.isWanted && gateway.config.state == ConfigState::InSync)
        return {Verdict::AlreadyHas, QStringLiteral("it runs this version, seen in its effective config")};
    if (!sight.connected)
        return {Verdict::Offline, sight.onBootstrap ? QStringLiteral("it gets it when it comes with a token of its own")
                                                    : QStringLiteral("it gets it when it returns")};
    if (const QStringList parts = sight.unprovableParts(); !parts.isEmpty())
        return {Verdict::CannotProve, QStringLiteral("it does not report: ") + parts.join(QStringLiteral(", "))};
    return {};
}

bool isBlocking(Verdict verdict)
{
    return verdict == Verdict::NotApproved || verdict == Verdict::NotAccepted || verdict == Verdict::LacksComponent ||
           verdict == Verdict::FailedBefore;
}

QString word(Verdict verdict)
{
    return verdictWords.of(verdict);
}

} // namespace flowgate::domain
