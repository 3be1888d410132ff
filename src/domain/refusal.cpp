// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/refusal.h"

#include "domain/words.h"

namespace flowgate::domain {

namespace {

constexpr Words<Refusal, refusalKinds> refusalWords{{{
    {Refusal::Connections, u"connections"},
    {Refusal::ConnectionsPerAddress, u"connections_per_address"},
    {Refusal::Handshakes, u"handshakes"},
    {Refusal::HeadSize, u"head_size"},
    {Refusal::HeadTime, u"head_time"},
    {Refusal::BodySize, u"body_size"},
    {Refusal::BodyTime, u"body_time"},
    {Refusal::MessageSize, u"message_size"},
    {Refusal::BytesInFlight, u"bytes_in_flight"},
    {Refusal::SlowReader, u"slow_reader"},
    {Refusal::Overload, u"overload"},
    {Refusal::Gateways, u"gateways"},
    {Refusal::NotAdmitted, u"not_admitted"},
    {Refusal::FailedAttempts, u"failed_attempts"},
    {Refusal::WrongHost, u"wrong_host"},
    {Refusal::WrongOrigin, u"wrong_origin"},
    {Refusal::WrongPath, u"wrong_path"},
    {Refusal::WrongMethod, u"wrong_method"},
    {Refusal::WrongContentType, u"wrong_content_type"},
    {Refusal::TlsOnPlain, u"tls_on_plain"},
    {Refusal::PlainOnTls, u"plain_on_tls"},
    {Refusal::Malformed, u"malformed"},
    {Refusal::UnmatchedTelemetry, u"unmatched_telemetry"},
}}};

} // namespace

const std::array<Refusal, refusalKinds> &allRefusals()
{
    static constexpr auto kinds = [] {
        std::array<Refusal, refusalKinds> all{};
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = refusalWords.table[i].first;
        return all;
    }();
    return kinds;
}

QString word(Refusal value)
{
    return refusalWords.of(value);
}

} // namespace flowgate::domain
