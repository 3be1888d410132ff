// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace flowgate::tests {

/// A certificate with its key, as PEM.
struct Identity
{
    QByteArray certificate;
    QByteArray key;
};

/// Makes an EC identity for @p name and 127.0.0.1, valid for a day around now.
/// @param issuer  who signs; nullptr: itself, and then it may sign others
[[nodiscard]] Identity makeIdentity(const QByteArray &name, const Identity *issuer = nullptr);

} // namespace flowgate::tests
