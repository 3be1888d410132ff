// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/settingmodel.h"
#include "ui/settings/noticechoices.h"

namespace flowgate::ui {

/// The key of each setting of the notices begins so.
inline const QString noticesPrefix = QStringLiteral("notices.");

/// What can be chosen of notices, with what is chosen.
/// @param hasTray  whether this desktop has one; where it has none the settings say so
[[nodiscard]] std::vector<models::Setting> noticeSettings(const NoticeChoices &choices, bool hasTray);
/// @p choices with the value of one setting changed; nothing where the value cannot be taken.
[[nodiscard]] std::optional<NoticeChoices> changedNotices(NoticeChoices choices, const QString &key,
                                                          const QVariant &value);
/// Why changedNotices() does not take a value.
[[nodiscard]] QString noticesTrouble();

} // namespace flowgate::ui
