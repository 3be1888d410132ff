// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/comparewords.h"

#include <QCoreApplication>
#include <QHash>
#include <QStringList>

namespace flowgate::models {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::CompareWords)
};

/// Facts that are alone under their path.
const QHash<QString, QString> &wholePaths()
{
    static const QHash<QString, QString> words{
        {QStringLiteral("id"), Words::tr("Instance uid")},
        {QStringLiteral("name"), Words::tr("Name")},
        {QStringLiteral("admission"), Words::tr("Admission")},
        {QStringLiteral("restarts"), Words::tr("Restarts")},
        {QStringLiteral("capabilities"), Words::tr("Capabilities")},
        {QStringLiteral("presence/state"), Words::tr("Presence")},
        {QStringLiteral("presence/why"), Words::tr("Presence: reason")},
        {QStringLiteral("presence/transport"), Words::tr("Transport")},
        {QStringLiteral("health/state"), Words::tr("Health")},
        {QStringLiteral("health/error"), Words::tr("Health: reason")},
        {QStringLiteral("health/stale"), Words::tr("Health: not current")},
        {QStringLiteral("config/reported/stale"), Words::tr("Config status: messages were lost since")},
        {QStringLiteral("config/effective/stale"), Words::tr("Effective config: messages were lost since")},
        {QStringLiteral("health/implausible_start"), Words::tr("Health: implausible start time")},
        {QStringLiteral("health/last_reported/healthy"), Words::tr("Last reported health: healthy")},
        {QStringLiteral("health/last_reported/status"), Words::tr("Last reported health: status")},
        {QStringLiteral("health/last_reported/error"), Words::tr("Last reported health: error")},
        {QStringLiteral("config/state"), Words::tr("Config")},
        {QStringLiteral("config/why"), Words::tr("Config: reason")},
        {QStringLiteral("effective"), Words::tr("Effective config")},
    };
    return words;
}

QString configPart(const QString &part)
{
    if (part == QStringLiteral("wanted"))
        return Words::tr("Wanted");
    if (part == QStringLiteral("reported"))
        return Words::tr("Reported config");
    if (part == QStringLiteral("effective"))
        return Words::tr("Effective");
    if (part == QStringLiteral("last_proven"))
        return Words::tr("Last proven");
    return part == QStringLiteral("last_failed") ? Words::tr("Last failed") : QString();
}

QString leaf(const QString &name)
{
    if (name == QStringLiteral("config"))
        return Words::tr("config");
    if (name == QStringLiteral("version"))
        return Words::tr("version");
    if (name == QStringLiteral("hash"))
        return Words::tr("hash");
    if (name == QStringLiteral("status"))
        return Words::tr("status");
    if (name == QStringLiteral("error"))
        return Words::tr("error");
    if (name == QStringLiteral("files"))
        return Words::tr("files");
    if (name == QStringLiteral("healthy"))
        return Words::tr("healthy");
    if (name == QStringLiteral("contains_wanted"))
        return Words::tr("contains what is wanted");
    if (name == QStringLiteral("not_compared"))
        return Words::tr("values that cannot be compared");
    if (name == QStringLiteral("not_comparable"))
        return Words::tr("why it cannot be compared");
    return name == QStringLiteral("differences") ? Words::tr("differences") : name;
}

} // namespace

QString factWords(const QString &path)
{
    if (const auto whole = wholePaths().constFind(path); whole != wholePaths().constEnd())
        return *whole;
    const QStringList steps = path.split(u'/');
    if (steps.size() < 2)
        return path;
    if (steps[0] == QStringLiteral("labels"))
        return Words::tr("Label %1").arg(path.section(u'/', 1));
    if (steps[0] == QStringLiteral("effective"))
        return Words::tr("Effective: %1").arg(path.section(u'/', 1));
    if (steps[0] == QStringLiteral("config") && steps.size() == 3 && !configPart(steps[1]).isEmpty())
        return Words::tr("%1: %2", "a config and a fact of it").arg(configPart(steps[1]), leaf(steps[2]));
    if (steps[0] == QStringLiteral("health") && steps[1] == QStringLiteral("components") && steps.size() > 3) {
        QStringList names; // every other step is "components"
        for (qsizetype i = 2; i + 1 < steps.size(); i += 2)
            names.append(steps[i]);
        return Words::tr("Health of %1: %2").arg(names.join(QStringLiteral(" \u203a ")), leaf(steps.back()));
    }
    return path;
}

} // namespace flowgate::models
