// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <chrono>
#include <optional>

namespace flowgate::collector {

/// An integer as Go's strconv.ParseInt and ParseUint read it with base 0: 0x, 0o, 0b, and 0 alone for octal.
struct GoInteger
{
    bool negative = false;
    quint64 magnitude = 0;
};
/// Nothing if @p text is no integer, or one beyond int64 and uint64.
[[nodiscard]] std::optional<GoInteger> goInteger(QByteArrayView text);
/// A decimal number as yaml.v3 takes it: "1.", ".5", "1e3"; no hex, no words.
[[nodiscard]] std::optional<double> goFloat(QByteArrayView text);

struct UnixTime
{
    qint64 seconds = 0;
    int nanoseconds = 0;
};
/// A date or moment in one of the four forms that yaml.v3 takes; UTC where it names no zone.
[[nodiscard]] std::optional<UnixTime> yamlTimestamp(QByteArrayView text);

} // namespace flowgate::collector
