// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/yamlnode.h"

#include <QByteArray>
#include <QString>

namespace flowgate::collector {

/// What libyaml says of a text that it cannot go on with.
struct SyntaxError
{
    QByteArray problem;
    QByteArray context;
    Mark at;               ///< where it stopped
    Mark started;          ///< where the thing began that it was reading; line 0 if it does not say
    bool atEnd = false;    ///< the text ended where more was expected
    char character = '\0'; ///< that stands at the place, where it is ASCII
};

/// The same for people: the place to look at, and what to do.
struct ExplainedError
{
    Mark at;
    QString text;
    bool isTab = false;
    int goOnAfter = 0; ///< the line after which reading may make sense again
};

[[nodiscard]] ExplainedError explain(const SyntaxError &error);

} // namespace flowgate::collector
