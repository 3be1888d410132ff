// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/result.h"

#include <optional>
#include <vector>

namespace flowgate::domain {

/// Why internal telemetry is given to no gateway.
enum class NoOwner {
    NoId,     ///< its resource has no service.instance.id
    Unknown,  ///< no gateway here goes by that one
    Ambiguous ///< several do, or what the request says contradicts it
};
inline constexpr std::size_t noOwnerKinds = 3;

/// "no_id", "unknown", "ambiguous".
[[nodiscard]] QString word(NoOwner value);
[[nodiscard]] std::optional<NoOwner> noOwnerFromWord(QStringView word);

/// A gateway that describes a service.instance.id that is not its uid, or whose effective config gives it to the
/// Collector's telemetry.
struct InstanceIdClaim
{
    GatewayId gateway;
    bool isApproved = false;
    bool isHere = false; ///< it may be sending: it neither left nor is lost

    friend bool operator==(const InstanceIdClaim &, const InstanceIdClaim &) = default;
};

/// All that tells whose the telemetry of one resource is.
struct TelemetrySigns
{
    bool hasId = false;                    ///< the resource has a service.instance.id
    std::optional<GatewayId> marked{};     ///< the known gateway that the request's OpAMP-Instance-UID names
    std::optional<GatewayId> named{};      ///< the known gateway whose uid that id is
    std::vector<InstanceIdClaim> claims{}; ///< of that id; two are as good as more
    bool markedClaims = false;             ///< the marked gateway is one of those, also beyond the first two
};

/// Whose it is. The mark that we put into the offer is trusted most, then the uid, then what exactly one gateway
/// describes or runs. Signs that contradict each other make it nobody's: rather none than the wrong one.
/// Whether the request may send for that gateway is judged by its token, elsewhere (SEC7).
/// @thread any; pure
[[nodiscard]] Result<GatewayId, NoOwner> telemetryOwner(const TelemetrySigns &signs);

} // namespace flowgate::domain
