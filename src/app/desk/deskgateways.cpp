// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/desk.h"
#include "app/journal/storewords.h"

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
    const domain::AdmissionGround ground{domain::AdmittedBy::Operator, {}, m_parts.clock.now()};
    if (rejects)
        m_parts.fleet.admit(id, admission, ground); // at once, whatever the disk says
    domain::Gateway decided = *gateway;
    decided.admission = admission;
    decided.admitted = ground;
    store::Job job;
    job.durable = true;
    job.waits = false;
    job.mailbox = &m_parts.mailbox;
    job.work = [decided](store::Database &database) { return database.gateways.put(decided); };
    job.done = [this, id, admission, ground, rejects, done](const store::Outcome<void> &saved) {
        if (!saved)
            return done(rejects ? notYetWritten(saved.error()) : storeFailed(saved.error()));
        if (!rejects)
            m_parts.fleet.admit(id, admission, ground); // not before it is on disk: what is sent rests on it
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

void Desk::link(const domain::GatewayId &before, const domain::GatewayId &now, Done<Nothing> done)
{
    for (const domain::GatewayId &id : {before, now}) {
        if (!m_parts.fleet.find(id))
            return done(failed(FailureCode::GatewayNotFound, domain::uuidText(id)));
    }
    if (before == now)
        return done(failed(FailureCode::BadArgument, QStringLiteral("a gateway cannot be linked to itself: name the "
                                                                    "one that is gone, then the one that came")));
    const QString name = domain::displayName(*m_parts.fleet.find(before));
    if (!m_parts.fleet.link(before, now))
        return done(failed(FailureCode::WrongState,
                           QStringLiteral("%1 is connected: two gateways that are both here are not one").arg(name)));
    m_parts.events.add(QStringLiteral("gateway_linked"),
                       QStringLiteral("%1 goes on as %2: one gateway with one history, before under %3")
                           .arg(name, domain::displayName(*m_parts.fleet.find(now)), domain::uuidText(before)),
                       now, QStringLiteral("operator"));
    // What the recorder wrote comes before this, and is on disk with it.
    store::Job job;
    job.durable = true;
    job.waits = false;
    job.mailbox = &m_parts.mailbox;
    job.work = [before](store::Database &database) -> store::Outcome<void> {
        if (database.gateways.get(before))
            return domain::unexpected(store::StoreError{store::StoreErrorKind::Conflict,
                                                        QStringLiteral("the record of the old one is still there")});
        return {};
    };
    job.done = [done](const store::Outcome<void> &saved) {
        done(saved ? Outcome<Nothing>(Nothing{}) : notYetWritten(saved.error()));
    };
    m_parts.store.post(std::move(job));
}

/// With their histories, in one write. One that is connected comes back as a new one; one that is gone already is
/// passed over. Durable before it answers. @errors GatewayNotFound (none of them is here), StoreFailed
void Desk::forget(const QList<domain::GatewayId> &ids, const QString &by, Done<Nothing> done)
{
    QList<domain::GatewayId> known;
    for (const domain::GatewayId &id : ids) {
        const domain::Gateway *gateway = m_parts.fleet.find(id);
        if (!gateway)
            continue;
        known.append(id);
        m_parts.events.add(QStringLiteral("gateway_forgotten"),
                           QStringLiteral("%1 was forgotten, with its history").arg(domain::displayName(*gateway)), id,
                           by);
    }
    if (known.isEmpty())
        return done(ids.isEmpty() ? Outcome<Nothing>(Nothing{})
                                  : failed(FailureCode::GatewayNotFound, domain::uuidText(ids.front())));
    m_parts.fleet.forget(known);
    // Jobs run in order: this one comes behind the recorder's removal.
    store::Job job;
    job.durable = true;
    job.waits = false;
    job.mailbox = &m_parts.mailbox;
    job.work = [](store::Database &) { return store::Outcome<void>(); };
    job.done = [done](const store::Outcome<void> &saved) {
        done(saved ? Outcome<Nothing>(Nothing{}) : notYetWritten(saved.error()));
    };
    m_parts.store.post(std::move(job));
}

} // namespace flowgate::app
