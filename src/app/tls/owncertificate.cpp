// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tls/owncertificate.h"

#include "net/listenaddress.h"

#include <QFile>
#include <QHostInfo>
#include <QNetworkInterface>
#include <QSaveFile>

namespace flowgate::app {

namespace {

QString pathIn(const QString &folder)
{
    return folder + QStringLiteral("/tls-cert.pem");
}

/// The key that the vaults have for a certificate; which one, or why none.
struct FoundKey
{
    QByteArray key;
    QString in;
    QString trouble;
};

FoundKey keyFor(const QByteArray &certificate, const std::vector<std::unique_ptr<KeyVault>> &vaults)
{
    FoundKey found;
    for (const auto &vault : vaults) {
        const auto key = vault->read();
        if (!key) {
            found.trouble = QStringLiteral("the %1 says: %2").arg(vault->kind(), key.error());
            continue;
        }
        if (key->isEmpty())
            continue;
        if (net::tlsConfiguration(certificate, *key))
            return {*key, vault->kind(), {}};
        found.trouble = QStringLiteral("the key in the %1 is another certificate's").arg(vault->kind());
    }
    return found;
}

domain::Result<OwnCertificate, QString> make(const QString &folder, const HostNames &host, domain::WallTime now,
                                             const std::vector<std::unique_ptr<KeyVault>> &vaults)
{
    // An hour back: clocks of gateways may be behind.
    const auto identity =
        net::makeSelfSigned({host.names, host.addresses, now - std::chrono::hours(1), now + certificateLasts});
    if (!identity)
        return domain::unexpected(QStringLiteral("a certificate could not be made: the crypto library failed"));
    OwnCertificate own;
    own.identity = *identity;
    own.isNew = true;
    QStringList refusals;
    for (const auto &vault : vaults) {
        const auto kept = vault->write(identity->keyPem);
        if (kept) {
            own.keyIn = vault->kind();
            break;
        }
        refusals.append(QStringLiteral("%1: %2").arg(vault->kind(), kept.error()));
    }
    if (own.keyIn.isEmpty())
        return domain::unexpected(
            QStringLiteral("the key of a new certificate can be kept nowhere (%1)").arg(refusals.join(u';')));
    QSaveFile file(pathIn(folder));
    if (!file.open(QIODevice::WriteOnly) || file.write(identity->certificatePem) != identity->certificatePem.size() ||
        !file.commit())
        return domain::unexpected(QStringLiteral("%1 cannot be written: %2").arg(file.fileName(), file.errorString()));
    own.facts = *net::certificateFacts(identity->certificatePem);
    own.note = QStringLiteral("A certificate was made for %1; SHA-256 fingerprint %2")
                   .arg(own.facts.names.join(QStringLiteral(", ")), net::fingerprintText(own.facts.fingerprint));
    if (!refusals.isEmpty())
        own.note += QStringLiteral(". Its key is in a file of the data folder that only its owner can read, since the "
                                   "system's keychain did not take it (%1)")
                        .arg(refusals.join(u';'));
    return own;
}

} // namespace

HostNames namesOfThisHost()
{
    HostNames host;
    const QString name = QHostInfo::localHostName();
    const QString domain = QHostInfo::localDomainName();
    for (const QString &one :
         {domain.isEmpty() || name.isEmpty() ? QString() : name + u'.' + domain, name, QStringLiteral("localhost")}) {
        if (!one.isEmpty() && !host.names.contains(one))
            host.names.append(one);
    }
    for (QHostAddress address : QNetworkInterface::allAddresses()) {
        address.setScopeId({});
        // A link-local address means nothing without its interface.
        if (!address.isLinkLocal() && !host.addresses.contains(address))
            host.addresses.append(address);
    }
    return host;
}

domain::Result<OwnCertificate, QString> ownCertificate(const QString &folder, const HostNames &host,
                                                       domain::WallTime now,
                                                       const std::vector<std::unique_ptr<KeyVault>> &vaults)
{
    QFile file(pathIn(folder));
    if (!file.exists())
        return make(folder, host, now, vaults);
    if (!file.open(QIODevice::ReadOnly))
        return domain::unexpected(QStringLiteral("%1 cannot be read: %2").arg(file.fileName(), file.errorString()));
    OwnCertificate own;
    own.identity.certificatePem = file.read(64 * 1024);
    const auto facts = net::certificateFacts(own.identity.certificatePem);
    if (!facts)
        return domain::unexpected(
            QStringLiteral("%1 holds no certificate; remove it to have a new one made").arg(file.fileName()));
    if (facts->until - now < renewBefore)
        return make(folder, host, now, vaults);
    own.facts = *facts;
    const FoundKey key = keyFor(own.identity.certificatePem, vaults);
    if (key.key.isEmpty())
        return domain::unexpected(
            QStringLiteral("the key of %1 is not there%2; unlock the keychain, or remove the file to have a new "
                           "certificate made (gateways that trust this one have to be given the new one)")
                .arg(file.fileName(), key.trouble.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(key.trouble)));
    own.identity.keyPem = key.key;
    own.keyIn = key.in;
    return own;
}

} // namespace flowgate::app
