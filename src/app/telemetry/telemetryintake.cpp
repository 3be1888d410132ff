// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/telemetry/telemetryintake.h"

#include "net/contentcoding.h"

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

TelemetryIntake::TelemetryIntake(telemetry::OtlpReceiver &receiver, const domain::Clock &clock)
    : m_receiver(receiver)
    , m_clock(clock)
{
}

void TelemetryIntake::serve(telemetry::Signal signal, const net::HttpRequest &request, const net::Responder &responder)
{
    const auto coding = net::contentCoding(request.head.headers);
    if (coding == net::ContentCoding::Unknown)
        return responder.answer(net::refusal(415, "Content-Encoding must be gzip or identity"));
    const auto read = [signal, coding, body = request.body, type = contentTypeOf(request.head), now = m_clock.now(),
                       held = request.held](qsizetype limit) -> Work {
        const auto inflated = net::decodedBody(body, coding, limit);
        if (!inflated)
            return domain::unexpected(inflated.error());
        return telemetry::decodeRequest(signal, type, *inflated, now, {});
    };
    const auto answer = [this, responder](Work &&work) {
        responder.answer(work ? responseOf(m_receiver.deliver(std::move(*work))) : net::refusal(work.error()));
    };
    const QByteArray key = request.peer.text().toLatin1();
    if (request.body.size() <= readAtOnce && !m_pool.isBusy(key)) {
        Work work = read(readAtOnce);
        if (work || work.error() != net::GunzipError::TooLarge)
            return answer(std::move(work));
    }
    if (!m_pool.submit(
            key, [read] { return read(largestBody); }, answer))
        responder.answer(net::refusal(503, "too many big requests wait to be read", {{"Retry-After", "30"}}));
}

} // namespace flowgate::app
