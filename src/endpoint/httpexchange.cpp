// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoint/httpexchange.h"

#include "endpoint/messages.h"
#include "endpoint/peerof.h"
#include "net/contentcoding.h"

#include <variant>

namespace flowgate::endpoint {
namespace {

const QByteArray protobuf = "application/x-protobuf"; // exactly this: there is a client that drops anything else (X4b)

/// A body that was decoded, as far as that went.
using Decoded = std::variant<DecodedReport, net::GunzipError>;

Decoded decode(const QByteArray &body, net::ContentCoding coding, qsizetype limit)
{
    const auto message = net::decodedBody(body, coding, limit);
    if (!message)
        return message.error();
    return decodeReport(*message);
}

/// What is needed to answer, without the body.
struct Exchange
{
    net::Headers headers;
    domain::Peer peer;
    net::Responder responder;
};

void respond(EndpointContext &context, const Exchange &exchange, int status, QByteArray body,
             std::vector<net::Header> headers = {})
{
    net::HttpResponse response{.status = status,
                               .body = std::move(body),
                               .contentType = protobuf,
                               .headers = std::move(headers),
                               .close = false};
    if (response.body.size() <= context.settings.inlineBytes) {
        net::encodeBody(response, exchange.headers);
        return exchange.responder.answer(std::move(response));
    }
    // Too much to compress between two messages of others.
    const QByteArray key = "z" + QByteArray::number(++context.lastPacking);
    const bool taken = context.pool.submit(
        key,
        [response, headers = exchange.headers]() mutable {
            net::encodeBody(response, headers);
            return std::move(response);
        },
        [responder = exchange.responder](net::HttpResponse &&packed) { responder.answer(std::move(packed)); });
    if (!taken)
        exchange.responder.answer(std::move(response)); // uncompressed is always allowed
}

net::Header retryAfter(std::chrono::nanoseconds time)
{
    return {"Retry-After", QByteArray::number(std::chrono::ceil<std::chrono::seconds>(time).count())};
}

net::HttpResponse overloaded(EndpointContext &context, const Exchange &exchange)
{
    ++context.counters.unavailable;
    context.refused(domain::Refusal::Overload, exchange.peer.address);
    return net::refusal(503, "the server is overloaded", {retryAfter(context.settings.retryAfter)});
}

void answerReport(EndpointContext &context, const Exchange &exchange, const domain::AgentReport &report)
{
    const domain::ServerReply reply = context.handler.handle(exchange.peer, report);
    FittedReply fitted = fittedReply(reply, context.settings.replyLimit);
    if (fitted.tooLarge > 0) {
        ++context.counters.tooLarge;
        context.handler.replyTooLarge(exchange.peer, report.id, fitted.tooLarge);
    }
    if (!fitted.bytes)
        return exchange.responder.answer(net::refusal(500, "the answer is over the size limit"));
    // Clients look past an error in a 200; a 503 makes them send the same message again later (ER5).
    const auto *error = std::get_if<domain::ErrorReply>(&reply.body);
    if (error && error->type == domain::ReplyError::Unavailable)
        return respond(context, exchange, 503, *std::move(fitted.bytes),
                       {retryAfter(error->retryAfter.value_or(context.settings.retryAfter))});
    respond(context, exchange, 200, *std::move(fitted.bytes));
}

void answerDecoded(EndpointContext &context, const Exchange &exchange, const Decoded &decoded)
{
    if (const auto *error = std::get_if<net::GunzipError>(&decoded)) {
        ++context.counters.malformed;
        context.refused(*error == net::GunzipError::TooLarge ? domain::Refusal::BodySize : domain::Refusal::Malformed,
                        exchange.peer.address);
        return exchange.responder.answer(net::refusal(*error));
    }
    const DecodedReport &report = std::get<DecodedReport>(decoded);
    if (report)
        return answerReport(context, exchange, *report);
    ++context.counters.malformed;
    context.refused(domain::Refusal::Malformed, exchange.peer.address);
    const DecodeFailure &failure = report.error();
    // Clients ignore the body of anything but a 200, so what does parse is told why in one (ER1).
    const int status = failure.kind == DecodeFailure::Kind::NotProtobuf ? 400 : 200;
    respond(context, exchange, status, encodeReply(badRequest(failure)));
}

/// Requests of one agent keep their order, as far as the agent says who it is before the body is read (T35).
QByteArray orderKey(const net::HttpRequest &request)
{
    const QByteArray uid = request.head.headers.first("OpAMP-Instance-UID").value_or(QByteArray());
    return uid.isEmpty() ? "c" + request.peer.text().toLatin1() : "u" + uid.toLower();
}

} // namespace

void serveHttp(EndpointContext &context, net::HttpRequest request, net::Responder responder)
{
    ++context.counters.httpRequests;
    const EndpointSettings &settings = context.settings;
    const net::ContentCoding coding = net::contentCoding(request.head.headers);
    const QByteArray key = orderKey(request);
    Exchange exchange{.headers = {},
                      .peer = peerOf(request.head.headers, request.peer, domain::Transport::Http, 0),
                      .responder = std::move(responder)};
    exchange.headers.lines = std::move(request.head.headers.lines);
    if (request.body.size() <= settings.inlineBytes && !context.pool.isBusy(key)) {
        const qsizetype limit = std::min(settings.inlineBytes, settings.limits.inflated);
        const Decoded decoded = decode(request.body, coding, limit);
        const auto *error = std::get_if<net::GunzipError>(&decoded);
        // A small body may inflate to a big one: that is for the pool, from the start.
        if (!error || *error != net::GunzipError::TooLarge || limit == settings.limits.inflated)
            return answerDecoded(context, exchange, decoded);
    }
    const bool taken = context.pool.submit(
        key,
        [body = std::move(request.body), held = std::move(request.held), coding, limit = settings.limits.inflated] {
            return decode(body, coding, limit);
        },
        [&context, exchange](Decoded &&decoded) { answerDecoded(context, exchange, decoded); });
    if (!taken)
        exchange.responder.answer(overloaded(context, exchange));
}

} // namespace flowgate::endpoint
