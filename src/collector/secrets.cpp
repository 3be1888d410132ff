// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/secrets.h"

#include <QByteArray>
#include <QStringList>

#include <algorithm>

namespace flowgate::collector {

bool isSecretKey(QByteArrayView key)
{
    constexpr qsizetype longest = 200; // no name of a setting; what is longer is cut for the search
    const QByteArray name = key.first(std::min(key.size(), longest)).toByteArray().toLower().replace('-', '_');
    if (name.endsWith("_file") || name.endsWith("_url"))
        return false;
    constexpr const char *parts[] = {"password", "passwd",     "passphrase",  "secret",  "token",      "authorization",
                                     "api_key",  "apikey",     "credentials", "headers", "key_pem",    "private_key",
                                     "cookie",   "access_key", "account_key", "sas_key", "license_key"};
    return std::ranges::any_of(parts, [&](const char *part) { return name.contains(part); });
}

bool isSecretPath(const QString &path)
{
    const QStringList keys = path.split(QStringLiteral("::"));
    return std::ranges::any_of(keys, [](const QString &key) { return isSecretKey(key.toUtf8()); });
}

} // namespace flowgate::collector
