// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/publicurl.h"
#include "app/settings/settings.h"
#include "domain/connectionoffer.h"
#include "domain/selector.h"

#include <functional>

namespace flowgate::app {

/// Which gateways are asked for their own metrics and logs, and where they are to send them: to us, by the address that
/// they reached us by, unless a setting names another one.
/// @thread io
class TelemetryOffers
{
public:
    TelemetryOffers();

    /// What a proxy in front of us is reached by; and whether our own certificate is one that gateways trust without
    /// being told, because a supervisor cannot be given a CA for its own telemetry. Before the first wishFor().
    void setReach(std::optional<PublicUrl> publicUrl, bool certificateTrusted);
    /// Who says whether telemetry of a gateway may be found by the mark alone; without it none may.
    void setNeedsMark(std::function<bool(const domain::Gateway &)> needsMark) { m_needsMark = std::move(needsMark); }
    /// Takes over the settings telemetry.*. @return whether anything changed
    bool setSettings(const Settings &settings);

    /// @param peer  how the gateway reaches us; its Authorization value is repeated
    [[nodiscard]] domain::ConnectionWish wishFor(const domain::Gateway &gateway, const domain::Peer &peer) const;
    /// A sentence about why a gateway that could send is not asked to, as far as that is for another reason than its
    /// selector; empty otherwise.
    [[nodiscard]] QString hindrance(const domain::Peer &peer) const;

private:
    [[nodiscard]] QString url(const domain::Peer &peer, const QString &path) const;

    struct Wanted
    {
        QString metrics; ///< selector, or "none"
        QString logs;
        QString url; ///< "auto", or what stands before /v1/metrics
        friend bool operator==(const Wanted &, const Wanted &) = default;
    };
    Wanted m_wanted;
    std::optional<domain::Selector> m_metrics; ///< nothing: none
    std::optional<domain::Selector> m_logs;
    std::optional<PublicUrl> m_publicUrl;
    bool m_certificateTrusted = true;
    std::function<bool(const domain::Gateway &)> m_needsMark;
};

} // namespace flowgate::app
