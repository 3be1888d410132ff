// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/words.h"

#include "domain/wavetext.h"
#include "ui/common/visibletext.h"

#include <QCoreApplication>

namespace flowgate::common {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::Words)
};

} // namespace

StateWord stateWord(domain::PresenceState state)
{
    using S = domain::PresenceState;
    switch (state) {
    case S::Connected:
        return {Tone::Good, Words::tr("Connected")};
    case S::Silent:
        return {Tone::Attention, Words::tr("Silent")};
    case S::Lost:
        return {Tone::Bad, Words::tr("Lost")};
    case S::Left:
        return {Tone::Unknown, Words::tr("Left", "a gateway that said goodbye")};
    case S::NotObserved:
        return {Tone::Unknown, Words::tr("Not observed")};
    }
    return {};
}

StateWord stateWord(domain::HealthState state)
{
    using S = domain::HealthState;
    switch (state) {
    case S::Healthy:
        return {Tone::Good, Words::tr("Healthy")};
    case S::Unhealthy:
        return {Tone::Bad, Words::tr("Unhealthy")};
    case S::Starting:
        return {Tone::UnderWay, Words::tr("Starting")};
    case S::Stopping:
        return {Tone::UnderWay, Words::tr("Stopping")};
    case S::NotRunning:
        return {Tone::Attention, Words::tr("Not running")};
    case S::NotReported:
        return {Tone::Unknown, Words::tr("Not reported")};
    case S::NotObserved:
        return {Tone::Unknown, Words::tr("Not observed")};
    }
    return {};
}

StateWord stateWord(domain::ConfigState state)
{
    using S = domain::ConfigState;
    switch (state) {
    case S::Unmanaged:
        return {Tone::Unknown, Words::tr("Unmanaged")};
    case S::InSync:
        return {Tone::Good, Words::tr("In sync")};
    case S::Waiting:
        return {Tone::Unknown, Words::tr("Waiting")};
    case S::Offered:
        return {Tone::Unknown, Words::tr("Offered")};
    case S::Applying:
        return {Tone::UnderWay, Words::tr("Applying")};
    case S::Applied:
        return {Tone::UnderWay, Words::tr("Applied")};
    case S::Failed:
        return {Tone::Bad, Words::tr("Failed")};
    case S::Unanswered:
        return {Tone::Attention, Words::tr("Unanswered")};
    case S::Drifted:
        return {Tone::Attention, Words::tr("Drifted")};
    case S::NotAccepted:
        return {Tone::Unknown, Words::tr("Not accepted")};
    case S::NotApproved:
        return {Tone::Unknown, Words::tr("Not approved")};
    }
    return {};
}

StateWord stateWord(domain::Admission state)
{
    using S = domain::Admission;
    switch (state) {
    case S::Pending:
        return {Tone::Attention, Words::tr("To approve")};
    case S::Approved:
        return {Tone::Good, Words::tr("Approved")};
    case S::Rejected:
        return {Tone::Bad, Words::tr("Rejected")};
    }
    return {};
}

StateWord stateWord(domain::TokenState state)
{
    using S = domain::TokenState;
    switch (state) {
    case S::Live:
        return {Tone::Good, Words::tr("Valid")};
    case S::Expired:
        return {Tone::Unknown, Words::tr("Expired")};
    case S::Revoked:
        return {Tone::Unknown, Words::tr("Revoked")};
    }
    return {};
}

QString groundText(const domain::AdmissionGround &ground)
{
    switch (ground.by) {
    case domain::AdmittedBy::SameUser:
        return Words::tr("by itself: same user on this computer");
    case domain::AdmittedBy::Loopback:
        return Words::tr("by itself: it came in by a loopback address");
    case domain::AdmittedBy::Token:
        return Words::tr("by itself: its token %1 approves").arg(ground.token);
    case domain::AdmittedBy::Setting:
        return Words::tr("by itself: the setting approves all");
    case domain::AdmittedBy::Operator:
        return Words::tr("by hand");
    }
    return {};
}

QString healthText(const domain::ComponentHealth &health)
{
    if (health.healthy)
        return health.startTimeUnixNano == 0 ? Words::tr("no collector runs") : Words::tr("healthy");
    const QString error = domain::deepestError(health);
    const QString reason = error.isEmpty() ? health.status : error;
    return reason.isEmpty() ? Words::tr("unhealthy, without a reason") : Words::tr("unhealthy: %1").arg(reason);
}

StateWord stateWord(domain::RolloutState state)
{
    using S = domain::RolloutState;
    switch (state) {
    case S::Running:
        return {Tone::UnderWay, Words::tr("Running")};
    case S::Halted:
        return {Tone::Attention, Words::tr("Halted")};
    case S::Succeeded:
        return {Tone::Good, Words::tr("Succeeded")};
    case S::Failed:
        return {Tone::Bad, Words::tr("Failed")};
    case S::RollingBack:
        return {Tone::UnderWay, Words::tr("Rolling back")};
    case S::RolledBack:
        return {Tone::Attention, Words::tr("Rolled back")};
    case S::Cancelled:
        return {Tone::Unknown, Words::tr("Cancelled")};
    }
    return {};
}

StateWord stateWord(domain::TargetStep step)
{
    using S = domain::TargetStep;
    switch (step) {
    case S::Queued:
        return {Tone::Unknown, Words::tr("Queued")};
    case S::Waiting:
        return {Tone::Unknown, Words::tr("Waiting: offline")};
    case S::Offered:
        return {Tone::Unknown, Words::tr("Offered")};
    case S::Applying:
        return {Tone::UnderWay, Words::tr("Applying")};
    case S::Soaking:
        return {Tone::UnderWay, Words::tr("Soaking")};
    case S::Proven:
        return {Tone::Good, Words::tr("Proven")};
    case S::Unproven:
        return {Tone::Attention, Words::tr("Unproven")};
    case S::Failed:
        return {Tone::Bad, Words::tr("Failed")};
    case S::Unanswered:
        return {Tone::Attention, Words::tr("Unanswered")};
    case S::RollingBack:
        return {Tone::UnderWay, Words::tr("Rolling back")};
    case S::RolledBack:
        return {Tone::Attention, Words::tr("Rolled back")};
    case S::Skipped:
        return {Tone::Unknown, Words::tr("Skipped")};
    }
    return {};
}

StateWord stateWord(domain::Verdict verdict)
{
    using V = domain::Verdict;
    switch (verdict) {
    case V::Ok:
        return {Tone::Good, Words::tr("Fine")};
    case V::LacksComponent:
        return {Tone::Bad, Words::tr("Lacks a component")};
    case V::NotAccepted:
        return {Tone::Bad, Words::tr("Takes no remote config")};
    case V::CannotProve:
        return {Tone::Attention, Words::tr("Cannot be proven")};
    case V::Offline:
        return {Tone::Unknown, Words::tr("Offline")};
    case V::AlreadyHas:
        return {Tone::Good, Words::tr("Already has it")};
    case V::FailedBefore:
        return {Tone::Bad, Words::tr("Failed here before")};
    case V::NotApproved:
        return {Tone::Attention, Words::tr("Not approved")};
    }
    return {};
}

StateWord stateWord(const domain::Span &span)
{
    switch (span.kind) {
    case domain::SpanKind::Presence:
        if (const auto state = domain::fromWord<domain::PresenceState>(span.state))
            return stateWord(*state);
        break;
    case domain::SpanKind::Health:
    case domain::SpanKind::Component:
        if (const auto state = domain::fromWord<domain::HealthState>(span.state))
            return stateWord(*state);
        break;
    case domain::SpanKind::Config:
        if (const auto state = domain::fromWord<domain::ConfigState>(span.state))
            return stateWord(*state);
        break;
    }
    return {Tone::Unknown, oneLine(span.state)};
}

QString kindWord(domain::SpanKind kind)
{
    switch (kind) {
    case domain::SpanKind::Presence:
        return Words::tr("Presence");
    case domain::SpanKind::Health:
        return Words::tr("Health");
    case domain::SpanKind::Config:
        return Words::tr("Config");
    case domain::SpanKind::Component:
        return Words::tr("Component");
    }
    return {};
}

QString kindWord(const domain::Span &span)
{
    return span.kind == domain::SpanKind::Component ? oneLine(span.part, 200) : kindWord(span.kind);
}

QString applyWord(domain::ApplyStatus status)
{
    switch (status) {
    case domain::ApplyStatus::Unset:
        return Words::tr("No outcome");
    case domain::ApplyStatus::Applied:
        return Words::tr("Applied");
    case domain::ApplyStatus::Applying:
        return Words::tr("Applying");
    case domain::ApplyStatus::Failed:
        return Words::tr("Failed");
    }
    return Words::tr("Unknown status %1").arg(static_cast<int>(status));
}

QString transportWord(domain::Transport transport)
{
    return transport == domain::Transport::WebSocket ? Words::tr("WebSocket") : Words::tr("HTTP polls");
}

QString sightingWord(const QString &what)
{
    if (what == u"sent_again")
        return Words::tr("sent once more: applied by its word, not by what it runs");
    if (what == u"put_back")
        return Words::tr("last proven version put back");
    if (what == u"not_back")
        return Words::tr("the version put back was not proven");
    if (what == u"no_proven_version")
        return Words::tr("no proven version to put back");
    if (what == u"healthy")
        return Words::tr("healthy");
    if (what == u"contains")
        return Words::tr("effective config contains it");
    if (const auto step = domain::targetStepFromWord(what))
        return stateWord(*step).word.toLower();
    return oneLine(what);
}

QString eventKindWord(const QString &kind)
{
    QString text = oneLine(kind, 100).replace(u'_', u' ');
    if (!text.isEmpty())
        text[0] = text.at(0).toUpper();
    return text;
}

QString authorWord(const QString &by)
{
    if (by == u"operator")
        return Words::tr("operator");
    if (by == u"flowgate")
        return Words::tr("Flowgate");
    if (by == u"gateway")
        return Words::tr("gateway");
    return oneLine(by, 100);
}

QString notComparedText(int count)
{
    return count > 0 ? Words::tr("%n value(s) cannot be compared", nullptr, count) : QString();
}

QString versionText(const QString &config, int version)
{
    return QStringLiteral("%1 @%2").arg(config, QString::number(version));
}

QString versionText(const std::optional<domain::ConfigRef> &ref)
{
    return ref ? versionText(ref->config, ref->version) : QString();
}

QString wavesText(const std::vector<domain::WaveSize> &waves)
{
    return domain::wavesText(waves).replace(u',', QStringLiteral(", "));
}

} // namespace flowgate::common
