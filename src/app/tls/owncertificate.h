// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tls/keyvault.h"
#include "net/certificate.h"

#include <vector>

namespace flowgate::app {

/// A certificate that we made for ourselves.
struct OwnCertificate
{
    net::Identity identity;
    net::CertificateFacts facts;
    QString keyIn; ///< KeyVault::kind()
    bool isNew = false;
    QString note; ///< a sentence to be told; empty: nothing
};

/// The DNS names and addresses by which this machine may be reached.
struct HostNames
{
    QStringList names;
    QList<QHostAddress> addresses;
};
[[nodiscard]] HostNames namesOfThisHost();

/// The certificate of a data folder ("tls-cert.pem") with its key from the first vault that has it. Where there is
/// none, or it ends within renewBefore, one is made, and its key given to the first vault that takes it.
/// @return a sentence about what is wrong and what to do, where the folder holds something that cannot be used
[[nodiscard]] domain::Result<OwnCertificate, QString>
ownCertificate(const QString &folder, const HostNames &host, domain::WallTime now,
               const std::vector<std::unique_ptr<KeyVault>> &vaults);

inline constexpr domain::milliseconds certificateLasts = std::chrono::days(5 * 365);
inline constexpr domain::milliseconds renewBefore = std::chrono::days(60);

} // namespace flowgate::app
