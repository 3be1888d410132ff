// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/render.h"
#include "flowgatectl/table.h"
#include "flowgatectl/values.h"

namespace flowgate::ctl {

QString renderImport(const QJsonValue &report, bool dry)
{
    Table table({QStringLiteral("PART"), QStringLiteral("NAME"), QStringLiteral("ACTION"), QStringLiteral("AS"),
                 QStringLiteral("DETAIL")});
    int changes = 0;
    for (const QJsonValue item : itemsOf(report)) {
        const QString action = item[QStringLiteral("action")].toString();
        changes += action == u"add" || action == u"change" ? 1 : 0;
        table.addRow({shown(item[QStringLiteral("part")]), shown(item[QStringLiteral("name")]), action,
                      shown(item[QStringLiteral("as")]), shown(item[QStringLiteral("detail")])});
    }
    const QString made = QStringLiteral("Made by %1 at %2.\n")
                             .arg(shown(report[QStringLiteral("program")]), shown(report[QStringLiteral("made_at")]));
    QString end = QStringLiteral("Nothing was imported.\n");
    if (dry)
        end = QStringLiteral("%1 would change.\n").arg(changes);
    else if (report[QStringLiteral("imported")].toBool())
        end = changes == 0 ? QStringLiteral("All of it is here already.\n")
                           : QStringLiteral("%1 imported. Nothing is sent to gateways by this, but for standing "
                                            "selectors.\n")
                                 .arg(changes);
    return made + table.text() + end;
}

} // namespace flowgate::ctl
