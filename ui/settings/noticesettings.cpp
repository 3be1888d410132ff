// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/noticesettings.h"

#include <QCoreApplication>

#include <algorithm>

namespace flowgate::ui {

using models::Setting;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::NoticeSettings)
};

const QString rolloutsKey = noticePrefix + QStringLiteral("rollouts");
const QString unhealthyKey = noticePrefix + QStringLiteral("unhealthy");
const QString secondsKey = noticePrefix + QStringLiteral("unhealthySeconds");
const QString lostKey = noticePrefix + QStringLiteral("lost");
const QString fromKey = noticePrefix + QStringLiteral("quietFrom");
const QString toKey = noticePrefix + QStringLiteral("quietTo");
const QString closeKey = noticePrefix + QStringLiteral("onClose");

constexpr int mostSeconds = 86'400;

Setting base(const QString &key, const QString &title, const QString &description)
{
    Setting setting;
    setting.key = key;
    setting.group = Texts::tr("Notices on the desktop");
    setting.title = title;
    setting.description = description;
    setting.effect = Texts::tr("At once");
    return setting;
}

Setting toggle(const QString &key, const QString &title, const QString &description, bool value)
{
    Setting setting = base(key, title, description);
    setting.kind = Setting::Kind::Switch;
    setting.value = value;
    setting.standard = true;
    return setting;
}

Setting number(const QString &key, const QString &title, const QString &description, int value, int standard, int most,
               const QString &unit)
{
    Setting setting = base(key, title, description);
    setting.kind = Setting::Kind::Number;
    setting.value = value;
    setting.standard = standard;
    setting.least = 0;
    setting.most = most;
    setting.unit = unit;
    return setting;
}

} // namespace

std::vector<Setting> noticeSettings(const NoticeSettings &notices, bool hasTray)
{
    const NoticeSettings standard;
    using OnClose = NoticeSettings::OnClose;
    Setting close = base(closeKey, Texts::tr("When the window is closed"),
                         hasTray ? Texts::tr("Flowgate can go on serving gateways in the tray.")
                                 : Texts::tr("This desktop has no tray: the window closes and Flowgate ends."));
    close.kind = Setting::Kind::Choice;
    close.value = static_cast<int>(notices.onClose);
    close.standard = static_cast<int>(standard.onClose);
    close.choices = {{static_cast<int>(OnClose::Ask), Texts::tr("Ask")},
                     {static_cast<int>(OnClose::KeepServing), Texts::tr("Keep serving in the tray")},
                     {static_cast<int>(OnClose::Quit), Texts::tr("Quit")}};
    return {
        toggle(rolloutsKey, Texts::tr("Rollouts"), Texts::tr("Tell when a rollout fails or is halted."),
               notices.rollouts),
        toggle(lostKey, Texts::tr("Lost gateways"),
               Texts::tr("Tell when a connection breaks or a gateway says nothing. Nothing is told of a time in which "
                         "nobody looked."),
               notices.lost),
        toggle(unhealthyKey, Texts::tr("Unhealthy gateways"), Texts::tr("Tell when one stays unhealthy."),
               notices.unhealthy),
        number(secondsKey, Texts::tr("Unhealthy for"), Texts::tr("So long before it is told."),
               notices.unhealthySeconds, standard.unhealthySeconds, mostSeconds, Texts::tr("s")),
        number(fromKey, Texts::tr("Quiet hours from"),
               Texts::tr("From this hour on nothing is told; equal hours: there are no quiet ones."), notices.quietFrom,
               standard.quietFrom, 23, Texts::tr("o'clock")),
        number(toKey, Texts::tr("Quiet hours until"),
               Texts::tr("What is still wrong then is told at once, in one notice."), notices.quietTo, standard.quietTo,
               23, Texts::tr("o'clock")),
        close,
    };
}

NoticeSettings changedNotices(NoticeSettings notices, const QString &key, const QVariant &value)
{
    const int whole = value.toInt();
    if (key == rolloutsKey)
        notices.rollouts = value.toBool();
    else if (key == unhealthyKey)
        notices.unhealthy = value.toBool();
    else if (key == lostKey)
        notices.lost = value.toBool();
    else if (key == secondsKey)
        notices.unhealthySeconds = std::clamp(whole, 0, mostSeconds);
    else if (key == fromKey)
        notices.quietFrom = std::clamp(whole, 0, 23);
    else if (key == toKey)
        notices.quietTo = std::clamp(whole, 0, 23);
    else if (key == closeKey && whole >= 0 && whole <= static_cast<int>(NoticeSettings::OnClose::Quit))
        notices.onClose = static_cast<NoticeSettings::OnClose>(whole);
    return notices;
}

} // namespace flowgate::ui
