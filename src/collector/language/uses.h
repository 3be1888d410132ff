// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/outline.h"

namespace flowgate::collector {

/// A place where the id of a component stands. Counts from 1, columns in UTF-16 units, without quotes.
struct IdPlace
{
    QString file{};
    int line = 0;
    int column = 0;
    bool defines = false; ///< the key that makes the component; else something names it
    QString text{};       ///< of the line, trimmed

    friend bool operator==(const IdPlace &, const IdPlace &) = default;
};

/// One component with every place that names it: pipelines, service::extensions, and the keys that take an extension's
/// id (authenticator, storage, encoding).
struct IdUses
{
    ComponentKind kind = ComponentKind::Receiver;
    QString id{};
    std::vector<IdPlace> places{}; ///< definitions first, then in the order of the text
};

/// The component whose id stands at a cursor; nothing where none does. A half-typed text gives what can be read.
/// @param line, column  from 1
/// @thread any; pure
[[nodiscard]] std::optional<IdUses> usesAt(const domain::ConfigSet &config, const QString &file, int line, int column);

/// Why the component cannot be called @p id; empty: it can. The type is what stands before '/': another type is another
/// component, so it stays.
[[nodiscard]] QString renameTrouble(const domain::ConfigSet &config, const IdUses &uses, const QString &id);

/// The changes that give it another id, by file; in each file from the last place to the first, so that applying one
/// moves none of the others.
[[nodiscard]] std::map<QString, std::vector<Fix>> renaming(const IdUses &uses, const QString &id);

} // namespace flowgate::collector
