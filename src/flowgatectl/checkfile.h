// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/binarycheck.h"
#include "flowgatectl/trouble.h"

#include <QJsonObject>

#include <optional>

namespace flowgate::ctl {

/// What was found out about a file, by each who was asked.
struct CheckReport
{
    QString file{}; ///< as typed
    collector::Problems problems{};
    QJsonObject gateway{};            ///< {"id","name","components_known"}; empty if none was asked
    QJsonObject collector{};          ///< {"binary","outcome","words"}; empty if none was asked
    std::optional<Trouble> trouble{}; ///< why one who was asked gave no verdict

    [[nodiscard]] Exit exit() const;
};

/// Adds what a gateway's Collector lacks of what @p text needs.
/// @param answer  of `gateways components`
void addGateway(CheckReport &report, const QByteArray &text, const QJsonValue &answer);
/// The same where the gateway never said what it is built with: a warning, since nothing was found out.
void addSilentGateway(CheckReport &report, const QString &name, const QString &reason);
/// Adds what an operator's own Collector said.
void addCollector(CheckReport &report, const QString &binary, const collector::BinaryVerdict &verdict);

/// {"items":[{"severity","line","column","path","text"}]} and who was asked; severity is "error" or "warning".
[[nodiscard]] QJsonObject checkJson(const CheckReport &report);
/// One line a problem, as compilers write them ("base.yaml:12:3: error: …"), a count, and who accepts it.
[[nodiscard]] QString checkText(const CheckReport &report);

} // namespace flowgate::ctl
