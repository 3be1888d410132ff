// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connections/offerwords.h"

#include "app/settings/settingspec.h"

namespace flowgate::app {

namespace {

/// What is told of offers of one sort; each begins with the name of the gateway.
struct Words
{
    QLatin1String kind; ///< of the events: "heartbeat_"
    QString notOffered; ///< with why
    QString tried;
    QString took;
    QString refused;
    QString silent;
    QString tryAgain; ///< what to set
};

Words wordsOf(const domain::OfferKind &kind)
{
    if (kind.ownToken)
        return {QLatin1String("own_token_"),
                QStringLiteral("%1 came with a bootstrap token and is given none of its own, so that it gets nothing "
                               "else: %2"),
                QStringLiteral("%1 is the first to be given a token of its own"),
                QStringLiteral("%1 came back with a token of its own"),
                QStringLiteral("%1 could not take a token of its own"),
                QStringLiteral("%1 was given a token of its own"),
                QStringLiteral("set heartbeat.interval to another value to try again")};
    const QString interval = lengthText(kind.heartbeat);
    const QString toSay = QStringLiteral("say every %1 that it is there").arg(interval);
    return {QLatin1String("heartbeat_"),
            QStringLiteral("%1 is not told how often to say that it is there: %2"),
            QStringLiteral("%1 is the first to be told to ") + toSay,
            QStringLiteral("%1 came back and says every ") + interval + QStringLiteral(" that it is there"),
            QStringLiteral("%1 could not take the offer to ") + toSay,
            QStringLiteral("%1 was told to ") + toSay,
            QStringLiteral("set heartbeat.interval to another value, or heartbeat.gateways to none and back, to try "
                           "again")};
}

} // namespace

OfferEvent notOffered(bool ownToken, const QString &name, const QString &why)
{
    domain::OfferKind kind;
    kind.ownToken = ownToken;
    const Words words = wordsOf(kind);
    return {words.kind + QLatin1String("not_offered"),
            words.notOffered.arg(name, why) +
                QStringLiteral(". This is told once, for all gateways with that reason.")};
}

OfferEvent tried(const domain::OfferKind &kind, const QString &name)
{
    const Words words = wordsOf(kind);
    return {words.kind + QLatin1String("tried"),
            words.tried.arg(name) +
                QStringLiteral("; others that reach this endpoint by %1 follow when it came back").arg(kind.host)};
}

OfferEvent answered(const OfferTrials::Outcome &outcome, const QString &name, const QString &error)
{
    const Words words = wordsOf(outcome.kind);
    const bool isRefused = outcome.answer == domain::OfferAnswer::Refused;
    if (!isRefused && !outcome.decides)
        return {}; // that it came, or is gone, shows in the list
    if (outcome.answer == domain::OfferAnswer::Took)
        return {words.kind + QLatin1String("passed"), words.took.arg(name) + QStringLiteral("; the others follow")};
    QString text = isRefused ? words.refused.arg(name) + QStringLiteral(": ") + error
                             : words.silent.arg(name) + QStringLiteral(", and was not heard again within two minutes");
    if (!outcome.decides)
        return {words.kind + QLatin1String("refused"), text};
    text += QStringLiteral(". No other gateway is told. Look at this one first: a restart of its supervisor brings its "
                           "own settings back. Then ") +
            words.tryAgain;
    return {words.kind + QLatin1String("stopped"), text};
}

} // namespace flowgate::app
