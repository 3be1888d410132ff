// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/attributes.h"
#include "domain/ids.h"

#include <map>

namespace flowgate::domain {

/// One node of what AvailableComponents lists: metadata and sub-components, any depth (ST12).
struct ComponentDetails
{
    Attributes metadata;
    std::map<QString, ComponentDetails> components;

    friend bool operator==(const ComponentDetails &, const ComponentDetails &) = default;
};

/// What an agent is built from. A hash without a list says "you know it by its hash" (X1, ST11).
struct AvailableComponents
{
    ComponentsHash hash;
    std::map<QString, ComponentDetails> components; ///< "receivers" -> "otlp" -> metadata

    [[nodiscard]] bool isHashOnly() const { return components.empty() && !hash.isEmpty(); }

    friend bool operator==(const AvailableComponents &, const AvailableComponents &) = default;
};

} // namespace flowgate::domain
