// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/refusals.h"

#include "app/logging.h"

namespace flowgate::app {

using domain::Refusal;

namespace {

/// What was refused; where a limit was reached, with the setting that says how much is allowed.
QString cause(Refusal kind)
{
    switch (kind) {
    case Refusal::Connections:
        return QStringLiteral("more connections than server.connections allows");
    case Refusal::ConnectionsPerAddress:
        return QStringLiteral("more connections from one address than server.connections_per_address allows");
    case Refusal::Handshakes:
        return QStringLiteral("TLS handshakes that were too many at a time, or too slow");
    case Refusal::HeadSize:
        return QStringLiteral("request heads larger than server.head_size");
    case Refusal::HeadTime:
        return QStringLiteral("request heads that did not arrive within server.head_time");
    case Refusal::BodySize:
        return QStringLiteral("bodies larger than server.body_size, server.body_inflated or telemetry.body_size");
    case Refusal::BodyTime:
        return QStringLiteral("bodies that did not arrive in time");
    case Refusal::MessageSize:
        return QStringLiteral("WebSocket messages larger than server.message_size");
    case Refusal::BytesInFlight:
        return QStringLiteral("more bytes of large messages at a time than server.bytes_in_flight");
    case Refusal::SlowReader:
        return QStringLiteral("peers that do not read what they are sent (server.unsent)");
    case Refusal::Overload:
        return QStringLiteral("more messages than can be worked on");
    case Refusal::Gateways:
        return QStringLiteral("new gateways beyond gateways.most");
    case Refusal::NotAdmitted:
        return QStringLiteral("no token that counts");
    case Refusal::FailedAttempts:
        return QStringLiteral("addresses that failed server.failed_attempts times to bring a token that counts");
    case Refusal::WrongHost:
        return QStringLiteral("a Host header that names another computer, by a loopback address");
    case Refusal::WrongOrigin:
        return QStringLiteral("a web page of another origin");
    case Refusal::WrongPath:
        return QStringLiteral("a path that is not served here");
    case Refusal::WrongMethod:
        return QStringLiteral("a method that is not served under its path");
    case Refusal::WrongContentType:
        return QStringLiteral("a content type or encoding that is not accepted");
    case Refusal::TlsOnPlain:
        return QStringLiteral("TLS on a port that speaks plain HTTP");
    case Refusal::PlainOnTls:
        return QStringLiteral("plain HTTP on a port that speaks TLS");
    case Refusal::Malformed:
        return QStringLiteral("a request or message that does not parse");
    case Refusal::UnmatchedTelemetry:
        return QStringLiteral("internal telemetry whose service.instance.id belongs to no gateway, or to several");
    }
    return domain::word(kind);
}

/// What to change at the sender; empty where a limit was reached.
QString advice(Refusal kind, const QString &opampPath)
{
    switch (kind) {
    case Refusal::WrongHost:
        return QStringLiteral("Use localhost or 127.0.0.1 in the address, or add its name to server.allowed_hosts.");
    case Refusal::WrongOrigin:
        return QStringLiteral("A browser sent it. If that page is yours, add its origin to server.allowed_origins.");
    case Refusal::WrongPath:
        return QStringLiteral(
                   "Use the path %1 for OpAMP, /v1/metrics and /v1/logs for OTLP, without a slash at the end.")
            .arg(opampPath);
    case Refusal::WrongMethod:
        return QStringLiteral("Send OpAMP as a POST or over a WebSocket, OTLP as a POST.");
    case Refusal::WrongContentType:
        return QStringLiteral("Send application/x-protobuf (OTLP also application/json), uncompressed or with gzip.");
    case Refusal::TlsOnPlain:
        return QStringLiteral("Use ws:// instead of wss://, http:// instead of https://.");
    case Refusal::PlainOnTls:
        return QStringLiteral("Use wss:// instead of ws://, https:// instead of http://.");
    case Refusal::Malformed:
        return QStringLiteral("The sender may not speak OpAMP or OTLP over HTTP/1.1; gRPC and HTTP/2 are not served.");
    case Refusal::UnmatchedTelemetry:
        return QStringLiteral("Send it with the instance UID as service.instance.id, or with an id that the gateway "
                              "describes; `flowgatectl status` shows the id that came.");
    default:
        return {};
    }
}

QString origin(const domain::RefusalNews &news)
{
    const QString what = QStringLiteral("Refused %1: %2")
                             .arg(news.count == 1 ? QStringLiteral("once") : QStringLiteral("%1 times").arg(news.count),
                                  cause(news.kind));
    if (news.address.isEmpty())
        return what + u'.';
    if (news.fromAddress == news.count)
        return QStringLiteral("%1. From %2.").arg(what, news.address);
    return QStringLiteral("%1. Most often from %2, %3 of them.").arg(what, news.address).arg(news.fromAddress);
}

} // namespace

void Refusals::note(Refusal kind, const QString &peer)
{
    m_counts.add(kind);
    if (kind == Refusal::NotAdmitted)
        return; // RefusalLog tells of it, with the reason
    qCInfo(admissionLog).noquote() << "refused" << peer << domain::word(kind);
    m_tally.note(kind, hostOf(peer));
}

void Refusals::tick()
{
    for (const domain::RefusalNews &news : m_tally.takeDue(m_clock.awake())) {
        const QString todo = advice(news.kind, m_opampPath);
        m_events.add(QStringLiteral("server_refused"), todo.isEmpty() ? origin(news) : origin(news) + u' ' + todo);
    }
}

QString hostOf(const QString &peer)
{
    return peer.left(peer.lastIndexOf(u':'));
}

} // namespace flowgate::app
