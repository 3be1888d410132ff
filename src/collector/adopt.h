// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/schema.h"

namespace flowgate::collector {

/// A value that the gateway did not show, and that the operator has to bring.
struct AdoptedSecret
{
    QString path;     ///< "exporters::otlp::headers::authorization"
    QString variable; ///< the environment variable that stands there unless another text is given

    friend bool operator==(const AdoptedSecret &, const AdoptedSecret &) = default;
};

/// What of a gateway's effective config an operator would have written.
struct AdoptedConfig
{
    QByteArray text;                    ///< YAML; comments are not reported, so there are none
    std::vector<AdoptedSecret> secrets; ///< in the order of the text
    Problems problems;                  ///< of the effective config; with an error there is no text
};

/// Takes an effective config apart: leaves out what the supervisor and own telemetry add (the opamp extension,
/// service.telemetry but for the level and encoding of logs and the level of metrics), what the Collector filled in by
/// default, and sections that are reported as null, which means that they are not there: written down, null would
/// switch them on. Hidden values become ${env:NAME}, or what @p given has under their path.
/// @thread any; pure
[[nodiscard]] AdoptedConfig adopt(const Schema &schema, const domain::ConfigSet &effective,
                                  const QHash<QString, QString> &given = {});

} // namespace flowgate::collector
