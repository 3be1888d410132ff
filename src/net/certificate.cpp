// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/certificate.h"

#include "net/openssl.h"

#include <QDateTime>
#include <QSslCertificate>

#include <algorithm>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <vector>

namespace flowgate::net {

namespace {

using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Freer<BN_free>>;

QByteArray textOf(const Bio &bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<qsizetype>(size)};
}

using Store = std::unique_ptr<X509_STORE, Freer<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freer<X509_STORE_CTX_free>>;

/// Only the list: what is in it has its owner elsewhere.
void freeStack(STACK_OF(X509) * stack)
{
    sk_X509_free(stack);
}
using Stack = std::unique_ptr<STACK_OF(X509), Freer<freeStack>>;

std::vector<X509Ptr> certificatesOf(const QByteArray &pem)
{
    std::vector<X509Ptr> all;
    const Bio text(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
    while (text) {
        X509Ptr certificate(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
        if (!certificate)
            break;
        all.push_back(std::move(certificate));
    }
    ERR_clear_error(); // the end of the text counts as one
    return all;
}

bool add(X509 &certificate, int what, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, &certificate, &certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, what, value.constData()));
    return extension && X509_add_ext(&certificate, extension.get(), -1) == 1;
}

/// Twenty bytes at random, positive: no two certificates of one name have the same.
bool setSerial(X509 &certificate)
{
    unsigned char bytes[19];
    if (RAND_bytes(bytes, sizeof bytes) != 1)
        return false;
    const Number number(BN_bin2bn(bytes, sizeof bytes, nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate));
}

bool setTime(ASN1_TIME *time, domain::WallTime at)
{
    return ASN1_TIME_set(time, static_cast<time_t>(at.time_since_epoch().count() / 1000)) != nullptr;
}

/// "DNS:a,IP:127.0.0.1". A name with a comma would be read as two: it is no host's name, and left out.
QByteArray alternatives(const CertificateWish &wish)
{
    QStringList all;
    for (const QString &name : wish.names) {
        if (!name.contains(u',') && !name.contains(u':'))
            all.append(QStringLiteral("DNS:") + name);
    }
    for (QHostAddress address : wish.addresses) {
        address.setScopeId({});
        all.append(QStringLiteral("IP:") + address.toString());
    }
    return all.join(u',').toUtf8();
}

bool leadsTo(const std::vector<X509Ptr> &chain, X509 &authority)
{
    const Store store(X509_STORE_new());
    const StoreContext context(X509_STORE_CTX_new());
    const Stack others(sk_X509_new_null());
    if (!store || !context || !others || X509_STORE_add_cert(store.get(), &authority) != 1)
        return false;
    for (const X509Ptr &other : chain)
        sk_X509_push(others.get(), other.get());
    X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME);
    return X509_STORE_CTX_init(context.get(), store.get(), chain.front().get(), others.get()) == 1 &&
           X509_verify_cert(context.get()) == 1;
}

} // namespace

std::optional<Identity> makeSelfSigned(const CertificateWish &wish)
{
    const PKeyPtr key(EVP_EC_gen("P-256"));
    const X509Ptr certificate(X509_new());
    if (!key || !certificate || wish.names.isEmpty())
        return {};
    X509 &x509 = *certificate;
    const QByteArray subject = wish.names.constFirst().left(64).toUtf8();
    X509_NAME *name = X509_get_subject_name(&x509);
    const bool isMade =
        X509_set_version(&x509, X509_VERSION_3) == 1 && setSerial(x509) &&
        setTime(X509_getm_notBefore(&x509), wish.from) && setTime(X509_getm_notAfter(&x509), wish.until) &&
        X509_set_pubkey(&x509, key.get()) == 1 &&
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(subject.data()),
                                   static_cast<int>(subject.size()), -1, 0) == 1 &&
        X509_set_issuer_name(&x509, name) == 1 && add(x509, NID_subject_alt_name, alternatives(wish)) &&
        add(x509, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
        add(x509, NID_key_usage, "critical,digitalSignature,keyCertSign") &&
        add(x509, NID_ext_key_usage, "serverAuth") && X509_sign(&x509, key.get(), EVP_sha256()) > 0;
    const Bio certificateText(BIO_new(BIO_s_mem()));
    const Bio keyText(BIO_new(BIO_s_mem()));
    if (!isMade || !certificateText || !keyText || PEM_write_bio_X509(certificateText.get(), &x509) != 1 ||
        PEM_write_bio_PKCS8PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    return Identity{textOf(certificateText), textOf(keyText)};
}

std::optional<CertificateFacts> certificateFacts(const QByteArray &pem)
{
    const QList<QSslCertificate> chain = QSslCertificate::fromData(pem, QSsl::Pem);
    if (chain.isEmpty() || chain.front().isNull())
        return {};
    const QSslCertificate &certificate = chain.front();
    CertificateFacts facts;
    facts.fingerprint = certificate.digest(QCryptographicHash::Sha256);
    facts.subject = certificate.subjectDisplayName();
    facts.names = certificate.subjectAlternativeNames().values();
    facts.names.sort();
    facts.until = domain::WallTime(domain::milliseconds(certificate.expiryDate().toMSecsSinceEpoch()));
    facts.isSelfSigned = certificate.isSelfSigned();
    return facts;
}

bool isIssuedBy(const QByteArray &chainPem, const QByteArray &authoritiesPem)
{
    const std::vector<X509Ptr> chain = certificatesOf(chainPem);
    const std::vector<X509Ptr> authorities = certificatesOf(authoritiesPem);
    // Each by itself: of two with one name OpenSSL looks at the first only, and an authority keeps its name when it
    // gets another key.
    return !chain.empty() &&
           std::ranges::any_of(authorities, [&](const X509Ptr &authority) { return leadsTo(chain, *authority); });
}

bool isNamed(const CertificateFacts &certificate, const QString &host)
{
    const QHostAddress address(host);
    return std::ranges::any_of(certificate.names, [&](const QString &name) {
        if (!address.isNull())
            return QHostAddress(name) == address;
        if (!name.startsWith(QLatin1String("*.")))
            return name.compare(host, Qt::CaseInsensitive) == 0;
        const qsizetype dot = host.indexOf(u'.');
        return dot > 0 && name.mid(1).compare(host.mid(dot), Qt::CaseInsensitive) == 0;
    });
}

QString fingerprintText(const QByteArray &fingerprint)
{
    return QString::fromLatin1(fingerprint.toHex(':').toUpper());
}

} // namespace flowgate::net
