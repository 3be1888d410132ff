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

QString renderAdopted(const QJsonValue &adopted)
{
    QString text = QStringLiteral("Saved as %1@%2. Nothing was sent.\n")
                       .arg(shown(adopted[QStringLiteral("config")]), shown(adopted[QStringLiteral("version")]));
    Table secrets({QStringLiteral("HIDDEN VALUE"), QStringLiteral("STANDS THERE NOW")});
    for (const QJsonValue secret : adopted[QStringLiteral("secrets")].toArray())
        secrets.addRow({shown(secret[QStringLiteral("path")]),
                        secret[QStringLiteral("given")].toBool()
                            ? QStringLiteral("as given")
                            : QStringLiteral("${env:%1}").arg(shown(secret[QStringLiteral("variable")]))});
    return secrets.isEmpty() ? text : text + secrets.text();
}

QString renderHits(const QJsonValue &list)
{
    Table table({QStringLiteral("CONFIG"), QStringLiteral("FILE"), QStringLiteral("LINE"), QStringLiteral("TEXT")});
    table.alignRight(2);
    for (const QJsonValue hit : itemsOf(list))
        table.addRow(
            {QStringLiteral("%1@%2").arg(shown(hit[QStringLiteral("config")]), shown(hit[QStringLiteral("version")])),
             shown(hit[QStringLiteral("file")]), shown(hit[QStringLiteral("line")]),
             shown(hit[QStringLiteral("text")])});
    return table.isEmpty() ? QStringLiteral("No version has this text.\n") : table.text();
}

QString renderSync(const QJsonValue &list)
{
    Table table({QStringLiteral("CONFIG"), QStringLiteral("ACTION"), QStringLiteral("VERSION")});
    for (const QJsonValue item : itemsOf(list))
        table.addRow({shown(item[QStringLiteral("config")]), shown(item[QStringLiteral("action")]),
                      shown(item[QStringLiteral("version")])});
    return table.isEmpty() ? QStringLiteral("There is no config on either side.\n") : table.text();
}

} // namespace flowgate::ctl
