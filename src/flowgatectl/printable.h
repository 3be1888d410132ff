// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace flowgate::ctl {

/// A text that cannot steer a terminal: control characters, escape sequences, line breaks, invisible and direction
/// characters and lone surrogates are written out ("\n", "\x1b", "\u202e"). Names and errors come from gateways.
[[nodiscard]] QString printable(QStringView text);
/// The same for a text of several lines: line ends and tabs stay, also those of the form "\r\n".
[[nodiscard]] QString printableLines(QStringView text);
/// The same for JSON: what would steer a terminal becomes an escape that means the same to a JSON reader.
[[nodiscard]] QByteArray printableJson(const QByteArray &json);

/// Columns that a terminal gives to a printable text: 0 for combining marks, 2 for wide characters.
[[nodiscard]] qsizetype displayWidth(QStringView text);
/// At most @p columns wide, the last of them "…" where something was cut off.
[[nodiscard]] QString shortened(const QString &text, qsizetype columns);

} // namespace flowgate::ctl
