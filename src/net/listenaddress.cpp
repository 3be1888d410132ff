// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/listenaddress.h"

#include "net/openssl.h"

#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

namespace flowgate::net {
namespace {

Bio memory(const QByteArray &bytes)
{
    return Bio(BIO_new_mem_buf(bytes.constData(), static_cast<int>(bytes.size())));
}

/// Refuses encrypted keys instead of asking for a passphrase on the terminal.
int noPassphrase(char *, int, int, void *)
{
    return -1;
}

bool keyFits(const QByteArray &chainPem, const QByteArray &keyPem)
{
    const Bio certificateBio = memory(chainPem);
    const Bio keyBio = memory(keyPem);
    const X509Ptr certificate(PEM_read_bio_X509(certificateBio.get(), nullptr, noPassphrase, nullptr));
    const PKeyPtr key(PEM_read_bio_PrivateKey(keyBio.get(), nullptr, noPassphrase, nullptr));
    return certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
}

} // namespace

QString ListenAddress::text() const
{
    QHostAddress shown = host;
    bool mapped = false;
    if (const quint32 v4 = host.toIPv4Address(&mapped);
        mapped && v4 != 0 && host.protocol() == QAbstractSocket::IPv6Protocol)
        shown = QHostAddress(v4); // ::ffff:10.0.0.1, as a socket for both families shows an IPv4 peer
    const QString address =
        host.protocol() == QAbstractSocket::AnyIPProtocol ? QStringLiteral("0.0.0.0") : shown.toString();
    const QString form = address.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2");
    return form.arg(address).arg(port);
}

bool ListenAddress::isLoopback() const
{
    return host.isLoopback();
}

std::optional<ListenAddress> listenAddressFromText(QStringView text)
{
    const qsizetype colon = text.lastIndexOf(QLatin1Char(':'));
    if (colon < 1)
        return {};
    QStringView host = text.first(colon);
    const QStringView portText = text.sliced(colon + 1);
    bool ok = false;
    const uint port = portText.toUInt(&ok);
    const bool digits = std::all_of(portText.begin(), portText.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!ok || !digits || port > 65535)
        return {};
    ListenAddress address{.host = {}, .port = static_cast<quint16>(port)};
    const bool bracketed = host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']'));
    if (bracketed)
        host = host.sliced(1, host.size() - 2);
    if (bracketed != host.contains(QLatin1Char(':')))
        return {};
    if (host == QLatin1String("*"))
        address.host = QHostAddress(QHostAddress::Any);
    else if (host == QLatin1String("localhost"))
        address.host = QHostAddress(QHostAddress::LocalHost);
    else
        address.host = QHostAddress(host.toString());
    if (address.host.isNull())
        return {};
    return address;
}

bool isTrustedEverywhere(const QSslConfiguration &configuration)
{
    const QList<QSslCertificate> chain = configuration.localCertificateChain();
    return !chain.isEmpty() && QSslCertificate::verify(chain).isEmpty();
}

domain::Result<QSslConfiguration, TlsError> tlsConfiguration(const QByteArray &chainPem, const QByteArray &keyPem,
                                                             const QByteArray &clientCaPem)
{
    if (!QSslSocket::supportsSsl())
        return domain::unexpected(TlsError::NotSupported);
    const QList<QSslCertificate> chain = QSslCertificate::fromData(chainPem, QSsl::Pem);
    if (chain.isEmpty() || chain.front().isNull())
        return domain::unexpected(TlsError::NoCertificate);
    QSslKey key(keyPem, QSsl::Rsa, QSsl::Pem, QSsl::PrivateKey);
    if (key.isNull())
        key = QSslKey(keyPem, QSsl::Ec, QSsl::Pem, QSsl::PrivateKey);
    if (key.isNull())
        return domain::unexpected(TlsError::NoKey);
    if (!keyFits(chainPem, keyPem))
        return domain::unexpected(TlsError::KeyMismatch);
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    if (clientCaPem.isEmpty()) {
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        return configuration;
    }
    const QList<QSslCertificate> authorities = QSslCertificate::fromData(clientCaPem, QSsl::Pem);
    if (authorities.isEmpty())
        return domain::unexpected(TlsError::NoCa);
    // Only the operator's own authority counts, not the system's list.
    configuration.setCaCertificates(authorities);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    return configuration;
}

} // namespace flowgate::net
