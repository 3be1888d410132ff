// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QStringList>

#include <vector>

namespace flowgate::models {

/// Lines of cells as RFC 4180 writes them. A cell that a spreadsheet would take for a formula gets a ' in front: names
/// and attributes come from gateways. @thread any; pure
[[nodiscard]] QString csvText(const std::vector<QStringList> &lines);
/// What such a cell is where no quotes are needed: for text with tabs between its cells. Tabs and line ends in it
/// become blanks.
[[nodiscard]] QString plainCell(const QString &cell);
[[nodiscard]] QString jsonText(const QJsonArray &items);
/// Block YAML with every string quoted.
[[nodiscard]] QString yamlText(const QJsonArray &items);

} // namespace flowgate::models
