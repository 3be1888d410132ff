// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tls/serveridentity.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace flowgate::app {

namespace {

constexpr domain::milliseconds warnBefore = std::chrono::days(30);
constexpr qint64 largestFile = 1024 * 1024;

domain::Result<QByteArray, QString> contentsOf(const QString &name)
{
    if (name.isEmpty())
        return QByteArray();
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return domain::unexpected(QStringLiteral("%1 cannot be read: %2").arg(name, file.errorString()));
    return file.read(largestFile);
}

QString words(net::TlsError error, const std::array<QString, 4> &files)
{
    switch (error) {
    case net::TlsError::NoCertificate:
        return QStringLiteral("%1 has no PEM certificate").arg(files[0]);
    case net::TlsError::NoKey:
        return QStringLiteral("%1 has no readable, unencrypted PEM key").arg(files[1]);
    case net::TlsError::KeyMismatch:
        return QStringLiteral("the key in %1 does not belong to the first certificate in %2").arg(files[1], files[0]);
    case net::TlsError::NoCa:
        return QStringLiteral("%1 has no PEM certificate").arg(files[2]);
    case net::TlsError::NotSupported:
        return QStringLiteral("Qt has no TLS on this machine");
    }
    return {};
}

} // namespace

domain::Result<ServerIdentity, QString> ServerIdentity::of(const Options &options,
                                                           const std::optional<OwnCertificate> &own)
{
    ServerIdentity identity;
    identity.m_authorityFile = options.tlsCaFile;
    if (!options.tlsCertificateFile.isEmpty()) {
        identity.m_certificateFile = options.tlsCertificateFile;
        identity.m_keyFile = options.tlsKeyFile;
        identity.m_clientCaFile = options.clientCaFile;
        if (const auto loaded = identity.load(); !loaded)
            return domain::unexpected(loaded.error());
        return identity;
    }
    if (!identity.m_authorityFile.isEmpty()) { // of a proxy
        if (const auto read = identity.readAuthority({}); !read)
            return domain::unexpected(read.error());
    }
    if (!own)
        return identity;
    const auto configuration = net::tlsConfiguration(own->identity.certificatePem, own->identity.keyPem);
    if (!configuration)
        return domain::unexpected(words(configuration.error(), {own->facts.subject, own->facts.subject, {}, {}}));
    identity.m_configuration = *configuration;
    identity.m_facts = TlsFacts{own->facts, true, own->keyIn, false};
    if (identity.m_authorityFile.isEmpty() && !options.publicUrl)
        identity.m_authorityPem = own->identity.certificatePem;
    identity.m_everywhere = options.tls == Options::Tls::Always;
    return identity;
}

std::optional<QSslConfiguration> ServerIdentity::configurationFor(const net::ListenAddress &address) const
{
    return m_everywhere || !address.isLoopback() ? m_configuration : std::nullopt;
}

ServerIdentity::Stamps ServerIdentity::stamps() const
{
    Stamps all;
    const Names names = files();
    for (size_t i = 0; i < names.size(); ++i) {
        const QFileInfo file(names[i]);
        if (!names[i].isEmpty() && file.exists())
            all[i] = {file.lastModified().toMSecsSinceEpoch(), file.size()};
    }
    return all;
}

/// @param chainPem  that it has to fit; empty: the proxy's, which is not known here
domain::Result<void, QString> ServerIdentity::readAuthority(const QByteArray &chainPem)
{
    const auto pem = contentsOf(m_authorityFile);
    if (!pem)
        return domain::unexpected(pem.error());
    if (!net::certificateFacts(*pem))
        return domain::unexpected(QStringLiteral("%1 has no PEM certificate").arg(m_authorityFile));
    if (!chainPem.isEmpty() && !net::isIssuedBy(chainPem, *pem))
        return domain::unexpected(
            QStringLiteral("the certificate in %1 was not issued by an authority in %2: gateways that are told to "
                           "trust that could not come back")
                .arg(m_certificateFile, m_authorityFile));
    m_authorityPem = *pem;
    return {};
}

domain::Result<void, QString> ServerIdentity::load()
{
    const Names names = files();
    // Before they are read: what is written meanwhile is seen the next time.
    m_stamps = stamps();
    std::array<QByteArray, 3> contents;
    for (size_t i = 0; i < contents.size(); ++i) {
        const auto read = contentsOf(names[i]);
        if (!read)
            return domain::unexpected(read.error());
        contents[i] = *read;
    }
    const auto configuration = net::tlsConfiguration(contents[0], contents[1], contents[2]);
    if (!configuration)
        return domain::unexpected(words(configuration.error(), names));
    if (!m_authorityFile.isEmpty()) {
        if (const auto read = readAuthority(contents[0]); !read)
            return read;
    }
    m_configuration = *configuration;
    m_facts = TlsFacts{*net::certificateFacts(contents[0]), false, {}, !names[2].isEmpty()};
    return {};
}

bool ServerIdentity::look(domain::WallTime now, const Told &told)
{
    bool isOther = false;
    if (!m_certificateFile.isEmpty() && stamps() != m_stamps) {
        const std::optional<TlsFacts> before = m_facts;
        if (const auto loaded = load(); !loaded) {
            told(QStringLiteral("certificate_not_usable"),
                 QStringLiteral("The certificate files changed, but cannot be used: %1. The one before stays in use.")
                     .arg(loaded.error()));
        } else {
            isOther = true;
            m_isEndTold = false;
            if (m_facts != before)
                told(QStringLiteral("certificate_changed"),
                     QStringLiteral("The certificate files changed; connections from now on get the one with the "
                                    "SHA-256 fingerprint %1")
                         .arg(net::fingerprintText(m_facts->certificate.fingerprint)));
        }
    }
    if (m_facts && !m_isEndTold && m_facts->certificate.until - now < warnBefore) {
        m_isEndTold = true;
        const QString end = domain::rfc3339(m_facts->certificate.until);
        told(QStringLiteral("certificate_ends"),
             m_facts->isOwn ? QStringLiteral("The certificate ends at %1: start again to have it renewed").arg(end)
                            : QStringLiteral("The certificate ends at %1: put a newer one into its file").arg(end));
    }
    return isOther;
}

} // namespace flowgate::app
