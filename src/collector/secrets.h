// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/secretset.h"

#include <QByteArrayView>

namespace flowgate::collector {

using domain::hiddenValue;

/// Whether the value under this key of a config is taken for a secret: headers, passwords, tokens, private keys. Told
/// from the name alone, so rather one too many; names of files that hold a secret are none.
[[nodiscard]] bool isSecretKey(QByteArrayView key);

/// Where the passwords of URLs are in a text: "amqp://user:PASSWORD@host".
[[nodiscard]] std::vector<domain::ByteRange> passwordPlaces(const QByteArray &text);
/// A value in which the password of a URL is hidden: "amqp://user:[hidden]@host".
[[nodiscard]] QByteArray withoutPasswords(const QByteArray &text);

/// The same for a path as the Collector writes it, "exporters::otlp::headers::authorization": any key of it counts.
[[nodiscard]] bool isSecretPath(const QString &path);

} // namespace flowgate::collector
