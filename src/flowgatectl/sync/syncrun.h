// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/trouble.h"

#include <QJsonObject>

#include <functional>

namespace flowgate::ctl {

/// Asks the control plane: a verb and its arguments in, its result out.
using AskPlane = std::function<Outcome<QJsonObject>(const QString &verb, const QJsonObject &args)>;

struct SyncWish
{
    QString folder;
    QString message; ///< of new versions
    bool dry = false;
};

/// Brings a folder and the library into step, both ways. What both sides changed is a conflict and stays as it is on
/// both; all else is done.
/// @return {"items":[{"config","action","version"}],"conflicts":n}
/// @errors as the folder's and the control plane's
[[nodiscard]] Outcome<QJsonObject> runSync(const SyncWish &wish, const AskPlane &ask);

} // namespace flowgate::ctl
