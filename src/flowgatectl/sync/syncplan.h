// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace flowgate::ctl {

/// Texts by file name.
using SyncFiles = QMap<QString, QString>;

/// SHA-256 over names and texts, hex.
[[nodiscard]] QString syncHash(const SyncFiles &files);

/// One config of the library at its newest version.
struct LibrarySide
{
    int version = 0;
    SyncFiles files;
};

/// How a config stood when the folder and the library were last in step.
struct SyncMark
{
    int version = 0;
    QString hash;
    QStringList files; ///< that were written then

    friend bool operator==(const SyncMark &, const SyncMark &) = default;
};

enum class SyncAction {
    Same,     ///< both sides have the same text
    Save,     ///< the folder has news: a new version
    Write,    ///< the library has news: files
    Conflict, ///< both changed: shown, nothing is overwritten
    Gone,     ///< its files were deleted here; the library keeps it, and nothing is written
};

struct SyncStep
{
    QString config;
    SyncAction action = SyncAction::Same;

    friend bool operator==(const SyncStep &, const SyncStep &) = default;
};

/// What has to be done so that both sides are alike, by name of the config. @thread any; pure
[[nodiscard]] std::vector<SyncStep> planSync(const QMap<QString, LibrarySide> &library,
                                             const QMap<QString, SyncFiles> &folder,
                                             const QMap<QString, SyncMark> &marks);

/// "same", "save", "write", "conflict", "gone".
[[nodiscard]] QString word(SyncAction action);

} // namespace flowgate::ctl
