// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::domain {

/// The whole record under another uid, with its number going on.
/// @source S6, X12
[[nodiscard]] Gateway movedTo(Gateway gateway, const GatewayId &id, const QByteArray &wireUid);

/// What is known of @p now when it is the gateway that was @p before: what it reports is its own, what was decided for
/// it and what was learned of configs there goes on. Labels and wishes that it was given under the new uid win, and
/// whether it is admitted stays as it is: that was judged by what it brought.
[[nodiscard]] Gateway linked(Gateway now, const Gateway &before);

/// Whether @p gone may be what @p now was before it restarted with a new uid: of the same host.name and service.name,
/// not there, and not heard since @p now came for the first time. A guess, for a person to judge.
[[nodiscard]] bool looksLikeRestartOf(const Gateway &now, const Gateway &gone);

/// Whether @p gone is the likelier one: it looksLikeRestartOf(), and was heard later than @p known.
/// @param known  the likeliest so far; null: none
[[nodiscard]] bool isLikelierGhost(const Gateway &now, const Gateway &gone, const Gateway *known);

/// The likeliest of all. Null: there is none.
[[nodiscard]] const Gateway *ghostOf(const Gateway &now, const QHash<GatewayId, Gateway> &all);

} // namespace flowgate::domain
