// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/yamlnode.h"

#include <chrono>
#include <optional>

namespace flowgate::collector {

/// A scalar with its type, as Go's yaml.v3 (v3.0.4) resolves it: true/True/TRUE are booleans but yes and on are not,
/// 0x1F, 0o17, 017, 0b11 and 1_000 are integers, quoted is a string unless a tag says otherwise.
struct Scalar
{
    enum class Type { Null, Bool, Int, Float, String, Timestamp };

    Type type = Type::Null;
    bool valid = true; ///< false: the tag promises a type that the text is not ("!!int abc"); yaml.v3 refuses it
    bool boolean = false;
    bool negative = false; ///< of an Int
    quint64 magnitude = 0; ///< of an Int: -5 is negative with 5
    double number = 0;     ///< of a Float
    qint64 seconds = 0;    ///< of a Timestamp, since 1970 UTC
    int nanoseconds = 0;   ///< of a Timestamp
    QByteArray text;       ///< of a String
};

[[nodiscard]] Scalar resolveScalar(const Node &node);
/// The text that a scalar has as a key of a Go string map: 0x10 is "16", True is "true", null "<nil>".
[[nodiscard]] QByteArray keyText(const Node &node);
/// What Go's time.ParseDuration takes ("1h30m", "-1.5s", "0"); nothing for anything else.
[[nodiscard]] std::optional<std::chrono::nanoseconds> goDuration(QByteArrayView text);
/// Whether ${…} stands in it that the Collector fills in; $${…} is the text itself.
[[nodiscard]] bool hasReference(QByteArrayView text);
[[nodiscard]] bool hasReference(const Node &node);
/// Whether the text is one ${…} and nothing else: the Collector puts a value of any kind there, a map or a list too.
[[nodiscard]] bool isReference(QByteArrayView text);
/// A scalar that is one ${…}, quoted or not.
[[nodiscard]] bool isReference(const Node &node);
/// Whether values under this key are words that the Collector reads in any case: verbosity, level and the like.
[[nodiscard]] bool isEnumKey(QByteArrayView key);
/// Zero of its type: false, 0, "", 0s. The Collector leaves many such values out of what it reports.
[[nodiscard]] bool isZero(const Scalar &scalar);

enum class ScalarMatch {
    Different,
    Same,
    Masked,    ///< the gateway shows [REDACTED]
    Reference, ///< wanted has ${…}, which the gateway filled in
};
/// Compares two scalars under the same @p key: by type and value, durations by length, words of known keys without
/// case. A text is also the same as a plain scalar that is written like it: "1001" and 1001, "0123" and 0123.
[[nodiscard]] ScalarMatch matchScalar(const Node &wanted, const Node &effective, QByteArrayView key);

} // namespace flowgate::collector
