// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/windowsettings.h"

#include <QCoreApplication>

#include <algorithm>

namespace flowgate::ui {

using models::Setting;
using Theme = WindowLook::Theme;
using common::Density;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::WindowSettings)
};

const QString themeKey = windowPrefix + QStringLiteral("theme");
const QString textKey = windowPrefix + QStringLiteral("text");
const QString densityKey = windowPrefix + QStringLiteral("density");
const QString timesKey = windowPrefix + QStringLiteral("times");

Setting choice(const QString &key, const QString &title, const QString &description, int value, int standard,
               std::vector<std::pair<QVariant, QString>> choices)
{
    Setting setting;
    setting.key = key;
    setting.group = Texts::tr("This window");
    setting.title = title;
    setting.description = description;
    setting.kind = Setting::Kind::Choice;
    setting.value = value;
    setting.standard = standard;
    setting.choices = std::move(choices);
    setting.effect = Texts::tr("At once");
    return setting;
}

} // namespace

std::vector<Setting> windowSettings(const WindowLook &look)
{
    const WindowLook standard;
    Setting text;
    text.key = textKey;
    text.group = Texts::tr("This window");
    text.title = Texts::tr("Text size");
    text.description = Texts::tr("Of the size that the system gives. The View menu has keys for it too.");
    text.kind = Setting::Kind::Number;
    text.value = look.textPercent;
    text.standard = standard.textPercent;
    text.least = WindowLook::smallestText;
    text.most = WindowLook::largestText;
    text.step = 10;
    text.unit = QStringLiteral("%");
    text.effect = Texts::tr("At once");
    return {
        choice(themeKey, Texts::tr("Colours"), Texts::tr("Light or dark, or whatever the system is."),
               static_cast<int>(look.theme), static_cast<int>(standard.theme),
               {{static_cast<int>(Theme::System), Texts::tr("As the system")},
                {static_cast<int>(Theme::Light), Texts::tr("Light")},
                {static_cast<int>(Theme::Dark), Texts::tr("Dark")}}),
        text,
        choice(densityKey, Texts::tr("Rows of tables"), Texts::tr("Compact rows show more gateways at a time."),
               static_cast<int>(look.density), static_cast<int>(standard.density),
               {{static_cast<int>(Density::Comfortable), Texts::tr("Comfortable")},
                {static_cast<int>(Density::Compact), Texts::tr("Compact")}}),
        choice(timesKey, Texts::tr("Times in tables"),
               Texts::tr("How long ago, or the time of day. The other one is in the tool tip."),
               look.exactTimes ? 1 : 0, standard.exactTimes ? 1 : 0,
               {{0, Texts::tr("How long ago")}, {1, Texts::tr("Time of day")}}),
    };
}

WindowLook changedLook(WindowLook look, const QString &key, const QVariant &value)
{
    const int number = value.toInt();
    if (key == themeKey && number >= 0 && number <= static_cast<int>(Theme::Dark))
        look.theme = static_cast<Theme>(number);
    else if (key == textKey)
        look.textPercent = std::clamp(number, WindowLook::smallestText, WindowLook::largestText);
    else if (key == densityKey && number >= 0 && number <= static_cast<int>(Density::Compact))
        look.density = static_cast<Density>(number);
    else if (key == timesKey)
        look.exactTimes = number == 1;
    return look;
}

} // namespace flowgate::ui
