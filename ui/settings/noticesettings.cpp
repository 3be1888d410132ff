// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/noticesettings.h"

#include <QCoreApplication>

#include <algorithm>

namespace flowgate::ui {

using models::Setting;
using Closing = NoticeChoices::Closing;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::NoticeSettings)
};

const QString rolloutsKey = noticesPrefix + QStringLiteral("rollouts");
const QString awayKey = noticesPrefix + QStringLiteral("away");
const QString unhealthyKey = noticesPrefix + QStringLiteral("unhealthy");
const QString secondsKey = noticesPrefix + QStringLiteral("unhealthySeconds");
const QString quietKey = noticesPrefix + QStringLiteral("quietHours");
const QString closingKey = noticesPrefix + QStringLiteral("closing");

QString quietText(const NoticeChoices &choices)
{
    return choices.quiet ? domain::text(*choices.quiet) : QString();
}

} // namespace

std::vector<Setting> noticeSettings(const NoticeChoices &choices, bool hasTray)
{
    const NoticeChoices standard;
    std::vector<Setting> settings;
    const auto add = [&](const QString &key, const QString &title, const QString &description, const QVariant &value,
                         const QVariant &usual) -> Setting & {
        Setting setting;
        setting.key = key;
        setting.group = Texts::tr("Notices on the desktop");
        setting.title = title;
        setting.description = description;
        setting.kind = Setting::Kind::Switch;
        setting.value = value;
        setting.standard = usual;
        setting.effect = hasTray
                             ? Texts::tr("At once")
                             : Texts::tr("As soon as this desktop has a tray; it has none now, so nothing is shown");
        settings.push_back(std::move(setting));
        return settings.back();
    };
    add(rolloutsKey, Texts::tr("Failed rollouts"), Texts::tr("Rollouts that failed, or halted since a target failed."),
        choices.rollouts, standard.rollouts);
    add(awayKey, Texts::tr("Lost gateways"),
        Texts::tr("Gateways that are lost or silent. After a start or a pause they have three minutes to come back."),
        choices.away, standard.away);
    add(unhealthyKey, Texts::tr("Unhealthy gateways"), Texts::tr("Gateways that stay unhealthy."), choices.unhealthy,
        standard.unhealthy);
    Setting &seconds = add(secondsKey, Texts::tr("Unhealthy for longer than"),
                           Texts::tr("How long a gateway must be seen unhealthy before it is told."),
                           choices.unhealthySeconds, standard.unhealthySeconds);
    seconds.kind = Setting::Kind::Number;
    seconds.least = NoticeChoices::fewestSeconds;
    seconds.most = NoticeChoices::mostSeconds;
    seconds.step = 5;
    seconds.unit = Texts::tr("s", "seconds");
    Setting &quiet = add(quietKey, Texts::tr("Quiet hours"),
                         Texts::tr("Local times, such as 22:00-07:00; empty for none. Nothing is shown meanwhile; what "
                                   "is still wrong at their end comes in one notice."),
                         quietText(choices), quietText(standard));
    quiet.kind = Setting::Kind::Text;
    Setting &closing =
        add(closingKey, Texts::tr("When the window is closed"),
            hasTray ? Texts::tr("Gateways can reach this control plane only while it runs, with the window or in the "
                                "tray.")
                    : Texts::tr("This desktop has no tray: closing the window quits."),
            static_cast<int>(choices.closing), static_cast<int>(standard.closing));
    closing.kind = Setting::Kind::Choice;
    closing.choices = {{static_cast<int>(Closing::Ask), Texts::tr("Ask once")},
                       {static_cast<int>(Closing::KeepServing), Texts::tr("Keep serving in the tray")},
                       {static_cast<int>(Closing::Quit), Texts::tr("Quit")}};
    if (!hasTray)
        closing.effect = Texts::tr("As soon as this desktop has a tray; it has none now");
    return settings;
}

std::optional<NoticeChoices> changedNotices(NoticeChoices choices, const QString &key, const QVariant &value)
{
    if (key == rolloutsKey) {
        choices.rollouts = value.toBool();
    } else if (key == awayKey) {
        choices.away = value.toBool();
    } else if (key == unhealthyKey) {
        choices.unhealthy = value.toBool();
    } else if (key == secondsKey) {
        choices.unhealthySeconds = std::clamp(value.toInt(), NoticeChoices::fewestSeconds, NoticeChoices::mostSeconds);
    } else if (key == quietKey) {
        const QString text = value.toString().trimmed();
        choices.quiet = domain::quietHoursFromText(text);
        if (!choices.quiet && !text.isEmpty())
            return {};
    } else if (key == closingKey) {
        const int closing = value.toInt();
        if (closing < 0 || closing > static_cast<int>(Closing::Quit))
            return {};
        choices.closing = static_cast<Closing>(closing);
    }
    return choices;
}

QString noticesTrouble()
{
    return Texts::tr("These are no two times of a day, such as 22:00-07:00.");
}

} // namespace flowgate::ui
