// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/time.h"

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QStringList>

#include <optional>

namespace flowgate::net {

/// A certificate with its key.
struct Identity
{
    QByteArray certificatePem;
    QByteArray keyPem; ///< PKCS #8, not encrypted
};

/// What a certificate of our own is for.
struct CertificateWish
{
    QStringList names;             ///< DNS names, at least one; the first is the subject
    QList<QHostAddress> addresses; ///< IP addresses
    domain::WallTime from{};
    domain::WallTime until{};
};

/// A new key (P-256) and a certificate for it that it signs itself. May be made a root of trust: it is its own
/// authority, and signs nothing else. Nothing: the crypto library failed.
/// @thread any; takes some milliseconds
[[nodiscard]] std::optional<Identity> makeSelfSigned(const CertificateWish &wish);

/// What is told of a certificate.
struct CertificateFacts
{
    QByteArray fingerprint; ///< SHA-256, 32 bytes
    QString subject;
    QStringList names; ///< DNS names and addresses that it is good for
    domain::WallTime until{};
    bool isSelfSigned = false;

    friend bool operator==(const CertificateFacts &, const CertificateFacts &) = default;
};

/// Of the first certificate in the text; nothing if there is none.
[[nodiscard]] std::optional<CertificateFacts> certificateFacts(const QByteArray &pem);

/// Whether the first certificate of @p chainPem leads to one of @p authoritiesPem, by the others in the chain. Its time
/// is not looked at.
[[nodiscard]] bool isIssuedBy(const QByteArray &chainPem, const QByteArray &authoritiesPem);
/// Whether the certificate is good for that name or address; its own names may have a wildcard in front:
/// "*.example.org" is good for "gw.example.org".
/// @source RFC 6125, 6.4.3
[[nodiscard]] bool isNamed(const CertificateFacts &certificate, const QString &host);

/// "AB:CD:…", as other tools write it.
[[nodiscard]] QString fingerprintText(const QByteArray &fingerprint);

} // namespace flowgate::net
