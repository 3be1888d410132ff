// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tokens/tokens.h"
#include "domain/gateway.h"

namespace flowgate::app {

/// Tokens of their own for gateways that came with a bootstrap token. The text of one is in memory alone, and only
/// until its gateway came with it; after our own start another is made.
/// @thread io. @source CS11, CS15
class Enrolment
{
public:
    explicit Enrolment(Tokens &tokens)
        : m_tokens(tokens)
    {
    }

    /// Value of the Authorization header that this gateway is to come with; nothing where it is still being written
    /// down, see ready(), or where the gateway could not take it.
    [[nodiscard]] std::optional<QByteArray> credentialFor(const domain::Gateway &gateway);
    /// Those whose token is on disk now, or is to be tried again, since the last call.
    [[nodiscard]] QList<domain::GatewayId> ready() { return std::exchange(m_ready, {}); }

    /// The gateway came with it.
    void settled(const domain::GatewayId &id) { m_issues.remove(id); }
    /// It says that it could not: that token ends, and there is no other one until it starts anew.
    void refused(const domain::GatewayId &id);
    void startedAnew(const domain::GatewayId &id);
    void forget(const domain::GatewayId &id);

private:
    enum class State { Making, Made, Refused };
    struct Issue
    {
        State state = State::Making;
        domain::TokenHash hash;
        QByteArray authorization;
    };
    void keep(const domain::GatewayId &id, const Outcome<MadeToken> &made);

    Tokens &m_tokens;
    QHash<domain::GatewayId, Issue> m_issues;
    QList<domain::GatewayId> m_ready;
};

} // namespace flowgate::app
