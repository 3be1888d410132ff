// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/event.h"

#include <QString>

#include <functional>
#include <vector>

namespace flowgate::ui {

using GatewayName = std::function<QString(const domain::GatewayId &)>;

/// CSV with a head, for people and spreadsheets.
[[nodiscard]] QByteArray eventsAsCsv(const std::vector<domain::Event> &events, const GatewayName &nameOf);
/// One object a line, as `flowgatectl events` prints them.
[[nodiscard]] QByteArray eventsAsJsonLines(const std::vector<domain::Event> &events);
/// Writes CSV where @p path ends with .csv, else JSON lines. The file is whole or as it was before.
/// @return why it was not written; empty: it was
[[nodiscard]] QString writeEvents(const QString &path, const std::vector<domain::Event> &events,
                                  const GatewayName &nameOf);

} // namespace flowgate::ui
