// SPDX-License-Identifier: GPL-3.0-or-later
// How a setting that changes reaches what it governs.
#include "app/core.h"
#include "app/logging.h"
#include "app/settings/limitsettings.h"

namespace flowgate::app {

/// Those that are looked up when they are needed are not here.
void Core::obey(const SettingValue &setting)
{
    switch (setting.spec->setting) {
    case Setting::HttpSilence: {
        domain::LivenessLimits limits;
        limits.httpSilence = m_settings.length(Setting::HttpSilence);
        m_fleet.setLiveness(limits);
        break;
    }
    case Setting::Connections:
    case Setting::ConnectionsPerAddress:
    case Setting::HeadSize:
    case Setting::HeadTime:
    case Setting::IdleTime:
    case Setting::BytesInFlight:
        m_server->setLimits(serverLimits(m_settings));
        break;
    case Setting::BodySize:
    case Setting::BodyInflated:
    case Setting::MessageSize:
    case Setting::Unsent:
        if (m_endpoint) // else it is made with them
            m_endpoint->setLimits(messageLimits(m_settings));
        break;
    case Setting::AllowedOrigins:
    case Setting::AllowedHosts:
        m_server->setWebRules(webRules(m_settings, m_publicUrl));
        break;
    case Setting::FailedAttempts:
    case Setting::FailedWithin:
    case Setting::FailedPause:
        m_gatekeeper.setAttemptLimits(attemptLimits(m_settings));
        break;
    case Setting::TelemetryBody:
        limitTelemetryBodies();
        break;
    case Setting::TelemetryRecords:
        m_otlp.setLimits(otlpLimits(m_settings));
        break;
    case Setting::LogLevel:
        if (!m_logLevelGiven)
            setLogLevel(setting.value);
        break;
    case Setting::TelemetryMetrics:
    case Setting::TelemetryLogs:
    case Setting::TelemetryUrl:
        if (m_telemetryOffers.setSettings(m_settings))
            m_fleet.offerConnectionAnew(m_fleet.gateways().keys());
        break;
    case Setting::HeartbeatInterval:
    case Setting::HeartbeatGateways:
        if (m_offered.setSettings(m_settings))
            m_fleet.offerConnectionAnew(m_fleet.gateways().keys());
        break;
    case Setting::TimelineKept: // prune()
    case Setting::MetricsRaw:
    case Setting::MetricsKept:
    case Setting::LogsKept:
    case Setting::TelemetrySize:
    case Setting::EventsKept:
    case Setting::RolloutWaves: // Desk::rolloutDefaults()
    case Setting::RolloutSoak:
    case Setting::RolloutTimeout:
    case Setting::AdmissionAutomatic: // Gatekeeper
    case Setting::AdmissionUnknownUser:
    case Setting::Gateways:
        break;
    }
}

} // namespace flowgate::app
