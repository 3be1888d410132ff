// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/options.h"

#include <QCommandLineParser>
#include <QFile>
#include <QHostAddress>

#include <algorithm>

namespace flowgate::fleetsim {

std::optional<QUrl> loopbackEndpoint(const QUrl &url)
{
    if (!url.isValid() || url.scheme() != QLatin1String("ws") || !url.userInfo().isEmpty() || url.hasFragment())
        return {};
    QUrl result = url;
    if (url.host().compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0)
        result.setHost(QStringLiteral("127.0.0.1")); // whatever a resolver would say
    const QHostAddress address(result.host());
    if (address.isNull() || !address.isLoopback() || url.port(4320) == 0)
        return {};
    if (result.port() < 0)
        result.setPort(4320);
    return result;
}

domain::Result<Options, EarlyEnd> parseOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Simulated gateways for a control plane on this machine."));
    const QCommandLineOption endpoint(QStringLiteral("endpoint"), QStringLiteral("Where to connect; loopback only."),
                                      QStringLiteral("URL"), QStringLiteral("ws://127.0.0.1:4320/v1/opamp"));
    const QCommandLineOption count(QStringLiteral("count"), QStringLiteral("How many gateways, 1 to 50000."),
                                   QStringLiteral("N"), QStringLiteral("10"));
    const QCommandLineOption seed(QStringLiteral("seed"), QStringLiteral("Which gateways: equal seeds, equal ids."),
                                  QStringLiteral("S"), QStringLiteral("1"));
    const QCommandLineOption behaviour(QStringLiteral("behaviour"),
                                       QStringLiteral("good, or mixed: some slow, failing, unhealthy or old."),
                                       QStringLiteral("KIND"), QStringLiteral("good"));
    const QCommandLineOption validate(QStringLiteral("validate"),
                                      QStringLiteral("Time from a config's arrival to APPLYING, e.g. 2s."),
                                      QStringLiteral("TIME"), QStringLiteral("15ms"));
    const QCommandLineOption apply(QStringLiteral("apply"),
                                   QStringLiteral("Time from APPLYING to APPLIED, e.g. 500ms (as the supervisor: 5s)."),
                                   QStringLiteral("TIME"), QStringLiteral("5s"));
    const QCommandLineOption heartbeat(QStringLiteral("heartbeat"), QStringLiteral("Time between heartbeats."),
                                       QStringLiteral("TIME"), QStringLiteral("30s"));
    const QCommandLineOption tokenFile(QStringLiteral("token-file"),
                                       QStringLiteral("File with the bearer token to connect with."),
                                       QStringLiteral("FILE"));
    QCommandLineOption token(QStringLiteral("token"), {}, QStringLiteral("TOKEN")); // to say what to use instead
    token.setFlags(QCommandLineOption::HiddenFromHelp);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    for (const auto &option : {endpoint, count, seed, behaviour, validate, apply, heartbeat, tokenFile, token})
        parser.addOption(option);

    const auto wrong = [](const QString &text) { return domain::unexpected(EarlyEnd{text, 2}); };
    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    if (parser.isSet(help))
        return domain::unexpected(EarlyEnd{parser.helpText(), 0});
    if (parser.isSet(version))
        return domain::unexpected(EarlyEnd{QStringLiteral("flowgate-fleetsim " FLOWGATE_VERSION), 0});
    if (!parser.positionalArguments().isEmpty())
        return wrong(QStringLiteral("unexpected argument: %1").arg(parser.positionalArguments().constFirst()));

    Options options;
    const auto url = loopbackEndpoint(QUrl(parser.value(endpoint), QUrl::StrictMode));
    if (!url) {
        return wrong(
            QStringLiteral("--endpoint must be ws:// on this machine (127.0.0.0/8, [::1] or localhost), not %1")
                .arg(parser.value(endpoint)));
    }
    options.endpoint = *url;
    bool isNumber = false;
    options.count = parser.value(count).toInt(&isNumber);
    if (!isNumber || options.count < 1 || options.count > 50'000)
        return wrong(QStringLiteral("--count must be 1 to 50000"));
    options.seed = parser.value(seed).toULongLong(&isNumber);
    if (!isNumber)
        return wrong(QStringLiteral("--seed must be a number from 0"));
    if (parser.value(behaviour) == QLatin1String("mixed"))
        options.behaviour = Behaviour::Mixed;
    else if (parser.value(behaviour) != QLatin1String("good"))
        return wrong(QStringLiteral("--behaviour must be good or mixed"));
    const auto validateTime = domain::durationFromText(parser.value(validate));
    const auto applyTime = domain::durationFromText(parser.value(apply));
    const auto beatTime = domain::durationFromText(parser.value(heartbeat));
    if (!validateTime || !applyTime || !beatTime || beatTime->count() < 1000)
        return wrong(
            QStringLiteral("--validate, --apply and --heartbeat take times such as 5s; a heartbeat at least 1s"));
    options.timing.validate = *validateTime;
    options.timing.apply = *applyTime;
    options.timing.heartbeat = *beatTime;
    if (parser.isSet(token))
        return wrong(QStringLiteral("a token on the command line could be read by other users: use --token-file FILE"));
    if (parser.isSet(tokenFile)) {
        QFile file(parser.value(tokenFile));
        constexpr qint64 longest = 4096;
        if (!file.open(QIODevice::ReadOnly))
            return wrong(QStringLiteral("--token-file %1: %2").arg(file.fileName(), file.errorString()));
        options.token = file.read(longest).trimmed();
        if (options.token.isEmpty() || std::ranges::any_of(options.token, [](char c) { return c < '!' || c > '~'; }))
            return wrong(QStringLiteral("--token-file %1: a token is visible ASCII").arg(file.fileName()));
    }
    return options;
}

} // namespace flowgate::fleetsim
