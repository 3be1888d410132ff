// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/server.h"
#include "tests/support/iothread.h"
#include "tests/support/manualclock.h"

#include <QTcpSocket>

#include <functional>

namespace flowgate::tests {

/// A net::Server on a thread of its own, with a clock moved by hand. "/echo" answers a POST with its body, "/held"
/// keeps its responders until answerHeld(), "/small" takes 1,000 bytes, "/socket" takes upgrades.
class Service
{
public:
    explicit Service(net::ServerLimits limits = {}, std::optional<QSslConfiguration> tls = {})
    {
        limits.sweep = std::chrono::milliseconds(10);
        m_io.run([&] {
            m_server = std::make_unique<net::Server>(clock, limits);
            m_server->setRefusalSink([this](domain::Refusal kind, const QString &) { m_refusals.add(kind); });
            addRoutes();
            port = m_server->listen({QHostAddress(QHostAddress::LocalHost), 0}, std::move(tls))->port;
        });
    }
    ~Service()
    {
        m_io.run([&] {
            m_held.clear();
            m_upgrades.clear();
            m_server.reset();
        });
    }
    Service(const Service &) = delete;
    Service &operator=(const Service &) = delete;

    void onIo(const std::function<void(net::Server &)> &work)
    {
        m_io.run([&] { work(*m_server); });
    }
    /// Gives the server's thread some turns of its loop: what was sent before has been read where it reads.
    void takesTurns()
    {
        for (int turn = 0; turn < 5; ++turn)
            m_io.run([] {});
    }
    [[nodiscard]] net::ServerCounters counters()
    {
        return m_io.get([&] { return m_server->counters(); });
    }
    [[nodiscard]] quint64 refused(domain::Refusal kind)
    {
        return m_io.get([&] { return m_refusals.of(kind); });
    }
    [[nodiscard]] int open()
    {
        return m_io.get([&] { return static_cast<int>(m_server->connectionCount()); });
    }
    /// Of large bodies that are not answered yet.
    [[nodiscard]] qsizetype bodyBytes()
    {
        return m_io.get([&] { return m_server->budget()->used(); });
    }
    [[nodiscard]] int held()
    {
        return m_io.get([&] { return static_cast<int>(m_held.size()); });
    }
    /// Answers what "/held" has, the newest first; false drops them without an answer.
    void answerHeld(bool answer = true)
    {
        m_io.run([&] {
            while (!m_held.empty()) {
                const auto [request, responder] = std::move(m_held.back());
                m_held.pop_back();
                if (answer)
                    responder.answer(echo(request));
            }
        });
    }
    [[nodiscard]] int upgrades()
    {
        return m_io.get([&] { return static_cast<int>(m_upgrades.size()); });
    }
    /// What an upgraded socket still has to read.
    [[nodiscard]] QByteArray unread(int upgrade)
    {
        return m_io.get([&] { return m_upgrades.at(static_cast<std::size_t>(upgrade))->readAll(); });
    }
    void dropUpgrades()
    {
        m_io.run([&] {
            m_upgrades.clear();
            m_slots.clear();
        });
    }

    ManualClock clock;
    quint16 port = 0;

private:
    static net::HttpResponse echo(const net::HttpRequest &request)
    {
        return {.status = 200,
                .body = request.body,
                .contentType = "application/x-protobuf",
                .headers = {{"X-Path", request.head.path}},
                .close = false};
    }
    void addRoutes()
    {
        const auto answer = [](const net::HttpRequest &request, const net::Responder &responder) {
            responder.answer(echo(request));
        };
        m_server->addRoute({.path = "/echo", .admit = {}, .post = answer, .upgrade = {}});
        m_server->addRoute({.path = "/small", .bodyLimit = 1000, .admit = {}, .post = answer, .upgrade = {}});
        m_server->addRoute({.path = "/any", .contentType = {}, .admit = {}, .post = answer, .upgrade = {}});
        m_server->addRoute({.path = "/held",
                            .admit = {},
                            .post =
                                [this](net::HttpRequest request, net::Responder responder) {
                                    m_held.emplace_back(std::move(request), std::move(responder));
                                },
                            .upgrade = {}});
        m_server->addRoute(
            {.path = "/socket",
             .admit = [](const net::RequestHead &head, const net::PeerAddress &) -> std::optional<net::HttpResponse> {
                 if (head.headers.first("Authorization") == QByteArray("Bearer no"))
                     return net::refusal(401, "unknown token", {{"WWW-Authenticate", "Bearer"}});
                 return {};
             },
             .post = answer,
             .upgrade =
                 [this](net::Upgrade upgrade) {
                     m_upgrades.emplace_back(upgrade.socket);
                     m_slots.push_back(upgrade.slot);
                 }});
    }

    domain::RefusalCounts m_refusals;
    IoThread m_io;
    std::unique_ptr<net::Server> m_server;
    std::vector<std::pair<net::HttpRequest, net::Responder>> m_held;
    std::vector<std::unique_ptr<QTcpSocket>> m_upgrades;
    std::vector<std::shared_ptr<void>> m_slots;
};

} // namespace flowgate::tests
