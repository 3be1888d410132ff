// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "telemetry/records.h"

namespace flowgate::telemetry {

/// What the receiver hands records to.
/// @thread io, all of it
class TelemetrySink
{
public:
    enum class Verdict {
        Taken,
        Unknown, ///< no such gateway here, or it is not approved: counted as refused
        Busy,    ///< too much is on its way to disk; the client is asked to come again
    };

    virtual ~TelemetrySink() = default;
    [[nodiscard]] virtual Verdict takeMetrics(MetricBatch batch) = 0;
    [[nodiscard]] virtual Verdict takeLogs(LogBatch batch) = 0;
};

} // namespace flowgate::telemetry
