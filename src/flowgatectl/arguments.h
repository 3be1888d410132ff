// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/trouble.h"
#include "flowgatectl/verbs.h"

#include <QHash>
#include <QStringList>

namespace flowgate::ctl {

/// What was typed, with every name known and every count right. Values are still texts.
struct Invocation
{
    const VerbSpec *verb = nullptr; ///< null only with help or version
    QString group;                  ///< help for "gateways": all its verbs
    bool help = false;
    bool version = false;
    bool json = false;
    QString data; ///< null: the default folder
    QStringList operands;
    QHash<QString, QString> options; ///< by name; switches have the value ""

    [[nodiscard]] bool has(const QString &option) const { return options.contains(option); }
};

/// Reads the arguments behind the program's name. Options may stand before and behind the verb, as "--name value" or
/// "--name=value"; "--" ends them.
/// @errors exit 2, code "usage"
[[nodiscard]] Outcome<Invocation> parseArguments(const QStringList &arguments);

/// Whether --json was asked for, also where the rest of the line is wrong.
[[nodiscard]] bool asksForJson(const QStringList &arguments);

} // namespace flowgate::ctl
