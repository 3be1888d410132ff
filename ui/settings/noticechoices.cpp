// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/noticechoices.h"

#include <QSettings>

#include <algorithm>

namespace flowgate::ui {

namespace {

using Closing = NoticeChoices::Closing;

const QString rolloutsKey = QStringLiteral("notices/rollouts");
const QString awayKey = QStringLiteral("notices/away");
const QString unhealthyKey = QStringLiteral("notices/unhealthy");
const QString secondsKey = QStringLiteral("notices/unhealthySeconds");
const QString quietKey = QStringLiteral("notices/quietHours");
const QString closingKey = QStringLiteral("closing");

QString nameOf(Closing closing)
{
    switch (closing) {
    case Closing::Ask:
        break;
    case Closing::KeepServing:
        return QStringLiteral("keepServing");
    case Closing::Quit:
        return QStringLiteral("quit");
    }
    return QStringLiteral("ask");
}

} // namespace

NoticeChoices readNotices(const QSettings &settings)
{
    NoticeChoices choices;
    choices.rollouts = settings.value(rolloutsKey, choices.rollouts).toBool();
    choices.away = settings.value(awayKey, choices.away).toBool();
    choices.unhealthy = settings.value(unhealthyKey, choices.unhealthy).toBool();
    bool isNumber = false;
    if (const int seconds = settings.value(secondsKey).toInt(&isNumber); isNumber)
        choices.unhealthySeconds = std::clamp(seconds, NoticeChoices::fewestSeconds, NoticeChoices::mostSeconds);
    choices.quiet = domain::quietHoursFromText(settings.value(quietKey).toString());
    const QString closing = settings.value(closingKey).toString();
    for (const Closing known : {Closing::KeepServing, Closing::Quit}) {
        if (closing == nameOf(known))
            choices.closing = known;
    }
    return choices;
}

void writeNotices(QSettings &settings, const NoticeChoices &choices)
{
    settings.setValue(rolloutsKey, choices.rollouts);
    settings.setValue(awayKey, choices.away);
    settings.setValue(unhealthyKey, choices.unhealthy);
    settings.setValue(secondsKey, choices.unhealthySeconds);
    settings.setValue(quietKey, choices.quiet ? domain::text(*choices.quiet) : QString());
    settings.setValue(closingKey, nameOf(choices.closing));
}

} // namespace flowgate::ui
