// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/publicurl.h"
#include "domain/result.h"
#include "net/listenaddress.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace flowgate::app {

/// What a control plane is started with.
struct Options
{
    QString folder; ///< database, control socket, lock; made with mode 0700
    std::vector<net::ListenAddress> listen{{QHostAddress(QHostAddress::LocalHost), 4320}};
    QString path = QStringLiteral("/v1/opamp");
    QString tlsCertificateFile; ///< PEM; both or none
    QString tlsKeyFile;
    QString tlsCaFile; ///< PEM: by whom gateways trust the certificate, ours or that of a proxy; may be empty
    QString clientCaFile;
    /// Without files: TLS with a certificate of our own where others reach us, everywhere, or nowhere.
    enum class Tls { Auto, Always, Never };
    Tls tls = Tls::Auto;
    std::optional<PublicUrl> publicUrl; ///< nothing: agents reach us by the address they connected to
    std::optional<bool> requireToken;   ///< nothing: of all but the same user on this computer
    QString logLevel;                   ///< "debug", "info", "warning" or "error"; empty: as the setting says
    /// Whether a certificate of our own is needed.
    [[nodiscard]] bool wantsOwnCertificate() const;
    QString program = QStringLiteral("flowgated"); ///< who holds the folder, for the next one to ask
};

/// Why a control plane could not start.
struct StartError
{
    enum class Kind {
        FolderHeld,        ///< another process serves this folder; about: "PROGRAM, process PID"
        AddressInUse,      ///< about: the address
        AddressNotUsable,  ///< about: the address and the system's words
        SocketPathTooLong, ///< about: the path; over 100 bytes
        FolderNotUsable,   ///< about: folder and reason
        StoreNotUsable,    ///< about: file and reason
        TlsNotUsable,      ///< about: which file and why
        Internal,          ///< about: what
    };
    Kind kind = Kind::Internal;
    QString about;
    QString holder; ///< with FolderHeld: the program's name
};

/// 2 usage, 3 folder held, 4 address in use, 1 anything else: the contract's exit codes.
[[nodiscard]] int exitCode(const StartError &error);
/// A sentence in English that says what to do.
[[nodiscard]] QString sentence(const StartError &error);

/// `$XDG_DATA_HOME` or `~/.local/share`, then `/flowgate`.
[[nodiscard]] QString defaultFolder();

/// The options that flowgate and flowgated share, from their command line.
struct ParsedOptions
{
    enum class Next { Start, ShowHelp, ShowVersion };
    Next next = Next::Start;
    Options options;
    QString help; ///< text of --help
};
/// @param arguments  without the program's name
/// @return           or a sentence about wrong usage (exit 2)
[[nodiscard]] domain::Result<ParsedOptions, QString> parseOptions(const QString &program, const QStringList &arguments);

} // namespace flowgate::app
