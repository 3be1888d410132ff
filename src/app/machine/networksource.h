// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace flowgate::app {

/// What addresses this machine has now.
/// @thread io
class NetworkSource
{
public:
    virtual ~NetworkSource() = default;
    /// As domain::NetworkSight::present. Cheap enough for each second.
    [[nodiscard]] virtual QStringList addresses() const = 0;
};

/// Of the system's own interfaces (docs/decisions/0012).
class SystemNetwork final : public NetworkSource
{
public:
    [[nodiscard]] QStringList addresses() const override;
};

} // namespace flowgate::app
