// SPDX-License-Identifier: GPL-3.0-or-later
// One OpAMP message: header, protobuf, limits, what becomes of it in the domain, and the reply.
#include "domain/mergereport.h"
#include "domain/standing.h"
#include "endpoint/messages.h"
#include "endpoint/varint.h"
#include "fuzz.h"
#include "proto/fieldbudget.h"
#include "proto/parse.h"

#include <QCryptographicHash>

#include <opamp.pb.h>

using namespace flowgate;
using fuzz::require;

namespace {

namespace wire = opamp::proto::v1;

constexpr domain::WallTime now{domain::milliseconds(1'795'000'000'000)};

void checkVarint(QByteArrayView bytes)
{
    const auto read = endpoint::readVarint(bytes);
    if (!read)
        return;
    const QByteArray written = endpoint::varintBytes(read->value);
    require(read->size >= written.size() && read->size <= bytes.size(), "a varint lies in its bytes");
    const auto again = endpoint::readVarint(written);
    require(again && again->value == read->value && again->size == written.size(), "a varint reads as it was written");
}

void checkBudget(QByteArrayView bytes)
{
    const google::protobuf::Descriptor &type = *wire::AgentToServer::descriptor();
    const bool few = proto::withinFieldBudget(bytes, type, 20);
    require(!few || proto::withinFieldBudget(bytes, type, 200), "what fits a small budget fits a bigger one");
    wire::AgentToServer message;
    if (!proto::parse(bytes, message, 20))
        require(static_cast<qsizetype>(message.SpaceUsedLong()) < 20'000 + 64 * bytes.size(),
                "few fields take little memory");
}

/// Without the digest, which is one of the bytes.
domain::AgentReport bare(domain::AgentReport report)
{
    report.digest.clear();
    return report;
}

void checkReport(const domain::AgentReport &report, QByteArrayView message)
{
    require(report.id.bytes().size() == 16 && report.id.bytes().count('\0') < 16, "an id has 16 bytes, not all zero");
    require(report.wireUid.size() == 16 || report.wireUid.size() == 26, "a uid is raw or the text of a ULID");
    require(report.digest == QCryptographicHash::hash(message, QCryptographicHash::Sha256), "the digest is SHA-256");

    wire::AgentToServer parsed;
    require(parsed.ParseFromArray(message.data(), static_cast<int>(message.size())), "a report is protobuf");
    std::string written;
    parsed.SerializeToString(&written);
    const auto again = endpoint::decodeReport({written.data(), static_cast<qsizetype>(written.size())});
    require(again.has_value(), "a report that is written again is one");
    if (bare(report) == bare(report)) // a number that is none is not equal to itself
        require(bare(*again) == bare(report), "a report that is written again is the same");
}

void checkDomain(const domain::AgentReport &report)
{
    domain::Gateway gateway;
    gateway.id = report.id;
    domain::Merged merged = domain::mergeReport(gateway, report, now);
    require(merged.gateway.id == report.id, "a report does not change who the gateway is");
    (void)domain::refreshStandings(merged.gateway, now);
    (void)domain::displayName(merged.gateway);
    const domain::Merged twice = domain::mergeReport(merged.gateway, report, now);
    require(twice.facts.retry || report.sequence == 0 || report.digest.isEmpty(), "the same report again is a retry");
    if (report.health)
        (void)domain::deepestError(*report.health);
    if (report.effectiveConfig)
        require(domain::canonicalHash(*report.effectiveConfig).bytes().size() == 32, "a config has a hash");
    if (report.description) {
        for (const domain::Attribute &attribute : report.description->identifying)
            (void)domain::attributeText(attribute.value);
    }
}

void checkReply(const domain::ServerReply &reply)
{
    const QByteArray bytes = endpoint::encodeReply(reply);
    wire::ServerToAgent parsed;
    require(parsed.ParseFromArray(bytes.constData(), static_cast<int>(bytes.size())), "a reply is protobuf");
    require(QByteArray::fromStdString(parsed.instance_uid()) == reply.wireUid, "a reply repeats the uid");
    require(parsed.has_error_response() == std::holds_alternative<domain::ErrorReply>(reply.body), "errors say so");
    const endpoint::FittedReply fitted = endpoint::fittedReply(reply, 60);
    require(!fitted.bytes || fitted.bytes->size() <= 60, "a fitted reply fits");
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes = fuzz::view(data, size);
    checkVarint(bytes);
    checkBudget(bytes.sliced(std::min<qsizetype>(bytes.size(), 1)));
    const endpoint::DecodedReport strict = endpoint::decodeWebSocketMessage(bytes, true);
    const endpoint::DecodedReport lax = endpoint::decodeWebSocketMessage(bytes, false);
    if (strict)
        require(lax.has_value() && lax->digest == strict->digest, "what is strictly right is right");
    if (!lax) {
        require(!lax.error().reason.isEmpty(), "a failure says why");
        checkReply(endpoint::badRequest(lax.error(), "known"));
        return 0;
    }
    const QByteArrayView message = strict ? bytes.sliced(endpoint::readVarint(bytes)->size) : bytes;
    const auto plain = endpoint::decodeReport(message); // as it comes over HTTP
    require(plain.has_value() && plain->digest == lax->digest, "the header changes nothing");
    checkReport(*lax, message);
    checkDomain(*lax);
    checkReply({.wireUid = lax->wireUid, .body = domain::NormalReply{.askFullState = true, .capabilities = 7}});
    return 0;
}
