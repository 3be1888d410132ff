// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/link.h"

#include "flowgatectl/interrupt.h"
#include "flowgatectl/printable.h"

#include <QDeadlineTimer>
#include <QJsonDocument>

#include <array>
#include <cerrno>
#include <poll.h>

namespace flowgate::ctl {

namespace {

domain::unexpected<Trouble> noControlPlane(const Place &place, QLocalSocket::LocalSocketError error,
                                           const QString &errorText)
{
    const QString folder = printable(place.folder);
    const QString hint = QStringLiteral("start flowgate or flowgated, or name its folder with --data DIR");
    QString text;
    if (error == QLocalSocket::ServerNotFoundError)
        text = QStringLiteral("no control plane runs on %1: there is no control.sock in it; %2").arg(folder, hint);
    else if (error == QLocalSocket::ConnectionRefusedError)
        text = QStringLiteral("no control plane runs on %1: nobody answers at its control.sock; %2").arg(folder, hint);
    else if (error == QLocalSocket::SocketAccessError)
        text =
            QStringLiteral("the control socket in %1 belongs to another user; only its owner may use it").arg(folder);
    else
        text = QStringLiteral("the control plane on %1 cannot be reached: %2").arg(folder, errorText);
    return domain::unexpected(Trouble{Exit::NoControlPlane, QStringLiteral("no_control_plane"), text});
}

} // namespace

Outcome<void> Link::open(const Place &place)
{
    m_socket.connectToServer(place.socket);
    if (m_socket.state() != QLocalSocket::ConnectedState && !m_socket.waitForConnected(10'000))
        return noControlPlane(place, m_socket.error(), m_socket.errorString());
    return {};
}

Outcome<void> Link::send(const QJsonObject &request)
{
    const QByteArray line = QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n';
    if (line.size() > longestRequest)
        return failure(
            QStringLiteral("too_large"),
            QStringLiteral("the request has %1 bytes and %2 are possible").arg(line.size()).arg(longestRequest));
    m_socket.write(line);
    while (m_socket.bytesToWrite() > 0 && m_socket.waitForBytesWritten(60'000)) {
    }
    return {};
}

Link::Waited Link::waitForMore(qint64 milliseconds, int watchedOutput)
{
    // With its output piped into a program that ended, a quiet stream would last until the next item.
    std::array<pollfd, 2> wanted{{{descriptor(), POLLIN, 0}, {watchedOutput, 0, 0}}};
    const int ready = ::poll(wanted.data(), wanted.size(), static_cast<int>(milliseconds));
    if (ready < 0 && errno != EINTR)
        return Waited::Ended;
    if (ready == 0)
        return Waited::TimedOut;
    if (interrupted() || (wanted[1].revents & (POLLERR | POLLNVAL)) != 0)
        return Waited::Ended;
    if (wanted[0].revents != 0 && m_socket.bytesAvailable() == 0)
        m_socket.waitForReadyRead(0);
    return Waited::Readable;
}

Outcome<std::optional<QJsonObject>> Link::next(std::chrono::milliseconds patience, int watchedOutput)
{
    const QDeadlineTimer deadline =
        patience.count() < 0 ? QDeadlineTimer(QDeadlineTimer::Forever) : QDeadlineTimer(patience);
    for (;;) {
        m_buffer += m_socket.readAll();
        const qsizetype end = m_buffer.indexOf('\n', m_scanned);
        if (end >= 0) {
            const QJsonDocument line = QJsonDocument::fromJson(m_buffer.left(end));
            m_buffer.remove(0, end + 1);
            m_scanned = 0;
            if (!line.isObject())
                return failure(QStringLiteral("bad_answer"),
                               QStringLiteral("the control plane's answer cannot be read; is it of another version?"));
            return line.object();
        }
        m_scanned = m_buffer.size();
        if (m_buffer.size() > longestLine)
            return failure(QStringLiteral("bad_answer"), QStringLiteral("the control plane's answer is too long"));
        if (interrupted())
            return std::optional<QJsonObject>();
        if (m_socket.state() != QLocalSocket::ConnectedState && m_socket.bytesAvailable() == 0)
            return failure(QStringLiteral("connection_lost"),
                           QStringLiteral("the control plane closed the connection before it had answered"));
        switch (waitForMore(deadline.isForever() ? -1 : deadline.remainingTime(), watchedOutput)) {
        case Waited::Readable:
            break;
        case Waited::Ended:
            return std::optional<QJsonObject>();
        case Waited::TimedOut:
            return failure(
                QStringLiteral("no_answer"),
                QStringLiteral("the control plane did not answer within %1 s; whether it was done is not known")
                    .arg(patience.count() / 1000));
        }
    }
}

} // namespace flowgate::ctl
