// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/connections/offerwords.h"

#include "app/settings/settingspec.h"

namespace flowgate::app {

namespace {

QString kindWord(bool ownToken, QLatin1String what)
{
    return (ownToken ? QLatin1String("own_token_") : QLatin1String("heartbeat_")) + what;
}

/// "say every 30s that it is there"
QString toDo(const domain::OfferKind &kind)
{
    return QStringLiteral("say every %1 that it is there").arg(lengthText(kind.heartbeat));
}

QString wayOut(const domain::OfferKind &kind)
{
    const QString look = QStringLiteral(". No other gateway is told. Look at this one first: a restart of its "
                                        "supervisor brings its own settings back. Then ");
    return look + (kind.ownToken ? QStringLiteral("set heartbeat.interval to another value to try again")
                                 : QStringLiteral("set heartbeat.interval to another value, or heartbeat.gateways to "
                                                  "none and back, to try again"));
}

} // namespace

OfferEvent notOffered(bool ownToken, const QString &name, const QString &why)
{
    const QString text = ownToken ? QStringLiteral("%1 came with a bootstrap token and is given none of its own, so "
                                                   "that it gets nothing else: %2. This is told once, for all gateways "
                                                   "with that reason.")
                                  : QStringLiteral("%1 is not told how often to say that it is there: %2. This is "
                                                   "told once, for all gateways with that reason.");
    return {kindWord(ownToken, QLatin1String("not_offered")), text.arg(name, why)};
}

OfferEvent tried(const domain::OfferKind &kind, const QString &name)
{
    const QString what = kind.ownToken ? QStringLiteral("is the first to be given a token of its own")
                                       : QStringLiteral("is the first to be told to ") + toDo(kind);
    return {kindWord(kind.ownToken, QLatin1String("tried")),
            QStringLiteral("%1 %2; others that reach this endpoint by %3 follow when it came back")
                .arg(name, what, kind.host)};
}

OfferEvent answered(const OfferTrials::Outcome &outcome, const QString &name, const QString &error)
{
    const domain::OfferKind &kind = outcome.kind;
    if (outcome.answer == domain::OfferAnswer::Took) {
        if (!outcome.decides)
            return {};
        const QString what = kind.ownToken
                                 ? QStringLiteral("with a token of its own")
                                 : QStringLiteral("and says every %1 that it is there").arg(lengthText(kind.heartbeat));
        return {kindWord(kind.ownToken, QLatin1String("passed")),
                QStringLiteral("%1 came back %2; the others follow").arg(name, what)};
    }
    const bool isRefused = outcome.answer == domain::OfferAnswer::Refused;
    if (!isRefused && !outcome.decides)
        return {}; // that it is gone shows in the list
    QString text;
    if (isRefused) {
        const QString what =
            kind.ownToken ? QStringLiteral("a token of its own") : QStringLiteral("the offer to ") + toDo(kind);
        text = QStringLiteral("%1 could not take %2: %3").arg(name, what, error);
    } else {
        const QString what = kind.ownToken ? QStringLiteral("was given a token of its own")
                                           : QStringLiteral("was told to ") + toDo(kind);
        text = QStringLiteral("%1 %2, and was not heard again within two minutes").arg(name, what);
    }
    if (outcome.decides)
        text += wayOut(kind);
    return {kindWord(kind.ownToken, QLatin1String(outcome.decides ? "stopped" : "refused")), text};
}

} // namespace flowgate::app
