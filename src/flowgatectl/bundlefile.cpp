// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/bundlefile.h"

#include <QFileInfo>
#include <QJsonObject>
#include <QSaveFile>

namespace flowgate::ctl {

Outcome<void> mayWriteBundle(const Invocation &invocation)
{
    const QString &path = invocation.operands.front();
    if (QFileInfo::exists(path) && !invocation.has(QStringLiteral("force")))
        return failure(QStringLiteral("exists"),
                       QStringLiteral("'%1' is there already; --force overwrites it").arg(path));
    return {};
}

Outcome<QJsonValue> writeBundleFile(const Invocation &invocation, const QJsonValue &result)
{
    const QString &path = invocation.operands.front();
    const QByteArray bytes = QByteArray::fromBase64(result[QStringLiteral("bundle")].toString().toLatin1());
    QSaveFile file(path);
    // A bundle holds configs, and those may hold secrets: for the owner only.
    const bool done = file.open(QIODevice::WriteOnly) &&
                      file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                      file.write(bytes) == bytes.size() && file.commit();
    if (!done)
        return failure(QStringLiteral("not_written"),
                       QStringLiteral("'%1' cannot be written: %2").arg(path, file.errorString()));
    return QJsonValue(QJsonObject{{QStringLiteral("file"), path}, {QStringLiteral("bytes"), bytes.size()}});
}

} // namespace flowgate::ctl
