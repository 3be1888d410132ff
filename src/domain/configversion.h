// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"

namespace flowgate::domain {

/// One immutable version of a config in the library. Its hash is stored, never computed again (RC2).
struct ConfigVersion
{
    ConfigRef ref;
    QString message;
    QString author;
    WallTime createdAt{};

    friend bool operator==(const ConfigVersion &, const ConfigVersion &) = default;
};

} // namespace flowgate::domain
