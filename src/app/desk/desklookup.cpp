// SPDX-License-Identifier: GPL-3.0-or-later
// Finding things by what a person types: an id, a part of one, a name.
#include "app/desk/desk.h"

namespace flowgate::app {

using domain::Gateway;

namespace {

/// What a person typed of a UUID: dashes and case do not matter.
QString digitsOf(const QString &text)
{
    return QString(text).remove(u'-').toLower();
}

/// Whether @p digits are enough of the first or last digits of a UUID to mean it.
bool isPartOf(const QString &digits, const QString &hex)
{
    return digits.size() >= 4 && (hex.startsWith(digits) || hex.endsWith(digits));
}

/// More than one id matches: which, as far as a person reads on.
domain::unexpected<Failure> ambiguous(QStringList ids)
{
    constexpr qsizetype most = 20;
    ids.sort();
    if (ids.size() > most)
        ids = ids.first(most) << QStringLiteral("…");
    return failed(FailureCode::Ambiguous, ids.join(QStringLiteral(", ")));
}

} // namespace

Outcome<const Gateway *> Desk::gateway(const QString &text) const
{
    if (const auto id = domain::gatewayIdFromText(text)) {
        const Gateway *gateway = m_parts.fleet.find(*id);
        return gateway ? Outcome<const Gateway *>(gateway) : failed(FailureCode::GatewayNotFound, text);
    }
    const QString digits = digitsOf(text);
    std::vector<const Gateway *> byName;
    std::vector<const Gateway *> byDigits;
    for (const Gateway &gateway : m_parts.fleet.gateways()) {
        if (domain::displayName(gateway) == text)
            byName.push_back(&gateway);
        if (isPartOf(digits, gateway.id.hex()))
            byDigits.push_back(&gateway);
    }
    const auto &matches = byName.empty() ? byDigits : byName;
    if (matches.empty())
        return failed(FailureCode::GatewayNotFound, text);
    if (matches.size() > 1) {
        QStringList ids;
        for (const Gateway *gateway : matches)
            ids.append(domain::uuidText(gateway->id));
        return ambiguous(std::move(ids));
    }
    return matches.front();
}

void Desk::findRollout(const QString &text, Done<QString> done)
{
    // A whole id needs no search: whoever asks for it says whether it is there.
    if (const auto id = domain::gatewayIdFromText(text))
        return done(domain::uuidText(*id));
    ask<std::vector<store::RolloutHead>>(
        [](store::Database &database) { return database.rollouts.list(); },
        [text, done = std::move(done)](Outcome<std::vector<store::RolloutHead>> heads) {
            if (!heads)
                return done(domain::unexpected(heads.error()));
            QStringList found;
            for (const store::RolloutHead &head : *heads) {
                if (isPartOf(digitsOf(text), digitsOf(head.rollout.id)))
                    found.append(head.rollout.id);
            }
            if (found.size() > 1)
                return done(ambiguous(std::move(found)));
            if (found.isEmpty())
                return done(failed(FailureCode::RolloutNotFound, text));
            done(found.constFirst());
        });
}

} // namespace flowgate::app
