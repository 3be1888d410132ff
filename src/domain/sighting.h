// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <QString>

namespace flowgate::domain {

/// One thing that was seen at a target, for people.
struct Sighting
{
    WallTime at{};
    QString what; ///< a step's word or "healthy", "contains", "put_back"…

    friend bool operator==(const Sighting &, const Sighting &) = default;
};

/// Sightings that are no step. The rules look for the first one only.
namespace sighted {
inline constexpr QStringView observedAgain = u"observed_again"; ///< this control plane runs again after a pause
inline constexpr QStringView backAsked = u"back_asked";         ///< a person asked for the rollback
inline constexpr QStringView sentAgain = u"sent_again";       ///< reported APPLIED, runs another config: sent once more
inline constexpr QStringView putBack = u"put_back";           ///< the version before is the desired one from now on
inline constexpr QStringView back = u"back";                  ///< it runs again, and must stay healthy
inline constexpr QStringView restarted = u"restarted";        ///< the collector restarted while it was watched
inline constexpr QStringView notBack = u"not_back";           ///< the version before was not proven again
inline constexpr QStringView noProven = u"no_proven_version"; ///< there is no version to go back to
} // namespace sighted

} // namespace flowgate::domain
