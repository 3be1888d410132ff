// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/telemetryintake.h"

#include "net/contentcoding.h"

#include <algorithm>

namespace flowgate::app {

namespace {

constexpr qsizetype readAtOnce = 64 * 1024;

using Work = domain::Result<telemetry::OtlpWork, net::GunzipError>;

} // namespace

QByteArray contentTypeOf(const net::RequestHead &head)
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

TelemetryIntake::TelemetryIntake(telemetry::OtlpReceiver &receiver, const domain::Clock &clock, Refusals &refusals)
    : m_receiver(receiver)
    , m_clock(clock)
    , m_refusals(refusals)
{
}

void TelemetryIntake::serve(telemetry::Signal signal, const net::HttpRequest &request, telemetry::Recipients recipients,
                            const net::Responder &responder)
{
    const auto coding = net::contentCoding(request.head.headers);
    if (coding == net::ContentCoding::Unknown) {
        m_refusals.note(domain::Refusal::WrongContentType, request.peer.text());
        return responder.answer(net::refusal(415, "Content-Encoding must be gzip or identity"));
    }
    const auto read = [signal, coding, body = request.body, type = contentTypeOf(request.head), now = m_clock.now(),
                       limits = m_receiver.limits(), held = request.held](qsizetype limit) -> Work {
        const auto inflated = net::decodedBody(body, coding, limit);
        if (!inflated)
            return domain::unexpected(inflated.error());
        return telemetry::decodeRequest(signal, type, *inflated, now, limits);
    };
    const auto answer = [this, responder, peer = request.peer.text(), recipients = std::move(recipients)](Work &&work) {
        if (!work) {
            m_refusals.note(work.error() == net::GunzipError::TooLarge ? domain::Refusal::BodySize
                                                                       : domain::Refusal::Malformed,
                            peer);
            return responder.answer(net::refusal(work.error()));
        }
        const telemetry::OtlpAnswer delivered = m_receiver.deliver(std::move(*work), recipients);
        if (delivered.retryAfterSeconds)
            m_refusals.note(domain::Refusal::Overload, peer);
        else if (delivered.status == 400)
            m_refusals.note(domain::Refusal::Malformed, peer);
        responder.answer(responseOf(delivered));
    };
    const QByteArray key = request.peer.text().toLatin1();
    if (request.body.size() <= readAtOnce && !m_pool.isBusy(key)) {
        Work work = read(std::min(readAtOnce, m_largestBody));
        if (work || m_largestBody <= readAtOnce || work.error() != net::GunzipError::TooLarge)
            return answer(std::move(work));
    }
    if (m_pool.submit(
            key, [read, largest = m_largestBody] { return read(largest); }, answer))
        return;
    m_refusals.note(domain::Refusal::Overload, request.peer.text());
    responder.answer(net::refusal(503, "too many big requests wait to be read", {{"Retry-After", "30"}}));
}

} // namespace flowgate::app
