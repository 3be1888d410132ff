// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace flowgate::app {

/// Where a private key is kept.
/// @thread gui: the main thread, before its loop runs
class KeyVault
{
public:
    virtual ~KeyVault() = default;

    /// "keychain" or "file": for status.
    [[nodiscard]] virtual QString kind() const = 0;
    /// Empty: there is none. An error: the words of who keeps it.
    [[nodiscard]] virtual domain::Result<QByteArray, QString> read() = 0;
    [[nodiscard]] virtual domain::Result<void, QString> write(const QByteArray &key) = 0;
};

/// The system's keychain (Secret Service, KWallet, …), one entry for each data folder.
[[nodiscard]] std::unique_ptr<KeyVault> systemKeychain(const QString &folder);

/// A file of the data folder that only its owner can read.
[[nodiscard]] std::unique_ptr<KeyVault> keyFile(const QString &folder);

} // namespace flowgate::app
