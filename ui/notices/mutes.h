// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"
#include "domain/time.h"

#include <QHash>
#include <QObject>

#include <optional>
#include <vector>

class QSettings;

namespace flowgate::ui {

/// Which gateways make no notices, and until when. Moments are of the wall clock: they are kept over restarts.
class Mutes final : public QObject
{
    Q_OBJECT
public:
    /// Later than any moment: until a person unmutes it.
    static constexpr domain::WallTime always = domain::WallTime::max();

    using QObject::QObject;

    /// Takes what @p settings hold, and keeps every change there from now on. They outlive this.
    void keepIn(QSettings &settings);

    void mute(const std::vector<domain::GatewayId> &gateways, domain::WallTime until);
    void unmute(const std::vector<domain::GatewayId> &gateways);
    /// Until when, or `always`; nothing if it is not muted at @p now.
    [[nodiscard]] std::optional<domain::WallTime> mutedUntil(const domain::GatewayId &gateway,
                                                             domain::WallTime now) const;

    /// Everything at once, gateways and rollouts; nothing ends it before.
    void muteAll(std::optional<domain::WallTime> until);
    [[nodiscard]] std::optional<domain::WallTime> allMutedUntil(domain::WallTime now) const;

    /// Forgets what is over at @p now.
    void tidy(domain::WallTime now);

Q_SIGNALS:
    void changed();

private:
    void write();

    QHash<domain::GatewayId, domain::WallTime> m_until;
    std::optional<domain::WallTime> m_allUntil;
    QSettings *m_settings = nullptr;
};

} // namespace flowgate::ui
