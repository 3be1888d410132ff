// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <QString>

#include <map>

namespace flowgate::domain {

/// One node of the tree that ComponentHealth brings, any depth; replaced as a whole by each report (ST3).
struct ComponentHealth
{
    bool healthy = false;
    quint64 startTimeUnixNano = 0; ///< 0: not running
    QString lastError;
    QString status; ///< free text, e.g. "StatusOK"
    quint64 statusTimeUnixNano = 0;
    std::map<QString, ComponentHealth> components;

    friend bool operator==(const ComponentHealth &, const ComponentHealth &) = default;
};

/// The error that says most: the node's own, else the first one down the unhealthy branches, with its path
/// ("pipeline:logs/exporter:otlp: connection refused"). Empty where no node has one.
[[nodiscard]] QString deepestError(const ComponentHealth &health);

} // namespace flowgate::domain
