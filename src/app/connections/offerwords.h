// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/connections/offertrials.h"

namespace flowgate::app {

/// An event about what became of an offer; its kind is empty where there is nothing to tell.
struct OfferEvent
{
    QString kind;
    QString text;
};

/// @param name  of the gateway
[[nodiscard]] OfferEvent notOffered(bool ownToken, const QString &name, const QString &why);
/// This gateway is the first of its kind.
[[nodiscard]] OfferEvent tried(const domain::OfferKind &kind, const QString &name);
/// @param error  what the gateway said of it
[[nodiscard]] OfferEvent answered(const OfferTrials::Outcome &outcome, const QString &name, const QString &error);

} // namespace flowgate::app
