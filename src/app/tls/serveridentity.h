// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"
#include "app/tls/owncertificate.h"
#include "app/tls/tlsfacts.h"

#include <QSslConfiguration>

#include <functional>

namespace flowgate::app {

/// The certificate that we are known by. Files that we were given are looked at again and again: another certificate
/// in them is used by the next connection, without a restart.
/// @thread io
class ServerIdentity
{
public:
    using Told = std::function<void(const QString &kind, const QString &text)>;

    /// Nothing of it: plain HTTP only. @return what is wrong with the files, in a sentence
    [[nodiscard]] static domain::Result<ServerIdentity, QString> of(const Options &options,
                                                                    const std::optional<OwnCertificate> &own);

    [[nodiscard]] const std::optional<QSslConfiguration> &configuration() const { return m_configuration; }
    /// For this address: files are for all, our own certificate for those that others can reach, or for all on request.
    [[nodiscard]] std::optional<QSslConfiguration> configurationFor(const net::ListenAddress &address) const;
    [[nodiscard]] const std::optional<TlsFacts> &facts() const { return m_facts; }
    /// PEM of whom gateways have to trust to reach us, or the proxy in front of us; empty: that is not known here.
    [[nodiscard]] const QByteArray &authorityPem() const { return m_authorityPem; }

    /// Reads the files again if they changed. @p told gets an event's kind and text, also once when the certificate is
    /// about to end.
    /// @return whether configuration() is another one
    bool look(domain::WallTime now, const Told &told);

private:
    struct Stamp
    {
        qint64 changed = 0;
        qint64 bytes = -1;
        friend bool operator==(const Stamp &, const Stamp &) = default;
    };
    [[nodiscard]] domain::Result<void, QString> load();
    [[nodiscard]] domain::Result<void, QString> readAuthority(const QByteArray &chainPem);
    using Names = std::array<QString, 4>;
    using Stamps = std::array<Stamp, 4>;
    [[nodiscard]] Stamps stamps() const;
    [[nodiscard]] Names files() const { return {m_certificateFile, m_keyFile, m_clientCaFile, m_authorityFile}; }

    QString m_certificateFile;
    QString m_keyFile;
    QString m_clientCaFile;
    QString m_authorityFile;
    bool m_everywhere = true;
    Stamps m_stamps;
    std::optional<QSslConfiguration> m_configuration;
    std::optional<TlsFacts> m_facts;
    QByteArray m_authorityPem;
    bool m_isEndTold = false;
};

} // namespace flowgate::app
