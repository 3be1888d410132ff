// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"
#include "domain/gateway.h"
#include "domain/result.h"
#include "domain/rollout.h"

#include <QByteArray>
#include <QStringList>

#include <map>
#include <utility>
#include <vector>

/// Structured values as CBOR (RFC 8949). Everything comes back exactly as it was, types included: a byte string stays
/// one, 1.0 stays a double, keys may repeat. Each text is an array that starts with the number of its form, mostly 1.
/// Pure functions. @thread any
namespace flowgate::store::codec {

enum class DecodeError {
    Malformed,   ///< not CBOR, or cut short
    WrongShape,  ///< CBOR, but not of this kind of value
    UnknownForm, ///< written by a newer version
    TooDeep,     ///< nested beyond deepest
};

template<typename T>
using Decoded = domain::Result<T, DecodeError>;

/// Nesting that is written and read. The wire allows 100 (protobuf); what lies deeper is written as nothing.
inline constexpr int deepest = 128;

using ComponentMap = std::map<QString, domain::ComponentDetails>;
/// Name and content type of each file of a config set, in the order of its names.
using FileNames = std::vector<std::pair<QString, QString>>;

[[nodiscard]] QByteArray encode(const domain::AgentDescription &value);
[[nodiscard]] QByteArray encode(const domain::ComponentHealth &value);
[[nodiscard]] QByteArray encode(const ComponentMap &value);
[[nodiscard]] QByteArray encode(const QStringList &value);
/// What a comparison found, without its hashes and its answer. Form 2; form 1 was the list of differences alone, and
/// reads as a comparison by rules without a number.
[[nodiscard]] QByteArray encode(const domain::Containment &value);
[[nodiscard]] QByteArray encode(const domain::RolloutOptions &value);
[[nodiscard]] QByteArray encode(const std::vector<domain::Sighting> &value);
[[nodiscard]] QByteArray encode(const domain::ConfigSet &value);
[[nodiscard]] QByteArray encode(const FileNames &value);

/// The value that encode() wrote. Any bytes are safe to give: there is an error or a value, and memory stays in
/// proportion to the input. Defined for the types above.
template<typename T>
[[nodiscard]] Decoded<T> decode(const QByteArray &bytes);
template<>
[[nodiscard]] Decoded<domain::Containment> decode(const QByteArray &bytes);

[[nodiscard]] const char *text(DecodeError error);

} // namespace flowgate::store::codec
