// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/secrets.h"

#include <QStringList>

#include <algorithm>

namespace flowgate::collector {

bool isSecretKey(QByteArrayView key)
{
    constexpr qsizetype longest = 200; // no name of a setting; what is longer is cut for the search
    const QByteArray name = key.first(std::min(key.size(), longest)).toByteArray().toLower().replace('-', '_');
    if (name.endsWith("_file") || name.endsWith("_url"))
        return false;
    constexpr const char *parts[] = {
        "password", "passwd",         "passphrase",  "secret",    "token",       "authorization",
        "api_key",  "apikey",         "credentials", "headers",   "key_pem",     "private_key",
        "cookie",   "access_key",     "account_key", "sas_key",   "license_key", "connection_string",
        "dsn",      "encryption_key", "signing_key", "shared_key"};
    return std::ranges::any_of(parts, [&](const char *part) { return name.contains(part); });
}

std::vector<domain::ByteRange> passwordPlaces(const QByteArray &text)
{
    std::vector<domain::ByteRange> places;
    for (qsizetype at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at)) {
        at += 3;
        qsizetype end = at;
        qsizetype colon = -1;
        while (end < text.size() && text[end] != '@' && !QByteArrayView("/?#\"' \t\n").contains(text[end])) {
            if (colon < 0 && text[end] == ':')
                colon = end;
            ++end;
        }
        if (end == text.size() || text[end] != '@' || colon < 0)
            continue;
        places.push_back({colon + 1, end});
        at = end;
    }
    return places;
}

QByteArray withoutPasswords(const QByteArray &text)
{
    QByteArray out;
    qsizetype from = 0;
    for (const domain::ByteRange &place : passwordPlaces(text)) {
        out += text.sliced(from, place.begin - from) + hiddenValue;
        from = place.end;
    }
    return out + text.sliced(from);
}

bool isSecretPath(const QString &path)
{
    const QStringList keys = path.split(QStringLiteral("::"));
    return std::ranges::any_of(keys, [](const QString &key) { return isSecretKey(key.toUtf8()); });
}

} // namespace flowgate::collector
