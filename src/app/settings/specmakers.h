// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/settings/settingspec.h"

// Short forms for lists of settings.
namespace flowgate::app {

[[nodiscard]] inline SettingSpec countSpec(Setting setting, const char *key, const char *fallback, qint64 least,
                                           qint64 most, const char *unit, const char *description,
                                           const char *takesEffect)
{
    return {.setting = setting,
            .key = QString::fromLatin1(key),
            .type = SettingSpec::Type::Count,
            .fallback = QString::fromLatin1(fallback),
            .least = least,
            .most = most,
            .unit = QString::fromLatin1(unit),
            .description = QString::fromLatin1(description),
            .takesEffect = QString::fromLatin1(takesEffect)};
}

[[nodiscard]] inline SettingSpec lengthSpec(Setting setting, const char *key, const char *fallback,
                                            domain::milliseconds least, domain::milliseconds most,
                                            const char *description, const char *takesEffect)
{
    return {.setting = setting,
            .key = QString::fromLatin1(key),
            .type = SettingSpec::Type::Length,
            .fallback = QString::fromLatin1(fallback),
            .least = least.count(),
            .most = most.count(),
            .description = QString::fromLatin1(description),
            .takesEffect = QString::fromLatin1(takesEffect)};
}

} // namespace flowgate::app
