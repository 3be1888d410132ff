// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/gatewaymodel.h"

#include <optional>

namespace flowgate::models {

/// What a selector sees of a gateway under @p key. @thread any; pure
[[nodiscard]] std::optional<QString> factOf(const domain::Gateway &gateway, const QString &key);
/// Every key that some gateway has, in order.
[[nodiscard]] QStringList factKeys(const std::vector<GatewayRow> &rows);
/// Every value that some gateway has under @p key, in order.
[[nodiscard]] QStringList factValues(const std::vector<GatewayRow> &rows, const QString &key);

/// "env=lab", the value quoted where it has to be; empty where the syntax cannot say it.
[[nodiscard]] QString selectorTerm(const QString &key, const QString &value);

/// What may stand at the cursor of a selector that is being typed.
struct Completions
{
    qsizetype from = 0;   ///< where the text to be replaced begins, in UTF-16 units
    qsizetype length = 0; ///< of the text to be replaced
    QStringList texts;    ///< at most 50
};
/// Keys (with =) or, behind an operator, values, out of what these gateways have.
[[nodiscard]] Completions completeSelector(const QString &text, qsizetype cursor, const std::vector<GatewayRow> &rows);

} // namespace flowgate::models
