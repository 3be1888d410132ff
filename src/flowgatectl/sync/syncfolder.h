// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/sync/syncplan.h"
#include "flowgatectl/trouble.h"

#include <QDir>

namespace flowgate::ctl {

/// A folder that holds a library as plain files: one folder a config, its files in it, and .flowgate-sync.json, which
/// remembers how both sides stood when they were last alike. Made to be kept in git.
class SyncFolder
{
public:
    /// @param path  made if it is not there
    /// @errors exit 1: not a folder, not readable
    [[nodiscard]] static Outcome<SyncFolder> open(const QString &path);

    /// Every config in it. Files that begin with a dot are left alone, as are folders whose name no config can have.
    /// @errors exit 1: a link, a folder within a config, more than a config may have, a text that is not UTF-8
    [[nodiscard]] Outcome<QMap<QString, SyncFiles>> configs() const;
    [[nodiscard]] const QMap<QString, SyncMark> &marks() const { return m_marks; }

    /// Puts a config's files in place, each whole or not at all; files of the last time that it has no more go.
    /// @errors exit 1: a name that is none for a file, not writable
    [[nodiscard]] Outcome<void> write(const QString &config, const SyncFiles &files);
    void setMark(const QString &config, const SyncMark &mark) { m_marks.insert(config, mark); }
    /// @errors exit 1: not writable
    [[nodiscard]] Outcome<void> saveMarks() const;

private:
    explicit SyncFolder(const QString &path)
        : m_dir(path)
    {
    }

    QDir m_dir;
    QMap<QString, SyncMark> m_marks;
};

} // namespace flowgate::ctl
