// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandrequest.h"

#include <QJsonDocument>

namespace flowgate::app {

Outcome<CommandRequest> commandFrom(const QByteArray &line)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    if (!document.isObject())
        return domain::unexpected(Failure{FailureCode::BadArgument,
                                          QStringLiteral("the request is not a JSON object: ") + error.errorString()});
    const QJsonObject object = document.object();
    return CommandRequest{object.value(QStringLiteral("verb")).toString(),
                          object.value(QStringLiteral("args")).toObject()};
}

QByteArray commandLine(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace flowgate::app
