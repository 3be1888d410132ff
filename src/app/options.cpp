// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/options.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace flowgate::app {

namespace {

/// The limit of a local socket's address (108 on Linux) less some room.
constexpr qsizetype longestSocketPath = 100;

domain::unexpected<QString> usage(const QString &text)
{
    return domain::unexpected(text);
}

} // namespace

int exitCode(const StartError &error)
{
    switch (error.kind) {
    case StartError::Kind::FolderHeld:
        return 3;
    case StartError::Kind::AddressInUse:
        return 4;
    case StartError::Kind::SocketPathTooLong:
        return 2;
    default:
        return 1;
    }
}

QString sentence(const StartError &error)
{
    switch (error.kind) {
    case StartError::Kind::FolderHeld:
        return QStringLiteral("%1. Stop it first, or choose another folder with --data.").arg(error.about);
    case StartError::Kind::AddressInUse:
        return QStringLiteral("%1 is in use by another program. Choose another with --listen ADDR:PORT.")
            .arg(error.about);
    case StartError::Kind::AddressNotUsable:
        return QStringLiteral("Cannot listen on %1.").arg(error.about);
    case StartError::Kind::SocketPathTooLong:
        return QStringLiteral("The control socket's path %1 is over %2 bytes, more than a local socket can have. "
                              "Choose a folder with a shorter path with --data.")
            .arg(error.about)
            .arg(longestSocketPath);
    case StartError::Kind::FolderNotUsable:
        return QStringLiteral("The data folder is not usable: %1. Mend it, or choose another with --data.")
            .arg(error.about);
    case StartError::Kind::StoreNotUsable:
        return QStringLiteral("The database is not usable: %1. It was left as it is. Restore it from a backup, or "
                              "start beside it with another --data folder.")
            .arg(error.about);
    case StartError::Kind::TlsNotUsable:
        return QStringLiteral("TLS cannot be used: %1.").arg(error.about);
    case StartError::Kind::Internal:
        return QStringLiteral("Cannot start: %1.").arg(error.about);
    }
    return error.about;
}

bool Options::wantsOwnCertificate() const
{
    return tlsCertificateFile.isEmpty() &&
           (tls == Tls::Always ||
            (tls == Tls::Auto &&
             std::ranges::any_of(listen, [](const net::ListenAddress &address) { return !address.isLoopback(); })));
}

QString defaultFolder()
{
    QString base = qEnvironmentVariable("XDG_DATA_HOME");
    if (base.isEmpty() || !QDir::isAbsolutePath(base)) // a relative one is to be ignored (XDG Base Directory)
        base = QDir::homePath() + QStringLiteral("/.local/share");
    return base + QStringLiteral("/flowgate");
}

domain::Result<ParsedOptions, QString> parseOptions(const QString &program, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Flowgate, a control plane for OpenTelemetry gateways: the OpAMP "
                       "server that their supervisors connect to. By default it listens on "
                       "127.0.0.1, where programs of the same user need no token and no "
                       "approval. Anybody else needs a token, on another address TLS as "
                       "well, and waits for approval unless the token approves."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Show this help."));
    const QCommandLineOption version(QStringLiteral("version"), QStringLiteral("Show the version."));
    const QCommandLineOption data(
        QStringLiteral("data"),
        QStringLiteral("Folder of the database and the control socket (default: %1).").arg(defaultFolder()),
        QStringLiteral("DIR"));
    const QCommandLineOption listen(QStringLiteral("listen"),
                                    QStringLiteral("Address to listen on; may be given more than once; port 0 picks a "
                                                   "free one (default: 127.0.0.1:4320)."),
                                    QStringLiteral("ADDR:PORT"));
    const QCommandLineOption path(QStringLiteral("path"), QStringLiteral("Path of the OpAMP endpoint."),
                                  QStringLiteral("PATH"), QStringLiteral("/v1/opamp"));
    const QCommandLineOption cert(
        QStringLiteral("tls-cert"),
        QStringLiteral("PEM file with the server's certificate chain; only TLS is spoken then."),
        QStringLiteral("FILE"));
    const QCommandLineOption key(QStringLiteral("tls-key"), QStringLiteral("PEM file with its private key."),
                                 QStringLiteral("FILE"));
    const QCommandLineOption ca(
        QStringLiteral("tls-ca"),
        QStringLiteral(
            "PEM file with the authority by which gateways trust that certificate, or that of the proxy in "
            "--public-url. What a gateway is told of how to reach us has to name it: without it none is told "
            "a heartbeat interval, or given a token of its own."),
        QStringLiteral("FILE"));
    const QCommandLineOption clientCa(QStringLiteral("client-ca"),
                                      QStringLiteral("PEM file: ask for client certificates of these authorities."),
                                      QStringLiteral("FILE"));
    const QCommandLineOption tls(
        QStringLiteral("tls"),
        QStringLiteral("Without certificate files: yes speaks TLS on every address, with a "
                       "certificate that is made at the first start; no on none, for a proxy "
                       "in front that does it; default: on each address that is not loopback."),
        QStringLiteral("yes|no"));
    const QCommandLineOption publicUrl(
        QStringLiteral("public-url"),
        QStringLiteral("The address by which gateways reach this control plane through a proxy or NAT, such as "
                       "wss://gw.example.org/flowgate; 'flowgatectl status' names it, and so does what is made for "
                       "gateways (default: the address that they connected to). It opens no port: that is --listen."),
        QStringLiteral("URL"));
    const QCommandLineOption token(
        QStringLiteral("require-token"),
        QStringLiteral("Whether agents must bring a token, yes or no (default: all but those of "
                       "the same user on this computer; behind a proxy or with "
                       "--public-url all). Make one with 'flowgatectl tokens create'."),
        QStringLiteral("yes|no"));
    const QCommandLineOption logLevel(QStringLiteral("log-level"),
                                      QStringLiteral("debug, info, warning or error: the least that goes to standard "
                                                     "error (default: the setting log.level)."),
                                      QStringLiteral("LEVEL"));
    parser.addOptions({help, version, data, listen, path, cert, key, ca, clientCa, tls, publicUrl, token, logLevel});
    ParsedOptions parsed;
    parsed.help = parser.helpText();
    // The first argument that QCommandLineParser expects is the program's name.
    if (!parser.parse(QStringList{program} + arguments))
        return usage(parser.errorText());
    if (parser.isSet(help)) {
        parsed.next = ParsedOptions::Next::ShowHelp;
        return parsed;
    }
    if (parser.isSet(version)) {
        parsed.next = ParsedOptions::Next::ShowVersion;
        return parsed;
    }
    if (!parser.positionalArguments().isEmpty())
        return usage(QStringLiteral("Unexpected argument '%1'.").arg(parser.positionalArguments().constFirst()));

    Options &options = parsed.options;
    options.program = program;
    options.folder = parser.isSet(data) ? QFileInfo(parser.value(data)).absoluteFilePath() : defaultFolder();
    const QByteArray socket = QFile::encodeName(options.folder + QStringLiteral("/control.sock"));
    if (socket.size() > longestSocketPath)
        return usage(sentence({StartError::Kind::SocketPathTooLong, QString::fromLocal8Bit(socket), {}}));
    if (parser.isSet(listen))
        options.listen.clear();
    for (const QString &text : parser.values(listen)) {
        const auto address = net::listenAddressFromText(text);
        if (!address)
            return usage(QStringLiteral("--listen '%1' is not ADDR:PORT, like 127.0.0.1:4320 or [::1]:0.").arg(text));
        options.listen.push_back(*address);
    }
    const QString require = parser.value(token);
    if (parser.isSet(token) && require != u"yes" && require != u"no")
        return usage(QStringLiteral("--require-token takes yes or no."));
    if (parser.isSet(token))
        options.requireToken = require == u"yes";
    options.path = parser.value(path);
    if (!options.path.startsWith(u'/') || options.path.contains(u'?') || options.path.contains(u' ') ||
        options.path == u"/v1/metrics" || options.path == u"/v1/logs")
        return usage(
            QStringLiteral("--path '%1' is not usable: it begins with '/', has no '?' or space, and is not one "
                           "of /v1/metrics and /v1/logs.")
                .arg(options.path));
    if (parser.isSet(publicUrl)) {
        auto url = PublicUrl::parse(parser.value(publicUrl), options.path);
        if (!url)
            return usage(QStringLiteral("--public-url %1.").arg(url.error()));
        options.publicUrl = std::move(*url);
    }
    options.tlsCertificateFile = parser.value(cert);
    options.tlsKeyFile = parser.value(key);
    options.tlsCaFile = parser.value(ca);
    options.clientCaFile = parser.value(clientCa);
    if (options.tlsCertificateFile.isEmpty() != options.tlsKeyFile.isEmpty())
        return usage(QStringLiteral("--tls-cert and --tls-key go together."));
    if (!options.clientCaFile.isEmpty() && options.tlsCertificateFile.isEmpty())
        return usage(QStringLiteral("--client-ca needs --tls-cert and --tls-key."));
    if (!options.tlsCaFile.isEmpty() && options.tlsCertificateFile.isEmpty() && !options.publicUrl)
        return usage(QStringLiteral("--tls-ca needs --tls-cert and --tls-key, or a --public-url."));
    const QString speak = parser.value(tls);
    if (parser.isSet(tls) && speak != u"yes" && speak != u"no")
        return usage(QStringLiteral("--tls takes yes or no."));
    if (speak == u"no" && !options.tlsCertificateFile.isEmpty())
        return usage(QStringLiteral("--tls=no and --tls-cert are opposites: leave out one of them."));
    options.tls = speak == u"yes" ? Options::Tls::Always : speak == u"no" ? Options::Tls::Never : Options::Tls::Auto;
    options.logLevel = parser.value(logLevel);
    if (parser.isSet(logLevel) && !QStringList{QStringLiteral("debug"), QStringLiteral("info"),
                                               QStringLiteral("warning"), QStringLiteral("error")}
                                       .contains(options.logLevel))
        return usage(QStringLiteral("--log-level takes debug, info, warning or error."));
    return parsed;
}

} // namespace flowgate::app
