// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connections/enrolment.h"

namespace flowgate::app {

std::optional<QByteArray> Enrolment::credentialFor(const domain::Gateway &gateway)
{
    const domain::GatewayId id = gateway.id;
    if (const auto issue = m_issues.constFind(id); issue != m_issues.constEnd())
        return issue->state == State::Made ? std::optional(issue->authorization) : std::nullopt;
    m_issues.insert(id, {});
    m_tokens.issue(id, gateway.presence.token, [this, id](const Outcome<MadeToken> &made) { keep(id, made); });
    return {};
}

void Enrolment::keep(const domain::GatewayId &id, const Outcome<MadeToken> &made)
{
    const auto issue = m_issues.find(id);
    if (issue == m_issues.end()) { // it was forgotten meanwhile, or came another way
        if (made)
            m_tokens.endIssued(made->token.hash, QStringLiteral("its gateway is gone"));
        return;
    }
    if (made)
        *issue = {State::Made, made->token.hash, "Bearer " + made->text.toLatin1()};
    else
        m_issues.erase(issue); // the disk: once more, later
    m_ready.append(id);
}

void Enrolment::refused(const domain::GatewayId &id)
{
    const auto issue = m_issues.find(id);
    if (issue == m_issues.end() || issue->state != State::Made)
        return;
    m_tokens.endIssued(issue->hash, QStringLiteral("the gateway could not take it"));
    *issue = {State::Refused, {}, {}};
}

void Enrolment::startedAnew(const domain::GatewayId &id)
{
    if (const auto issue = m_issues.constFind(id); issue != m_issues.constEnd() && issue->state == State::Refused)
        m_issues.erase(issue);
}

void Enrolment::forget(const domain::GatewayId &id)
{
    const Issue issue = m_issues.take(id);
    if (issue.state == State::Made)
        m_tokens.endIssued(issue.hash, QStringLiteral("its gateway is gone"));
}

} // namespace flowgate::app
