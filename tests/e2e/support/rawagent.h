// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/rawclient.h"

#include <QUuid>

#include <opamp.pb.h>

namespace flowgate::tests {

/// An OpAMP agent whose every message is the test's own: nothing of a client library answers, counts or reconnects by
/// itself. Waits at most the client's patience.
class RawAgent
{
public:
    using Message = opamp::proto::v1::AgentToServer;
    using Reply = opamp::proto::v1::ServerToAgent;

    /// @param name  its host.name
    explicit RawAgent(const QByteArray &name, const QByteArray &uid = QUuid::createUuid().toRfc4122())
        : m_name(name)
        , m_uid(uid)
    {
    }

    [[nodiscard]] bool connectTo(quint16 port, const QByteArray &token = {})
    {
        std::vector<QByteArray> headers;
        if (!token.isEmpty())
            headers.push_back("Authorization: Bearer " + token);
        m_client = RawClient();
        return m_client.connectTo(port) && m_client.openWebSocket("/v1/opamp", headers);
    }

    /// A message with the next number.
    [[nodiscard]] Message message()
    {
        Message message;
        message.set_instance_uid(m_uid.toStdString());
        message.set_sequence_num(number++);
        message.set_capabilities(0x3807 | 0x400); // status, remote config, effective config, health, heartbeat, restart
        return message;
    }
    /// The same with a description and a health.
    [[nodiscard]] Message full(bool healthy = true, const QByteArray &error = {})
    {
        Message whole = message();
        auto *description = whole.mutable_agent_description();
        const auto add = [](auto *attribute, const QByteArray &key, const QByteArray &value) {
            attribute->set_key(key.toStdString());
            attribute->mutable_value()->set_string_value(value.toStdString());
        };
        add(description->add_identifying_attributes(), "service.name", "otelcol");
        add(description->add_non_identifying_attributes(), "host.name", m_name);
        auto *health = whole.mutable_health();
        health->set_healthy(healthy);
        health->set_start_time_unix_nano(startedAt);
        health->set_last_error(error.toStdString());
        health->set_status(healthy ? "StatusOK" : "StatusRecoverableError");
        whole.mutable_effective_config()->mutable_config_map();
        whole.mutable_remote_config_status();
        return whole;
    }

    bool send(const Message &message)
    {
        return m_client.send(
            frame(Op::Binary, QByteArray(1, '\0') + QByteArray::fromStdString(message.SerializeAsString())));
    }
    /// The next message of the server; nothing where a Close or nothing comes.
    [[nodiscard]] std::optional<Reply> reply()
    {
        const auto next = m_client.readData();
        Reply reply;
        if (!next || next->op != Op::Binary || !next->payload.startsWith('\0') ||
            !reply.ParseFromArray(next->payload.constData() + 1, static_cast<int>(next->payload.size() - 1)))
            return {};
        return reply;
    }
    /// Sends and takes the next reply.
    [[nodiscard]] std::optional<Reply> ask(const Message &message) { return send(message) ? reply() : std::nullopt; }
    /// Reads on to the server's Close. @return its code; 0 where none comes
    [[nodiscard]] quint16 readClose(bool answer)
    {
        while (const auto next = m_client.readData()) {
            if (next->op != Op::Close)
                continue;
            if (answer)
                m_client.send(frame(Op::Close, next->payload));
            return next->closeCode();
        }
        return 0;
    }

    [[nodiscard]] RawClient &client() { return m_client; }
    [[nodiscard]] QByteArray uid() const { return m_uid; }
    [[nodiscard]] QString id() const { return QUuid::fromRfc4122(m_uid).toString(QUuid::WithoutBraces); }

    quint64 number = 0;                            ///< of the next message
    quint64 startedAt = 1'795'425'302'000'000'000; ///< of its collector

private:
    QByteArray m_name;
    QByteArray m_uid;
    RawClient m_client;
};

} // namespace flowgate::tests
