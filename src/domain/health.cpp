// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/health.h"

namespace flowgate::domain {

namespace {

QString firstErrorBelow(const ComponentHealth &node, const QString &path)
{
    for (const auto &[name, child] : node.components) {
        if (child.healthy)
            continue;
        const QString here = path.isEmpty() ? name : path + u'/' + name;
        if (const QString deeper = firstErrorBelow(child, here); !deeper.isEmpty())
            return deeper;
        if (!child.lastError.isEmpty())
            return here + QStringLiteral(": ") + child.lastError;
    }
    return {};
}

} // namespace

QString deepestError(const ComponentHealth &health)
{
    return health.lastError.isEmpty() ? firstErrorBelow(health, {}) : health.lastError;
}

} // namespace flowgate::domain
