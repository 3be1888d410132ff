// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/restartwatch.h"

#include <QTimer>

namespace flowgate::app {

void RestartWatch::wait(const domain::GatewayId &id, domain::milliseconds patience, QObject *guard, Done<Nothing> done)
{
    const int key = m_nextKey++;
    m_waiters.push_back({key, id, guard, std::move(done)});
    QTimer::singleShot(patience, this, [this, key, patience] {
        finish([key](const Waiter &waiter) { return waiter.key == key; },
               failed(FailureCode::RestartNotSeen, QStringLiteral("%1 s").arg(patience.count() / 1000)));
    });
}

void RestartWatch::cancel(const domain::GatewayId &id)
{
    std::erase_if(m_waiters, [&](const Waiter &waiter) { return waiter.id == id; });
}

void RestartWatch::gatewayChanged(const FleetChange &change)
{
    if (change.restarted && !m_waiters.empty())
        finish([&](const Waiter &waiter) { return waiter.id == change.after->id; }, Nothing{});
}

void RestartWatch::gatewayForgotten(const domain::GatewayId &id)
{
    finish([&](const Waiter &waiter) { return waiter.id == id; },
           failed(FailureCode::GatewayNotFound, domain::uuidText(id)));
}

void RestartWatch::gatewayMoved(const domain::GatewayId &before, const domain::Gateway &after, Succession)
{
    for (Waiter &waiter : m_waiters) {
        if (waiter.id == before)
            waiter.id = after.id;
    }
}

void RestartWatch::finish(const std::function<bool(const Waiter &)> &which, const Outcome<Nothing> &outcome)
{
    std::vector<Waiter> ready;
    std::erase_if(m_waiters, [&](Waiter &waiter) {
        if (!which(waiter))
            return false;
        ready.push_back(std::move(waiter));
        return true;
    });
    for (const Waiter &waiter : ready) {
        if (waiter.guard)
            waiter.done(outcome);
    }
}

} // namespace flowgate::app
