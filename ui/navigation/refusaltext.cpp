// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/refusaltext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace flowgate::ui {

using domain::Refusal;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::Refusals)
};

} // namespace

QString refusalWord(Refusal kind)
{
    switch (kind) {
    case Refusal::Connections:
        return Texts::tr("Too many connections");
    case Refusal::ConnectionsPerAddress:
        return Texts::tr("Too many connections from one address");
    case Refusal::Handshakes:
        return Texts::tr("TLS handshakes, too many or too slow");
    case Refusal::HeadSize:
        return Texts::tr("Request head too large");
    case Refusal::HeadTime:
        return Texts::tr("No request in time");
    case Refusal::BodySize:
        return Texts::tr("Body too large");
    case Refusal::BodyTime:
        return Texts::tr("Body not there in time");
    case Refusal::MessageSize:
        return Texts::tr("WebSocket message too large");
    case Refusal::BytesInFlight:
        return Texts::tr("Too many bytes under way");
    case Refusal::SlowReader:
        return Texts::tr("Does not read what it is sent");
    case Refusal::Overload:
        return Texts::tr("Too many messages at a time");
    case Refusal::Gateways:
        return Texts::tr("New gateway beyond the most that are known");
    case Refusal::NotAdmitted:
        return Texts::tr("No token that counts, or rejected");
    case Refusal::FailedAttempts:
        return Texts::tr("Address failed too often");
    case Refusal::WrongHost:
        return Texts::tr("Host header of another computer");
    case Refusal::WrongOrigin:
        return Texts::tr("Web page of another origin");
    case Refusal::WrongPath:
        return Texts::tr("Wrong path");
    case Refusal::WrongMethod:
        return Texts::tr("Wrong method");
    case Refusal::WrongContentType:
        return Texts::tr("Wrong content type or encoding");
    case Refusal::TlsOnPlain:
        return Texts::tr("TLS on a port without TLS");
    case Refusal::PlainOnTls:
        return Texts::tr("Plain HTTP on a TLS port");
    case Refusal::Malformed:
        return Texts::tr("Request or message does not parse");
    case Refusal::UnmatchedTelemetry:
        return Texts::tr("Internal telemetry of no known gateway");
    }
    return domain::word(kind);
}

QString refusalText(const domain::RefusalCounts &counts)
{
    if (counts.total() == 0)
        return {};
    QStringList lines{Texts::tr("Turned away since the start:")};
    for (const Refusal kind : domain::allRefusals()) {
        if (counts.of(kind) > 0)
            lines.append(Texts::tr("%1: %2").arg(refusalWord(kind), QLocale().toString(counts.of(kind))));
    }
    return lines.join(u'\n');
}

} // namespace flowgate::ui
