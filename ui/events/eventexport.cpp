// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/eventexport.h"

#include "app/commands/gatewayjson.h"
#include "ui/models/rowtext.h"

#include <QJsonDocument>
#include <QSaveFile>

namespace flowgate::ui {

QByteArray eventsAsCsv(const std::vector<domain::Event> &events, const GatewayName &nameOf)
{
    std::vector<QStringList> lines{{QStringLiteral("at"), QStringLiteral("kind"), QStringLiteral("gateway"),
                                    QStringLiteral("name"), QStringLiteral("text"), QStringLiteral("by")}};
    for (const domain::Event &event : events)
        lines.push_back({domain::rfc3339(event.at), event.kind,
                         event.gateway ? domain::uuidText(*event.gateway) : QString(),
                         event.gateway ? nameOf(*event.gateway) : QString(), event.text, event.by});
    return models::csvText(lines).toUtf8();
}

QByteArray eventsAsJsonLines(const std::vector<domain::Event> &events)
{
    QByteArray lines;
    for (const domain::Event &event : events)
        lines += QJsonDocument(app::toJson(event)).toJson(QJsonDocument::Compact) + '\n';
    return lines;
}

QString writeEvents(const QString &path, const std::vector<domain::Event> &events, const GatewayName &nameOf)
{
    QSaveFile file(path);
    const bool csv = path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    file.write(csv ? eventsAsCsv(events, nameOf) : eventsAsJsonLines(events));
    return file.commit() ? QString() : file.errorString();
}

} // namespace flowgate::ui
