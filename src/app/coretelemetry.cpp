// SPDX-License-Identifier: GPL-3.0-or-later
// How the gateways' own telemetry comes in and how long it stays.
#include "app/core.h"
#include "app/settings/limitsettings.h"
#include "app/telemetry/telemetrykeeper.h"

#include <array>

namespace flowgate::app {

namespace {

constexpr std::array<std::pair<const char *, telemetry::Signal>, 2> paths{
    {{"/v1/metrics", telemetry::Signal::Metrics}, {"/v1/logs", telemetry::Signal::Logs}}};

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
            if (auto refused = m_gatekeeper.admitTelemetry(head, peer))
                return refused;
            if (head.method != "POST" || telemetry::encodingOf(contentTypeOf(head)))
                return {};
            m_refusals.note(domain::Refusal::WrongContentType, peer.text());
            return responseOf(telemetry::wrongType());
        };
        route.post = [this, signal = signal](const net::HttpRequest &request, const net::Responder &responder) {
            m_intake.serve(signal, request, recipientsOf(request), responder);
        };
        m_server->addRoute(std::move(route));
    }
}

/// Asked for each resource of the request; what belongs to nobody is counted once.
telemetry::Recipients Core::recipientsOf(const net::HttpRequest &request)
{
    const std::vector<QByteArray> marks = request.head.headers.all("OpAMP-Instance-UID");
    const auto marked = marks.size() == 1 ? domain::gatewayIdFromText(QString::fromLatin1(marks.front()))
                                          : std::optional<domain::GatewayId>();
    const auto ownerOf = [this, marked, peer = request.peer.text(),
                          isCounted = std::make_shared<bool>(false)](const QString &instanceId) {
        auto owner = m_owners.ownerOf(instanceId, marked);
        if (!owner && !std::exchange(*isCounted, true)) {
            m_refusals.note(domain::Refusal::UnmatchedTelemetry, peer);
            m_telemetry.unmatched().note(hostOf(peer), owner.error(), instanceId, m_clock.now());
        }
        return owner;
    };
    return {ownerOf, m_gatekeeper.senderOf(request.head, request.peer)};
}

void Core::limitTelemetryBodies()
{
    for (const auto &[path, signal] : paths)
        m_server->setBodyLimit(path, telemetryBodyLimit(m_settings));
    m_intake.setLargestBody(telemetryBodyLimit(m_settings));
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
