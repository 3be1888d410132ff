// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoint/opampendpoint.h"
#include "tests/support/iothread.h"
#include "tests/support/manualclock.h"
#include "tests/support/rawclient.h"

#include <functional>
#include <mutex>
#include <opamp.pb.h>

namespace flowgate::tests {

namespace wire = opamp::proto::v1;

inline const QByteArray uidA = QByteArray::fromHex("01a20a40b8477c64a967500bd08305b3");
inline const QByteArray uidB = QByteArray::fromHex("01a20a40b8477c64a967500bd08305b4");

[[nodiscard]] inline QByteArray bytesOf(const wire::AgentToServer &message)
{
    return QByteArray::fromStdString(message.SerializeAsString());
}

/// A report of @p uid; @p padding bytes of effective config make it big.
[[nodiscard]] inline QByteArray report(const QByteArray &uid, quint64 sequence = 0, qsizetype padding = 0)
{
    wire::AgentToServer message;
    message.set_instance_uid(uid.toStdString());
    message.set_sequence_num(sequence);
    if (padding > 0)
        (*message.mutable_effective_config()->mutable_config_map()->mutable_config_map())[""].set_body(
            std::string(static_cast<std::size_t>(padding), '#'));
    return bytesOf(message);
}

/// The same as one WebSocket message: header, then protobuf.
[[nodiscard]] inline QByteArray message(const QByteArray &uid, quint64 sequence = 0, qsizetype padding = 0)
{
    return QByteArray(1, '\0') + report(uid, sequence, padding);
}

/// Reads a ServerToAgent; nothing if it does not parse.
[[nodiscard]] inline std::optional<wire::ServerToAgent> parsed(QByteArrayView bytes)
{
    wire::ServerToAgent reply;
    if (!reply.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return {};
    return reply;
}

/// The next message that a server sends on a WebSocket, without its header byte; nothing if that is not what comes.
[[nodiscard]] inline std::optional<wire::ServerToAgent> nextReply(RawClient &client)
{
    QByteArray whole;
    while (const auto next = client.readData()) {
        if (next->masked || (next->op != Op::Binary && next->op != Op::Continuation))
            return {};
        whole += next->payload;
        if (next->fin)
            return whole.startsWith('\0') ? parsed(QByteArrayView(whole).sliced(1)) : std::nullopt;
    }
    return {};
}

/// A reply with nothing but our capabilities.
[[nodiscard]] inline domain::ServerReply plainReply(const QByteArray &uid)
{
    domain::NormalReply normal;
    normal.capabilities = 7;
    return {.wireUid = uid, .body = normal};
}

/// Remembers what it is given, and answers as told.
class FakeHandler final : public endpoint::ReportHandler
{
public:
    static constexpr qint64 answeredClose = -1;
    using Answer = std::function<domain::ServerReply(const domain::Peer &, const domain::AgentReport &)>;

    [[nodiscard]] domain::ServerReply handle(const domain::Peer &peer, const domain::AgentReport &report) override
    {
        const std::lock_guard lock(m_mutex);
        m_peers.push_back(peer);
        m_sequences.push_back(report.sequence);
        m_disconnects += report.disconnect ? 1 : 0;
        if (m_answer)
            return m_answer(peer, report);
        return plainReply(report.wireUid);
    }
    void connectionClosed(domain::ConnectionId connection, const domain::ConnectionEnd &end) override
    {
        const std::lock_guard lock(m_mutex);
        m_closed.push_back(connection);
        m_ends.push_back(end);
    }
    void heardAfterClose(domain::ConnectionId, const domain::AgentReport *report) override
    {
        const std::lock_guard lock(m_mutex);
        m_late.push_back(report ? static_cast<qint64>(report->sequence) : answeredClose);
    }
    void replyTooLarge(const domain::Peer &, const domain::GatewayId &gateway, qsizetype bytes) override
    {
        const std::lock_guard lock(m_mutex);
        m_tooLarge.emplace_back(gateway, bytes);
    }

    void setAnswer(Answer answer)
    {
        const std::lock_guard lock(m_mutex);
        m_answer = std::move(answer);
    }
    [[nodiscard]] std::vector<domain::Peer> peers() const { return copy(m_peers); }
    [[nodiscard]] std::vector<quint64> sequences() const { return copy(m_sequences); }
    [[nodiscard]] std::vector<domain::ConnectionId> closed() const { return copy(m_closed); }
    [[nodiscard]] std::vector<domain::ConnectionEnd> ends() const { return copy(m_ends); }
    /// What came behind our Close: numbers of messages, answeredClose for the peer's Close.
    [[nodiscard]] std::vector<qint64> late() const { return copy(m_late); }
    [[nodiscard]] std::vector<std::pair<domain::GatewayId, qsizetype>> tooLarge() const { return copy(m_tooLarge); }
    [[nodiscard]] int disconnects() const { return copy(m_disconnects); }
    [[nodiscard]] int count() const { return static_cast<int>(peers().size()); }

private:
    template<typename T>
    [[nodiscard]] T copy(const T &value) const
    {
        const std::lock_guard lock(m_mutex);
        return value;
    }

    mutable std::mutex m_mutex;
    Answer m_answer;
    std::vector<domain::Peer> m_peers;
    std::vector<quint64> m_sequences;
    std::vector<domain::ConnectionId> m_closed;
    std::vector<domain::ConnectionEnd> m_ends;
    std::vector<qint64> m_late;
    std::vector<std::pair<domain::GatewayId, qsizetype>> m_tooLarge;
    int m_disconnects = 0;
};

/// A server with an OpAMP endpoint on a thread of its own, with a clock moved by hand.
class Endpoint
{
public:
    explicit Endpoint(endpoint::EndpointSettings settings = {}, net::ServerLimits limits = {},
                      std::optional<QSslConfiguration> tls = {})
    {
        settings.sweep = std::chrono::milliseconds(10);
        limits.sweep = std::chrono::milliseconds(10);
        m_io.run([&] {
            m_server = std::make_unique<net::Server>(clock, limits);
            m_server->setRefusalSink([this](domain::Refusal kind, const QString &) { m_refusals.add(kind); });
            m_endpoint = std::make_unique<endpoint::OpampEndpoint>(*m_server, handler, settings);
            port = m_server->listen({QHostAddress(QHostAddress::LocalHost), 0}, std::move(tls))->port;
        });
    }
    ~Endpoint() { stop(); }
    Endpoint(const Endpoint &) = delete;
    Endpoint &operator=(const Endpoint &) = delete;

    void stop()
    {
        m_io.run([&] {
            m_endpoint.reset();
            m_server.reset();
        });
    }
    /// Runs @p work where the endpoint lives.
    void onIo(const std::function<void(endpoint::OpampEndpoint &)> &work)
    {
        m_io.run([&] { work(*m_endpoint); });
    }
    /// The same for the server below it.
    void onRoutes(const std::function<void(net::Server &)> &work)
    {
        m_io.run([&] { work(*m_server); });
    }
    [[nodiscard]] endpoint::EndpointCounters counters()
    {
        return m_io.get([&] { return m_endpoint->counters(); });
    }
    [[nodiscard]] quint64 refused(domain::Refusal kind)
    {
        return m_io.get([&] { return m_refusals.of(kind); });
    }
    [[nodiscard]] int open()
    {
        return m_io.get([&] { return static_cast<int>(m_endpoint->connectionCount()); });
    }
    /// Places taken in the server's caps: everything that still has a socket.
    [[nodiscard]] int sockets()
    {
        return m_io.get([&] { return static_cast<int>(m_server->connectionCount()); });
    }
    [[nodiscard]] qsizetype bytesInFlight()
    {
        return m_io.get([&] { return m_server->budget()->used(); });
    }
    [[nodiscard]] bool send(domain::ConnectionId id, const domain::ServerReply &reply)
    {
        return m_io.get([&] { return m_endpoint->send(id, reply); });
    }

    ManualClock clock;
    FakeHandler handler;
    quint16 port = 0;

private:
    domain::RefusalCounts m_refusals;
    IoThread m_io;
    std::unique_ptr<net::Server> m_server;
    std::unique_ptr<endpoint::OpampEndpoint> m_endpoint;
};

/// A reply with a config of @p bytes.
[[nodiscard]] inline domain::ServerReply configReply(const QByteArray &uid, qsizetype bytes)
{
    auto config = std::make_shared<domain::ConfigSet>();
    config->files[QString()] = {.body = QByteArray(bytes, 'c'), .contentType = QStringLiteral("text/yaml")};
    domain::NormalReply normal;
    normal.capabilities = 7;
    normal.remoteConfig = domain::RemoteConfigOffer{.hash = domain::canonicalHash(*config), .config = config};
    return {.wireUid = uid, .body = normal};
}

} // namespace flowgate::tests
