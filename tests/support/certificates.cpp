// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/certificates.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace flowgate::tests {
namespace {

template<typename Write>
QByteArray pem(Write write)
{
    BIO *bio = BIO_new(BIO_s_mem());
    write(bio);
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    const QByteArray text(data, size);
    BIO_free(bio);
    return text;
}

void addExtension(X509 *certificate, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

} // namespace

Identity makeIdentity(const QByteArray &name, const Identity *issuer)
{
    static long serial = 1;
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 24 * 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME *subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(name.constData()),
                               static_cast<int>(name.size()), -1, 0);
    addExtension(certificate, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
    if (issuer) {
        BIO *certificateBio = BIO_new_mem_buf(issuer->certificate.constData(), -1);
        BIO *keyBio = BIO_new_mem_buf(issuer->key.constData(), -1);
        X509 *authority = PEM_read_bio_X509(certificateBio, nullptr, nullptr, nullptr);
        EVP_PKEY *authorityKey = PEM_read_bio_PrivateKey(keyBio, nullptr, nullptr, nullptr);
        X509_set_issuer_name(certificate, X509_get_subject_name(authority));
        X509_sign(certificate, authorityKey, EVP_sha256());
        EVP_PKEY_free(authorityKey);
        X509_free(authority);
        BIO_free(keyBio);
        BIO_free(certificateBio);
    } else {
        addExtension(certificate, NID_basic_constraints, "critical,CA:TRUE");
        X509_set_issuer_name(certificate, subject);
        X509_sign(certificate, key, EVP_sha256());
    }
    Identity identity{pem([&](BIO *bio) { PEM_write_bio_X509(bio, certificate); }), pem([&](BIO *bio) {
                          PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
                      })};
    X509_free(certificate);
    EVP_PKEY_free(key);
    return identity;
}

} // namespace flowgate::tests
