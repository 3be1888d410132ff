// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/token.h"

#include "domain/words.h"

#include <QCryptographicHash>

namespace flowgate::domain {

namespace {

constexpr Words<AutomaticAdmission, 4> automaticWords{{{
    {AutomaticAdmission::Loopback, u"loopback"},
    {AutomaticAdmission::Token, u"token"},
    {AutomaticAdmission::Always, u"always"},
    {AutomaticAdmission::Never, u"never"},
}}};

/// What approves it, the token first: that was given to it by somebody.
std::optional<AdmittedBy> approves(const Arrival &arrival, AutomaticAdmission automatic)
{
    if (arrival.before && arrival.bringsIssued)
        return AdmittedBy::Token;
    if (automatic != AutomaticAdmission::Never && arrival.tokenApproves)
        return AdmittedBy::Token;
    if (automatic == AutomaticAdmission::Loopback && arrival.isSameUser)
        return AdmittedBy::SameUser;
    if (automatic == AutomaticAdmission::Always)
        return AdmittedBy::Setting;
    return {};
}

/// What it was until it came.
Admission standingOf(const Arrival &arrival)
{
    const Admission before = arrival.before.value_or(Admission::Pending);
    return arrival.comesAnew && before == Admission::Approved ? Admission::Pending : before;
}

/// It belongs to one gateway, and that is not this one.
bool isOfAnother(const Token &token, const GatewayId &gateway)
{
    const auto &owner = ownerOf(token);
    return token.scope == TokenScope::PerGateway && owner && *owner != gateway;
}

/// The gateway has its own token, and comes with this other one, or with none.
CredentialVerdict judgeAnother(const CredentialClaim &claim)
{
    // The next one of its own: both count until it came with that.
    if (claim.token && claim.token->issuedTo == claim.uid)
        return CredentialVerdict::Accepted;
    // Else whoever holds a token that many share could say it is this gateway.
    if (!claim.token || claim.token->scope != TokenScope::Bootstrap || !claim.owned->issuedTo)
        return CredentialVerdict::OtherCredential;
    return claim.ownedInUse ? CredentialVerdict::Occupied : CredentialVerdict::Accepted;
}

} // namespace

const std::optional<GatewayId> &ownerOf(const Token &token)
{
    return token.boundTo ? token.boundTo : token.issuedTo;
}

template<>
std::optional<AutomaticAdmission> fromWord<AutomaticAdmission>(QStringView text)
{
    return automaticWords.find(text);
}

TokenState stateOf(const Token &token, WallTime now)
{
    if (token.revokedAt)
        return TokenState::Revoked;
    return token.expiresAt && *token.expiresAt <= now ? TokenState::Expired : TokenState::Live;
}

bool isLive(const Token &token, WallTime now)
{
    return stateOf(token, now) == TokenState::Live;
}

CredentialVerdict judgeCredential(const CredentialClaim &claim, WallTime now)
{
    const Token *token = claim.token;
    if (!token) {
        if (claim.isRequired)
            return claim.brought ? CredentialVerdict::Unknown : CredentialVerdict::Missing;
    } else if (token->revokedAt) {
        return CredentialVerdict::Revoked;
    } else if (!isLive(*token, now)) {
        return CredentialVerdict::Expired;
    }
    if (claim.uid && token && isOfAnother(*token, *claim.uid))
        return CredentialVerdict::OtherGateway;
    if (claim.uid && claim.owned && claim.owned != token)
        return judgeAnother(claim);
    return CredentialVerdict::Accepted;
}

QString reason(CredentialVerdict verdict)
{
    switch (verdict) {
    case CredentialVerdict::Accepted:
        return {};
    case CredentialVerdict::Missing:
        return QStringLiteral("a token is required");
    case CredentialVerdict::Unknown:
        return QStringLiteral("the token is not known");
    case CredentialVerdict::Revoked:
        return QStringLiteral("the token is revoked");
    case CredentialVerdict::Expired:
        return QStringLiteral("the token is expired");
    case CredentialVerdict::OtherGateway:
        return QStringLiteral("the token belongs to another gateway");
    case CredentialVerdict::OtherCredential:
        return QStringLiteral("this gateway has a token of its own, and this is not it");
    case CredentialVerdict::Occupied:
        return QStringLiteral("this gateway is connected with a token of its own");
    }
    return {};
}

Admission admissionOf(const Arrival &arrival, AutomaticAdmission automatic)
{
    return groundOf(arrival, automatic) ? Admission::Approved : standingOf(arrival);
}

std::optional<AdmittedBy> groundOf(const Arrival &arrival, AutomaticAdmission automatic)
{
    if (standingOf(arrival) != Admission::Pending)
        return {};
    return approves(arrival, automatic);
}

QByteArray tokenText(QByteArrayView random)
{
    return "fgt_" + random.toByteArray().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

TokenHash tokenHash(QByteArrayView text)
{
    return TokenHash(QCryptographicHash::hash(text.toByteArray(), QCryptographicHash::Sha256));
}

QByteArrayView bearerText(QByteArrayView authorization)
{
    const QByteArrayView scheme = "Bearer ";
    if (authorization.size() <= scheme.size() ||
        authorization.first(scheme.size()).compare(scheme, Qt::CaseInsensitive) != 0)
        return {};
    return authorization.sliced(scheme.size()).trimmed();
}

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    unsigned char difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= static_cast<unsigned char>(a[i] ^ b[i]);
    return difference == 0;
}

} // namespace flowgate::domain
