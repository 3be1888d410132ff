// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/verbarguments.h"

#include <algorithm>

namespace flowgate::app {

std::optional<domain::milliseconds> lengthIn(const QJsonObject &args, const QString &key)
{
    constexpr double longest = 3.2e11;
    const QJsonValue value = args.value(key);
    if (!value.isDouble())
        return {};
    return domain::milliseconds(static_cast<qint64>(std::clamp(value.toDouble(), 0.0, longest)));
}

domain::milliseconds sinceIn(const QJsonObject &args)
{
    return lengthIn(args, QStringLiteral("since_ms")).value_or(std::chrono::hours(1));
}

} // namespace flowgate::app
