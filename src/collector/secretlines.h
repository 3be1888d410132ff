// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>

namespace flowgate::collector {

// Secrets in a text that cannot be read as YAML, told line by line: what stands behind a key that names a secret, and
// what is further in below it. That may be more than the secret.
// @thread any; pure

/// @p text with the secrets hidden; lines stay where they are.
[[nodiscard]] QByteArray hiddenByLine(const QByteArray &text);
/// The secrets themselves, each without blanks and quotes around it.
[[nodiscard]] QByteArrayList secretsByLine(const QByteArray &text);

/// A text as the parser reads it: UTF-16 with a byte order mark becomes UTF-8, also where it is broken.
[[nodiscard]] QByteArray asUtf8(const QByteArray &text);

} // namespace flowgate::collector
