// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/folder.h"

#include "flowgatectl/printable.h"

#include <QDir>
#include <QFile>

namespace flowgate::ctl {

Outcome<QString> defaultDataFolder(const QProcessEnvironment &environment)
{
    const QString xdg = environment.value(QStringLiteral("XDG_DATA_HOME"));
    if (xdg.startsWith(u'/'))
        return QDir::cleanPath(xdg + QStringLiteral("/flowgate"));
    const QString home = environment.value(QStringLiteral("HOME"));
    if (home.startsWith(u'/'))
        return QDir::cleanPath(home + QStringLiteral("/.local/share/flowgate"));
    return usageError(QStringLiteral("neither XDG_DATA_HOME nor HOME is set; name the folder with --data DIR"));
}

Outcome<Place> controlPlace(const QString &folder, const QProcessEnvironment &environment)
{
    const auto chosen = folder.isNull() ? defaultDataFolder(environment) : Outcome<QString>(folder);
    if (!chosen)
        return domain::unexpected(chosen.error());
    Place place;
    place.folder = QDir::cleanPath(QDir::current().absoluteFilePath(*chosen));
    place.socket = QDir(place.folder).filePath(QStringLiteral("control.sock"));
    if (const qsizetype bytes = QFile::encodeName(place.socket).size(); bytes > longestSocketPath) {
        return usageError(QStringLiteral("the path of the control socket, %1, is %2 bytes long and %3 are possible; "
                                         "use a shorter --data DIR")
                              .arg(printable(place.socket))
                              .arg(bytes)
                              .arg(longestSocketPath));
    }
    return place;
}

} // namespace flowgate::ctl
