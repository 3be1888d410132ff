// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/commandserver.h"

#include "app/commands/commandrequest.h"
#include "app/logging.h"

#include <QJsonArray>
#include <QLocalSocket>

namespace flowgate::app {

namespace {

constexpr qint64 longestRequest = 64LL * 1024 * 1024;
constexpr qint64 slowReaderBytes = 64LL * 1024 * 1024;
constexpr int mostClients = 200;

} // namespace

struct Exchange::State
{
    QPointer<QLocalSocket> socket;
    QJsonArray notes;
    bool ended = false;
};

Exchange::Exchange(QLocalSocket *socket)
    : m_state(std::make_shared<State>())
{
    m_state->socket = socket;
}

QObject *Exchange::guard() const
{
    return m_state->socket;
}

void Exchange::item(const QJsonObject &object) const
{
    if (!m_state->socket || m_state->ended)
        return;
    if (m_state->socket->bytesToWrite() > slowReaderBytes) { // it does not read: it does not get to fill our memory
        m_state->socket->abort();
        return;
    }
    m_state->socket->write(commandLine({{QStringLiteral("item"), object}}));
}

void Exchange::note(const QString &text) const
{
    m_state->notes.append(text);
}

void Exchange::end(QJsonObject last) const
{
    if (std::exchange(m_state->ended, true) || !m_state->socket)
        return;
    if (!m_state->notes.isEmpty())
        last.insert(QStringLiteral("notes"), m_state->notes);
    m_state->socket->write(commandLine(last));
    m_state->socket->disconnectFromServer(); // what is written goes out first
}

void Exchange::finish(const QJsonObject &result) const
{
    end({{QStringLiteral("exit"), 0}, {QStringLiteral("result"), result}});
}

void Exchange::fail(const Failure &failure) const
{
    end({{QStringLiteral("exit"), 1},
         {QStringLiteral("error"),
          QJsonObject{{QStringLiteral("code"), word(failure.code)}, {QStringLiteral("message"), sentence(failure)}}}});
}

void Exchange::failWith(const QJsonObject &result, const Failure &failure) const
{
    end({{QStringLiteral("exit"), 1},
         {QStringLiteral("result"), result},
         {QStringLiteral("error"),
          QJsonObject{{QStringLiteral("code"), word(failure.code)}, {QStringLiteral("message"), sentence(failure)}}}});
}

CommandServer::CommandServer(QObject *parent)
    : QObject(parent)
    , m_server(this)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &CommandServer::accept);
}

CommandServer::~CommandServer() = default;

domain::Result<void, QString> CommandServer::listen(const QString &path)
{
    // The folder's lock is ours, so a socket that lies there belongs to nobody alive.
    QLocalServer::removeServer(path);
    if (!m_server.listen(path))
        return domain::unexpected(m_server.errorString());
    return {};
}

void CommandServer::close()
{
    m_server.close();
}

void CommandServer::accept()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        socket->setParent(this);
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        if (findChildren<QLocalSocket *>(Qt::FindDirectChildrenOnly).size() > mostClients) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        if (socket->bytesAvailable() > 0)
            read(socket);
    }
}

void CommandServer::read(QLocalSocket *socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() > longestRequest) {
            Exchange(socket).fail({FailureCode::TooLarge, QStringLiteral("a request may have 64 MiB")});
            disconnect(socket, &QLocalSocket::readyRead, this, nullptr);
        }
        return;
    }
    const QByteArray line = socket->readLine();
    disconnect(socket, &QLocalSocket::readyRead, this, nullptr); // one request a connection
    dispatch(socket, line);
}

void CommandServer::dispatch(QLocalSocket *socket, const QByteArray &line)
{
    const Exchange exchange(socket);
    const auto request = commandFrom(line);
    if (!request)
        return exchange.fail(request.error());
    const auto verb = m_verbs.constFind(request->verb);
    if (verb == m_verbs.constEnd())
        return exchange.fail({FailureCode::UnknownVerb, request->verb});
    qCDebug(controlLog) << request->verb;
    (*verb)(request->args, exchange);
}

} // namespace flowgate::app
