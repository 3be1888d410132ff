// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/time.h"

#include <QHash>

namespace flowgate::app {

/// Whether a gateway is to be asked for its full state, at most once in 10 s, then rarer and rarer (X5c). What may
/// not be asked yet stays owed until a later reply.
class FullStateDebt
{
public:
    void owe() { m_owed = true; }
    void settle() { m_owed = false; }
    /// @param awake  Clock::awake()
    [[nodiscard]] bool isDue(domain::milliseconds awake) const;
    /// It is asked now.
    void ask(domain::milliseconds awake);

private:
    bool m_owed = false;
    bool m_asked = false;
    domain::milliseconds m_last{};
    domain::milliseconds m_pause{};
};

/// Who of a fleet is asked for its full state, and when. After a restart of ours, or a break of the network, thousands
/// are due at once: some are asked each second, the others with a later message of theirs (X5b).
/// @thread io
class FullStateAsks
{
public:
    static constexpr int mostASecond = 250;

    /// What the gateway said leaves a gap.
    void owe(const domain::GatewayId &id) { m_debts[id].owe(); }
    /// It has said everything.
    void settle(const domain::GatewayId &id);
    /// Whether to ask in this reply. @param awake  Clock::awake()
    [[nodiscard]] bool take(const domain::GatewayId &id, domain::milliseconds awake);

    void forget(const domain::GatewayId &id) { m_debts.remove(id); }
    /// The gateway goes on under another uid, with what it owes there already if it does.
    void move(const domain::GatewayId &before, const domain::GatewayId &now);

private:
    QHash<domain::GatewayId, FullStateDebt> m_debts;
    domain::milliseconds m_second{}; ///< began then
    int m_left = mostASecond;        ///< of it
};

} // namespace flowgate::app
