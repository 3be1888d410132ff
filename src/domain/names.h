// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace flowgate::domain {

/// What a config of the library may be called: letters, digits, '.', '_' and '-', 1 to 100 of them, no '.' or '-'
/// first.
[[nodiscard]] bool isConfigName(const QString &name);
/// What a tag of a config may be: as a config's name, at most 40.
[[nodiscard]] bool isTag(const QString &text);
/// What the key of a label may be: letters, digits, '.', '_', '-' and '/', 1 to 128 of them.
[[nodiscard]] bool isLabelKey(const QString &key);

} // namespace flowgate::domain
