// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QHostAddress>
#include <QSslConfiguration>
#include <QString>

#include <optional>

namespace flowgate::net {

/// ADDR:PORT to listen on. Port 0 picks a free one.
struct ListenAddress
{
    QHostAddress host;
    quint16 port = 0;

    /// "127.0.0.1:4320", "[::1]:4320".
    [[nodiscard]] QString text() const;
    /// True if only this machine can reach it; the unspecified address is not loopback.
    [[nodiscard]] bool isLoopback() const;

    friend bool operator==(const ListenAddress &, const ListenAddress &) = default;
};

/// Reads "127.0.0.1:4320", "[::1]:0", "localhost:4320", "*:4320" (every address). Nothing for anything else.
[[nodiscard]] std::optional<ListenAddress> listenAddressFromText(QStringView text);

/// Why an address cannot be listened on.
struct ListenError
{
    enum class Kind { InUse, NotPermitted, NoSuchAddress, Other };
    Kind kind = Kind::Other;
    ListenAddress address;
    QString detail; ///< the system's words
};

enum class TlsError {
    NoCertificate, ///< no PEM certificate in the text
    NoKey,         ///< no readable, unencrypted PEM key
    KeyMismatch,   ///< the key is not the first certificate's
    NoCa,          ///< client CA text without a certificate
    NotSupported,  ///< no TLS backend
};

/// A server's TLS settings: 1.2 or newer.
/// @param chainPem     own certificate first, then intermediates
/// @param keyPem       RSA or EC key
/// @param clientCaPem  empty: no client certificate is asked for; else one is asked for and must verify
/// @thread any
[[nodiscard]] domain::Result<QSslConfiguration, TlsError>
tlsConfiguration(const QByteArray &chainPem, const QByteArray &keyPem, const QByteArray &clientCaPem = {});

/// Whether a machine that was told nothing trusts the certificate: it leads to a root that this system knows. Its names
/// are not looked at.
[[nodiscard]] bool isTrustedEverywhere(const QSslConfiguration &configuration);

} // namespace flowgate::net
