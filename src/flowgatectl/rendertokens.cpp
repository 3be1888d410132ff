// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/moments.h"
#include "flowgatectl/render.h"
#include "flowgatectl/table.h"
#include "flowgatectl/values.h"

namespace flowgate::ctl {

QString renderNewToken(const QJsonValue &token)
{
    const QString expires = shown(token[QStringLiteral("expires")]);
    return QStringLiteral("%1\n\nThis is token %2, and it is shown this once. Gateways bring it as the header\n"
                          "  Authorization: Bearer %1\nIt counts until %3.\n")
        .arg(shown(token[QStringLiteral("token")]), shown(token[QStringLiteral("name")]),
             expires == u"-" ? QStringLiteral("it is revoked") : expires);
}

QString renderTokens(const QJsonValue &list, domain::WallTime now)
{
    Table table({QStringLiteral("NAME"), QStringLiteral("STATE"), QStringLiteral("CREATED"), QStringLiteral("EXPIRES"),
                 QStringLiteral("LAST USED"), QStringLiteral("FOR"), QStringLiteral("APPROVES")});
    for (const QJsonValue &token : itemsOf(list)) {
        const bool isBound = token[QStringLiteral("gateway")].isString();
        table.addRow({shown(token[QStringLiteral("name")]), shown(token[QStringLiteral("state")]),
                      ago(token[QStringLiteral("created")], now), shown(token[QStringLiteral("expires")]),
                      ago(token[QStringLiteral("last_used")], now),
                      isBound                                         ? shortId(token[QStringLiteral("gateway")])
                      : token[QStringLiteral("per_gateway")].toBool() ? QStringLiteral("the first to use it")
                      : token[QStringLiteral("bootstrap")].toBool()   ? QStringLiteral("any, to get its own")
                                                                      : QStringLiteral("any"),
                      shown(token[QStringLiteral("approves")])});
    }
    return table.isEmpty() ? QStringLiteral("No tokens. 'tokens create NAME' makes one.\n") : table.text();
}

} // namespace flowgate::ctl
