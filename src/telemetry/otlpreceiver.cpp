// SPDX-License-Identifier: GPL-3.0-or-later
#include "telemetry/otlpreceiver.h"

#include <QStringList>

#include <array>
#include <numeric>

namespace flowgate::telemetry {

namespace {

constexpr int retrySeconds = 30;

QString reasonFor(OtlpFailure failure, Signal signal, const OtlpLimits &limits)
{
    if (failure == OtlpFailure::TooManyFields)
        return QStringLiteral("the request has more than %1 fields").arg(limits.fields);
    return signal == Signal::Metrics ? QStringLiteral("not a valid ExportMetricsServiceRequest")
                                     : QStringLiteral("not a valid ExportLogsServiceRequest");
}

template<typename Record>
OtlpWork workFrom(domain::Result<Decoded<Record>, OtlpFailure> decoded, Signal signal, Encoding encoding,
                  const OtlpLimits &limits)
{
    if (!decoded)
        return {encoding, badRequest(encoding, reasonFor(decoded.error(), signal, limits))};
    return {encoding, std::move(*decoded)};
}

/// Counts what became of each record.
struct Tally
{
    Refused codec;
    std::array<qint64, domain::noOwnerKinds> unmatched{};
    qint64 taken = 0;
    qint64 unknown = 0;
    qint64 foreign = 0;
    qint64 busy = 0;

    [[nodiscard]] qint64 noOwner(domain::NoOwner why) const { return unmatched[static_cast<size_t>(why)]; }
    [[nodiscard]] qint64 refused() const
    {
        return std::accumulate(unmatched.begin(), unmatched.end(), codec.overLimit + unknown + foreign + busy);
    }

    [[nodiscard]] QString why() const
    {
        QStringList parts;
        const auto add = [&parts](qint64 count, const QString &text) {
            if (count > 0)
                parts.append(QStringLiteral("%1 %2").arg(count).arg(text));
        };
        add(noOwner(domain::NoOwner::NoId), QStringLiteral("without a service.instance.id"));
        add(noOwner(domain::NoOwner::Unknown), QStringLiteral("with a service.instance.id of no gateway here"));
        add(noOwner(domain::NoOwner::Ambiguous), QStringLiteral("with a service.instance.id of several gateways"));
        add(codec.overLimit, QStringLiteral("over the limit of one request"));
        add(unknown, QStringLiteral("of a gateway that is not known here"));
        add(foreign, QStringLiteral("of a gateway whose credential this is not"));
        add(busy, QStringLiteral("dropped for lack of room"));
        return QStringLiteral("not taken: ") + parts.join(QStringLiteral(", "));
    }
};

domain::Result<domain::GatewayId, domain::NoOwner> ownerByUid(const QString &instanceId)
{
    if (instanceId.isEmpty())
        return domain::unexpected(domain::NoOwner::NoId);
    const auto uid = domain::gatewayIdFromText(instanceId);
    if (!uid)
        return domain::unexpected(domain::NoOwner::Unknown);
    return *uid;
}

template<typename Record, typename Hand>
OtlpAnswer delivered(Decoded<Record> decoded, Signal signal, Encoding encoding, const Recipients &recipients, Hand hand)
{
    Tally tally;
    tally.codec = decoded.refused;
    for (Batch<Record> &batch : decoded.batches) {
        const auto count = static_cast<qint64>(batch.records.size());
        const auto owner = recipients.ownerOf ? recipients.ownerOf(batch.instanceId) : ownerByUid(batch.instanceId);
        if (!owner) {
            tally.unmatched[static_cast<size_t>(owner.error())] += count;
            continue;
        }
        batch.gateway = *owner;
        if (recipients.maySendFor && !recipients.maySendFor(batch.gateway)) {
            tally.foreign += count;
            continue;
        }
        switch (hand(std::move(batch))) {
        case TelemetrySink::Verdict::Taken:
            tally.taken += count;
            break;
        case TelemetrySink::Verdict::Unknown:
            tally.unknown += count;
            break;
        case TelemetrySink::Verdict::Busy:
            // Asking for the whole request again is right only while none of it was taken: records would come twice.
            if (tally.taken == 0)
                return busy(encoding, QStringLiteral("too much is waiting to be stored"), retrySeconds);
            tally.busy += count;
            break;
        }
    }
    return taken(signal, encoding, tally.refused(), tally.why());
}

} // namespace

std::optional<Encoding> encodingOf(QByteArrayView contentType)
{
    const qsizetype semicolon = contentType.indexOf(';');
    const QByteArray type =
        contentType.first(semicolon < 0 ? contentType.size() : semicolon).toByteArray().trimmed().toLower();
    if (type == "application/x-protobuf")
        return Encoding::Protobuf;
    return type == "application/json" ? std::optional(Encoding::Json) : std::nullopt;
}

OtlpAnswer wrongType()
{
    return unsupportedMedia(Encoding::Protobuf,
                            QStringLiteral("the content type must be application/x-protobuf or application/json"));
}

OtlpWork decodeRequest(Signal signal, QByteArrayView contentType, QByteArrayView body, domain::WallTime arrival,
                       const OtlpLimits &limits)
{
    const auto known = encodingOf(contentType);
    if (!known)
        return {Encoding::Protobuf, wrongType()};
    const Encoding encoding = *known;
    if (signal == Signal::Metrics)
        return workFrom(decodeMetrics(body, arrival, limits, encoding), signal, encoding, limits);
    return workFrom(decodeLogs(body, arrival, limits, encoding), signal, encoding, limits);
}

OtlpReceiver::OtlpReceiver(TelemetrySink &sink, const domain::Clock &clock, const OtlpLimits &limits)
    : m_sink(sink)
    , m_clock(clock)
    , m_limits(limits)
{
}

OtlpAnswer OtlpReceiver::answer(Signal signal, QByteArrayView contentType, QByteArrayView body)
{
    return deliver(decodeRequest(signal, contentType, body, m_clock.now(), m_limits));
}

OtlpAnswer OtlpReceiver::deliver(OtlpWork work, const Recipients &recipients)
{
    if (auto *metrics = std::get_if<Decoded<MetricPoint>>(&work.result)) {
        return delivered(std::move(*metrics), Signal::Metrics, work.encoding, recipients,
                         [this](MetricBatch batch) { return m_sink.takeMetrics(std::move(batch)); });
    }
    if (auto *logs = std::get_if<Decoded<LogLine>>(&work.result)) {
        return delivered(std::move(*logs), Signal::Logs, work.encoding, recipients,
                         [this](LogBatch batch) { return m_sink.takeLogs(std::move(batch)); });
    }
    return std::get<OtlpAnswer>(std::move(work.result));
}

} // namespace flowgate::telemetry
