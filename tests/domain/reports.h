// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/mergereport.h"
#include "tests/domain/samples.h"

namespace flowgate::tests {

inline AgentDescription description(const QString &host = u"lab-1"_s)
{
    return {{{u"service.name"_s, {u"otelcol"_s}}}, {{u"host.name"_s, {host}}}};
}

inline ConfigSet effective(const QByteArray &body = "a: 1\n")
{
    return {{{QString(), {body, u"text/yaml"_s}}}};
}

inline Gateway unknown()
{
    Gateway gateway;
    gateway.id = gatewayId('g');
    return gateway;
}

/// A heartbeat by the letter of the specification: only the uid.
inline AgentReport bare()
{
    AgentReport report;
    report.id = gatewayId('g');
    report.wireUid = report.id.bytes();
    return report;
}

/// A number, capabilities and a digest of its own; nothing else.
inline AgentReport heartbeat(quint64 sequence)
{
    AgentReport report = bare();
    report.sequence = sequence;
    report.capabilities = Capabilities(supervisorBits);
    report.digest = "heartbeat " + QByteArray::number(sequence);
    return report;
}

/// What a supervisor sends first: everything, with nothing running yet (ST4, X1).
inline AgentReport fullReport(quint64 sequence)
{
    AgentReport report = heartbeat(sequence);
    report.description = description();
    report.health = ComponentHealth{};
    report.effectiveConfig = effective();
    report.remoteConfigStatus = RemoteConfigStatus{};
    report.hasPackageStatuses = true;
    report.digest = "full " + QByteArray::number(sequence);
    return report;
}

/// The gateway after one full report with number 0 at at().
inline Gateway known()
{
    return mergeReport(unknown(), fullReport(0), at()).gateway;
}

} // namespace flowgate::tests
