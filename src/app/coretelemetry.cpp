// SPDX-License-Identifier: GPL-3.0-or-later
// How the gateways' own telemetry comes in and how long it stays.
#include "app/core.h"
#include "app/limitsettings.h"
#include "app/telemetry/telemetrykeeper.h"
#include "net/contentcoding.h"

#include <array>

namespace flowgate::app {

namespace {

constexpr std::array<std::pair<const char *, telemetry::Signal>, 2> paths{
    {{"/v1/metrics", telemetry::Signal::Metrics}, {"/v1/logs", telemetry::Signal::Logs}}};

QByteArray contentType(const net::RequestHead &head)
{
    return head.headers.first("Content-Type").value_or(QByteArray());
}

net::HttpResponse responseOf(const telemetry::OtlpAnswer &answer)
{
    net::HttpResponse response;
    response.status = answer.status;
    response.contentType = answer.contentType;
    response.body = answer.body;
    if (answer.retryAfterSeconds)
        response.headers.push_back({"Retry-After", QByteArray::number(*answer.retryAfterSeconds)});
    return response;
}

} // namespace

void Core::addTelemetryRoutes()
{
    for (const auto &[path, signal] : paths) {
        net::Route route;
        route.path = path;
        route.bodyLimit = telemetryBodyLimit(m_settings);
        route.contentType.clear(); // there are two
        route.admit = [this](const net::RequestHead &head,
                             const net::PeerAddress &peer) -> std::optional<net::HttpResponse> {
            if (auto refused = m_gatekeeper.admit(head, peer))
                return refused;
            if (head.method != "POST" || telemetry::encodingOf(contentType(head)))
                return {};
            return responseOf(telemetry::wrongType());
        };
        route.post = [this, signal = signal](const net::HttpRequest &request, const net::Responder &responder) {
            const auto coding = net::contentCoding(request.head.headers);
            if (coding == net::ContentCoding::Unknown)
                return responder.answer(net::refusal(415, "Content-Encoding must be gzip or identity"));
            const auto body = net::decodedBody(request.body, coding, telemetryBodyLimit(m_settings));
            if (!body) {
                if (body.error() == net::GunzipError::TooLarge)
                    m_refusals.note(domain::Refusal::BodySize, request.peer.text());
                return responder.answer(net::refusal(body.error()));
            }
            const telemetry::OtlpAnswer answer = m_otlp.answer(signal, contentType(request.head), *body);
            if (answer.retryAfterSeconds)
                m_refusals.note(domain::Refusal::Overload, request.peer.text());
            responder.answer(responseOf(answer));
        };
        m_server->addRoute(std::move(route));
    }
}

void Core::limitTelemetryBodies()
{
    for (const auto &[path, signal] : paths)
        m_server->setBodyLimit(path, telemetryBodyLimit(m_settings));
}

void Core::tidyTelemetry()
{
    const domain::WallTime now = m_clock.now();
    const domain::milliseconds raw = m_settings.length(Setting::MetricsRaw);
    const domain::milliseconds kept = std::max(raw, m_settings.length(Setting::MetricsKept));
    const TelemetryRetention retention{now - raw, now - kept, now - m_settings.length(Setting::LogsKept),
                                       m_settings.count(Setting::TelemetrySize) * 1024 * 1024};
    m_store.change<bool>([retention](store::Database &database) { return app::tidyTelemetry(database, retention); },
                         &m_mailbox,
                         [this](const store::Outcome<bool> &isMore) {
                             if (isMore && *isMore && m_second.isActive())
                                 tidyTelemetry();
                         });
}

} // namespace flowgate::app
