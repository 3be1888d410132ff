// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"
#include "flowgatectl/arguments.h"

#include <QJsonValue>

namespace flowgate::ctl {

/// A verb's answer as tables and sentences. Strings in it are made printable: many come from gateways.
/// @param now  for relative times
/// @thread any; pure
[[nodiscard]] QString render(const Invocation &invocation, const QJsonValue &result, domain::WallTime now);

// One function for each kind of answer.
[[nodiscard]] QString renderStatus(const QJsonValue &status);
[[nodiscard]] QString renderNewToken(const QJsonValue &token);
[[nodiscard]] QString renderTokens(const QJsonValue &list, domain::WallTime now);
[[nodiscard]] QString renderGatewayTable(const QJsonValue &list, domain::WallTime now);
[[nodiscard]] QString renderGateway(const QJsonValue &gateway, domain::WallTime now);
/// One gateway, or those that a selector named.
[[nodiscard]] QString renderForgotten(const QJsonValue &result, domain::WallTime now);
/// The component tree, indented by two a level; behind a line that says so where it is not current.
[[nodiscard]] QString renderHealth(const QJsonValue &tree, domain::WallTime now);
/// A row a component type, by section.
[[nodiscard]] QString renderComponents(const QJsonValue &available);
[[nodiscard]] QString renderTimeline(const QJsonValue &list, domain::WallTime now);
/// A row a series with its newest number.
[[nodiscard]] QString renderMetrics(const QJsonValue &list);
/// A line each, oldest first.
[[nodiscard]] QString renderLogs(const QJsonValue &list);
[[nodiscard]] QString renderConfigTable(const QJsonValue &list);
[[nodiscard]] QString renderSaved(const QJsonValue &saved);
/// The unified text as it is; with a gateway also what differs in meaning.
[[nodiscard]] QString renderDiff(const QJsonValue &diff, bool withGateway, bool structureOnly);
[[nodiscard]] QString renderPreview(const QJsonValue &list);
[[nodiscard]] QString renderRolloutTable(const QJsonValue &list, domain::WallTime now);
[[nodiscard]] QString renderRollout(const QJsonValue &rollout, domain::WallTime now);
/// What became of a rollout, in sentences: its state, the targets by step, each target's error.
[[nodiscard]] QString renderOutcome(const QJsonValue &rollout);
[[nodiscard]] QString renderSettings(const QJsonValue &list);
/// One of them, with what it takes.
[[nodiscard]] QString renderSetting(const QJsonValue &setting);
/// A row each thing in the bundle, then what became of it. @param dry  it was only asked what would
[[nodiscard]] QString renderImport(const QJsonValue &report, bool dry);
[[nodiscard]] QString renderAdopted(const QJsonValue &adopted);
[[nodiscard]] QString renderHits(const QJsonValue &list);
[[nodiscard]] QString renderSync(const QJsonValue &list);
[[nodiscard]] QString renderEvents(const QJsonValue &list);

/// Whether a verb prints files byte for byte: `gateways effective`, `configs show`.
[[nodiscard]] bool printsFiles(Verb verb);
/// The bytes of the files in {"files":{name: text},"base64":{name: …}}: one file alone as it is, several each behind
/// a line "# --- name". Names are printable.
/// @param only  the one file that was asked for; null: all
/// @errors exit 1 not_found
[[nodiscard]] Outcome<QByteArray> fileBytes(const QJsonValue &result, const QString &only);
/// The answer with this one file left in it.
/// @errors exit 1 not_found
[[nodiscard]] Outcome<QJsonValue> withOneFile(const QJsonValue &result, const QString &only);

} // namespace flowgate::ctl
