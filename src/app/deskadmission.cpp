// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk.h"

namespace flowgate::app {

using domain::Admission;

void Desk::admit(const domain::GatewayId &id, Admission admission, Done<Nothing> done)
{
    const domain::Gateway *gateway = m_parts.fleet.find(id);
    if (!gateway)
        return done(failed(FailureCode::GatewayNotFound, domain::uuidText(id)));
    if (gateway->admission == admission)
        return done(Nothing{});
    const bool rejects = admission == Admission::Rejected;
    if (rejects)
        m_parts.fleet.admit(id, admission); // at once, whatever the disk says
    domain::Gateway decided = *gateway;
    decided.admission = admission;
    store::Job job;
    job.durable = true;
    job.waits = false;
    job.mailbox = &m_parts.mailbox;
    job.work = [decided](store::Database &database) { return database.gateways.put(decided); };
    job.done = [this, id, admission, rejects, done](const store::Outcome<void> &saved) {
        if (!saved)
            return done(rejects ? notYetWritten(saved.error()) : storeFailed(saved.error()));
        if (!rejects)
            m_parts.fleet.admit(id, admission); // not before it is on disk: what is sent rests on it
        const domain::Gateway *now = m_parts.fleet.find(id);
        if (!now)
            return done(failed(FailureCode::GatewayNotFound, domain::uuidText(id)));
        const QString text = rejects ? QStringLiteral("%1 was rejected: it gets nothing and is turned away")
                                     : QStringLiteral("%1 was approved: it gets what waits for it");
        m_parts.events.add(QStringLiteral("gateway_") + domain::word(admission), text.arg(domain::displayName(*now)),
                           id, QStringLiteral("operator"));
        done(Nothing{});
    };
    m_parts.store.post(std::move(job));
}

} // namespace flowgate::app
