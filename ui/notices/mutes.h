// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "domain/ids.h"

#include <QHash>
#include <QObject>

#include <optional>
#include <vector>

class QSettings;

namespace flowgate::ui {

/// Gateways that nothing is told of for a while. Kept with this window: it is about this desktop, not about them.
class Mutes final : public QObject
{
    Q_OBJECT
public:
    /// @param clock  outlives it
    explicit Mutes(const domain::Clock &clock, QObject *parent = nullptr);

    /// Takes what @p settings hold, and keeps every change there from now on. They outlive this.
    void keepIn(QSettings &settings);

    /// @param length  nothing: until it is unmuted
    void mute(const std::vector<domain::GatewayId> &gateways, std::optional<domain::milliseconds> length);
    void unmute(const std::vector<domain::GatewayId> &gateways);
    void muteAll(domain::milliseconds length);
    [[nodiscard]] bool isMuted(const domain::GatewayId &gateway) const;
    /// Everything is.
    [[nodiscard]] bool isAllMuted() const { return m_clock.now() < m_allUntil; }
    /// In words; empty: it is not.
    [[nodiscard]] QString words(const domain::GatewayId &gateway) const;

Q_SIGNALS:
    void changed();

private:
    void keep();

    const domain::Clock &m_clock;
    QHash<domain::GatewayId, std::optional<domain::WallTime>> m_until; ///< nothing: until it is unmuted
    domain::WallTime m_allUntil{};
    QSettings *m_settings = nullptr;
};

} // namespace flowgate::ui
