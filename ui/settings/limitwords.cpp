// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/limitwords.h"

#include <QCoreApplication>

namespace flowgate::ui {

using Key = app::Setting;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::LimitWords)
};

} // namespace

SettingWords limitWords(const app::SettingSpec &spec)
{
    const QString limits = Texts::tr("Limits");
    const QString telemetry = Texts::tr("Own telemetry");
    const QString atOnce = Texts::tr("At once");
    const QString nextRequest = Texts::tr("With the next request");
    const QString nextConnection = Texts::tr("With the next connection; those that are open stay");
    switch (spec.setting) {
    case Key::Gateways:
        return {limits, Texts::tr("Most gateways"),
                Texts::tr("That are known at a time. New ones beyond are asked to come later; known ones come in."),
                atOnce};
    case Key::Connections:
        return {limits, Texts::tr("Most connections"), Texts::tr("At a time, from everywhere."), nextConnection};
    case Key::ConnectionsPerAddress:
        return {limits, Texts::tr("Most connections from one address"),
                Texts::tr("At a time. A whole fleet may stand behind one address."), nextConnection};
    case Key::HeadSize:
        return {limits, Texts::tr("Largest request head"), Texts::tr("The first line of a request and its headers."),
                nextConnection};
    case Key::HeadTime:
        return {limits, Texts::tr("Request head within"), Texts::tr("How long it may take to arrive."), nextRequest};
    case Key::IdleTime:
        return {limits, Texts::tr("Keep idle connections for"),
                Texts::tr("Between two requests over HTTP. It should be twice as long as gateways poll."), nextRequest};
    case Key::BodySize:
        return {limits, Texts::tr("Largest HTTP body"), Texts::tr("As it is received, compressed or not."),
                nextRequest};
    case Key::BodyInflated:
        return {limits, Texts::tr("Largest HTTP body, decompressed"), Texts::tr("What it may become in memory."),
                nextRequest};
    case Key::MessageSize:
        return {limits, Texts::tr("Largest WebSocket message"), Texts::tr("A connection that brings more is closed."),
                nextConnection};
    case Key::BytesInFlight:
        return {limits, Texts::tr("Most bytes under way"),
                Texts::tr("Large messages that arrive and are worked on, all connections together."), atOnce};
    case Key::Unsent:
        return {limits, Texts::tr("Most bytes unread"),
                Texts::tr("What a gateway may leave unread before its WebSocket is closed."), atOnce};
    case Key::FailedAttempts:
        return {limits, Texts::tr("Failed attempts of one address"),
                Texts::tr("Requests without a token that counts. After so many the address has to wait; "
                          "connections that are open stay. 0: it never has to."),
                atOnce};
    case Key::FailedWithin:
        return {limits, Texts::tr("Failed attempts count for"), Texts::tr("Counted from the first of them."),
                Texts::tr("With the next count of an address")};
    case Key::FailedPause:
        return {limits, Texts::tr("Then the address waits for"), Texts::tr("It is told how long."),
                Texts::tr("With the next address that fails too often")};
    case Key::TelemetryBody:
        return {telemetry, Texts::tr("Largest request"), Texts::tr("As it is received, and decompressed."),
                nextRequest};
    case Key::TelemetryRecords:
        return {telemetry, Texts::tr("Most records of a request"),
                Texts::tr("Points or log lines. Further ones are not taken, and the gateway is told so."), nextRequest};
    default:
        break;
    }
    return {Texts::tr("Other"), spec.key, spec.description, spec.takesEffect};
}

} // namespace flowgate::ui
