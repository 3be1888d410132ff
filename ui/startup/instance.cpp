// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/startup/instance.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>

namespace flowgate::ui {

bool raiseOtherWindow(const QString &controlSocket, std::chrono::milliseconds patience)
{
    constexpr qsizetype mostAnswer = 64 * 1024;
    const QDeadlineTimer deadline(patience);
    const auto left = [&deadline] { return static_cast<int>(deadline.remainingTime()); };
    QLocalSocket socket;
    socket.connectToServer(controlSocket);
    if (!socket.waitForConnected(left()))
        return false;
    socket.write("{\"verb\":\"window raise\",\"args\":{}}\n");
    QByteArray answer;
    while (!answer.contains('\n') && answer.size() < mostAnswer && !deadline.hasExpired()) {
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(left()))
            break;
        answer += socket.readAll();
    }
    const QJsonObject line = QJsonDocument::fromJson(answer.left(answer.indexOf('\n'))).object();
    return line.value(u"exit").toInt(1) == 0 && line.value(u"result").toObject().value(u"raised").toBool();
}

} // namespace flowgate::ui
