// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/options.h"

#include <QLockFile>

#include <memory>

namespace flowgate::app {

/// One process per data folder. The lock goes with the process, however it ends.
class FolderLock
{
public:
    /// Makes or judges the folder (store/datafolder.h), then locks it. @errors FolderHeld, FolderNotUsable
    [[nodiscard]] static domain::Result<std::unique_ptr<FolderLock>, StartError> take(const QString &folder,
                                                                                      const QString &program);
    ~FolderLock();

    /// That the folder was open to others and is closed now, a sentence; empty: it was not.
    [[nodiscard]] QString note() const { return m_note; }

private:
    explicit FolderLock(const QString &folder);

    QLockFile m_lock;
    QString m_holderFile;
    QString m_note;
};

} // namespace flowgate::app
