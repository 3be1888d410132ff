// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/certificate.h"

namespace flowgate::app {

/// What is told of how TLS is spoken.
struct TlsFacts
{
    net::CertificateFacts certificate;
    bool isOwn = false;       ///< made by us; else from files that we were given
    QString keyIn;            ///< of our own: "keychain" or "file"
    bool asksClients = false; ///< for certificates of an authority

    friend bool operator==(const TlsFacts &, const TlsFacts &) = default;
};

/// Its SHA-256 fingerprint as other tools write it, "AB:CD:…".
[[nodiscard]] inline QString fingerprintText(const TlsFacts &tls)
{
    return net::fingerprintText(tls.certificate.fingerprint);
}

} // namespace flowgate::app
