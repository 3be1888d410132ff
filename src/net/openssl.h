// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <openssl/pem.h>
#include <openssl/x509.h>

// Owners of OpenSSL's objects. Included by sources of this folder alone.
namespace flowgate::net {

template<auto Free>
struct Freer
{
    template<typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using X509Ptr = std::unique_ptr<X509, Freer<X509_free>>;
using PKeyPtr = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;

} // namespace flowgate::net
