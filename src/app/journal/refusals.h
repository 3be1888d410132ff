// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/eventlog.h"
#include "domain/refusaltally.h"

namespace flowgate::app {

/// Counts what was refused since our start, and tells of it in the event log: one event for many of a kind, with the
/// address and, where the sender is set up wrongly, with what to change there.
/// @thread io
class Refusals
{
public:
    Refusals(const domain::Clock &clock, EventLog &events)
        : m_clock(clock)
        , m_events(events)
    {
    }

    /// Named in the advice to a client that uses another path.
    void setOpampPath(const QString &path) { m_opampPath = path; }
    /// @param peer  "192.0.2.7:51234"
    void note(domain::Refusal kind, const QString &peer);
    /// Tells what is due. Call it each second.
    void tick();
    [[nodiscard]] const domain::RefusalCounts &counts() const { return m_counts; }

private:
    const domain::Clock &m_clock;
    EventLog &m_events;
    domain::RefusalCounts m_counts;
    domain::RefusalTally m_tally;
    QString m_opampPath = QStringLiteral("/v1/opamp");
};

/// "192.0.2.7" of "192.0.2.7:51234", "[2001:db8::1]" of "[2001:db8::1]:51234".
[[nodiscard]] QString hostOf(const QString &peer);

} // namespace flowgate::app
