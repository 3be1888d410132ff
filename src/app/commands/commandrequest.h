// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"

#include <QJsonObject>

namespace flowgate::app {

/// One request over the control socket.
struct CommandRequest
{
    QString verb; ///< empty if there is none, or one that is no text
    QJsonObject args;

    friend bool operator==(const CommandRequest &, const CommandRequest &) = default;
};

/// Reads the line that a client sent, with its line end or without; see docs/control-socket.md.
/// @errors BadArgument: not a JSON object
/// @thread any; pure
[[nodiscard]] Outcome<CommandRequest> commandFrom(const QByteArray &line);

/// The same for what goes out: JSON on one line, with its line end. Texts in it have theirs escaped.
[[nodiscard]] QByteArray commandLine(const QJsonObject &object);

} // namespace flowgate::app
