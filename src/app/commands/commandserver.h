// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"

#include <QHash>
#include <QJsonObject>
#include <QLocalServer>
#include <QPointer>

#include <memory>

class QLocalSocket;

namespace flowgate::app {

class Desk;

/// One request over the control socket and the way back to whoever asked. Copies share it. After finish() or fail()
/// nothing more goes out; nothing does once the client has gone.
/// @thread io
class Exchange
{
public:
    explicit Exchange(QLocalSocket *socket);

    /// Goes with the client: bind waiting work to it.
    [[nodiscard]] QObject *guard() const;
    /// One line of a stream.
    void item(const QJsonObject &object) const;
    /// A sentence for stderr, sent with the end.
    void note(const QString &text) const;
    void finish(const QJsonObject &result) const;
    void fail(const Failure &failure) const;
    /// A failure that has a result all the same.
    void failWith(const QJsonObject &result, const Failure &failure) const;

private:
    void end(QJsonObject last) const;

    struct State;
    std::shared_ptr<State> m_state;
};

/// Serves flowgatectl: one line of JSON a request, see docs/control-socket.md. Verbs are added by name.
/// @thread io
class CommandServer final : public QObject
{
    Q_OBJECT
public:
    using Verb = std::function<void(const QJsonObject &args, const Exchange &exchange)>;

    explicit CommandServer(QObject *parent = nullptr);
    ~CommandServer() override;

    void add(const QString &name, Verb verb) { m_verbs.insert(name, std::move(verb)); }
    /// Listens; only the owner of the process may connect. A socket that a dead process left is replaced.
    /// @return the system's words on failure
    [[nodiscard]] domain::Result<void, QString> listen(const QString &path);
    void close();

private:
    void accept();
    void read(QLocalSocket *socket);
    void dispatch(QLocalSocket *socket, const QByteArray &line);

    QLocalServer m_server;
    QHash<QString, Verb> m_verbs;
};

/// Adds the verbs of docs/control-socket.md.
void addStatusVerbs(CommandServer &server, Desk &desk);
void addGatewayVerbs(CommandServer &server, Desk &desk);
void addConfigVerbs(CommandServer &server, Desk &desk);
void addRolloutVerbs(CommandServer &server, Desk &desk);
void addSettingVerbs(CommandServer &server, Desk &desk);
void addBundleVerbs(CommandServer &server, Desk &desk);
void addTelemetryVerbs(CommandServer &server, Desk &desk);
void addTokenVerbs(CommandServer &server, Desk &desk);

} // namespace flowgate::app
