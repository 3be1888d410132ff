// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/settingmodel.h"
#include "ui/notices/noticerules.h"

namespace flowgate::ui {

/// The key of each of them begins so.
inline const QString noticePrefix = QStringLiteral("notices.");

/// What can be chosen for notices on the desktop, with what is chosen.
/// @param hasTray  whether this desktop has a place for programs without a window
[[nodiscard]] std::vector<models::Setting> noticeSettings(const NoticeSettings &notices, bool hasTray);
/// @p notices with the value of one of them changed; as it was for an unknown key.
[[nodiscard]] NoticeSettings changedNotices(NoticeSettings notices, const QString &key, const QVariant &value);

} // namespace flowgate::ui
