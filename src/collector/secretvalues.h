// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"
#include "domain/secretset.h"

namespace flowgate::collector {

/// The secrets of a config, as texts of others may repeat them: the values under keys that name a secret and the
/// passwords of URLs, each also as Go's %q, encoding/json, net/url and base64 write it. Of a value such as "Bearer x"
/// the secret is the x; the name of a header is none. References (`${env:X}`) and the "[REDACTED]" of a Collector are
/// none. A text that cannot be read as YAML is gone through line by line.
/// @thread any; pure. Takes about 40 ns a byte; large configs belong in the pool
/// @param known  values that are no secret wherever they stand
[[nodiscard]] domain::SecretSet secretsOf(const domain::ConfigSet &config, const QByteArrayList &known = {});

/// The ways in which @p secret may be written, itself included.
[[nodiscard]] QByteArrayList writtenForms(const QByteArray &secret);

} // namespace flowgate::collector
