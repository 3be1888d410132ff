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
    /// Makes the folder (mode 0700) and locks it. @errors FolderHeld, FolderNotUsable
    [[nodiscard]] static domain::Result<std::unique_ptr<FolderLock>, StartError> take(const QString &folder,
                                                                                      const QString &program);
    ~FolderLock();

private:
    explicit FolderLock(const QString &folder);

    QLockFile m_lock;
    QString m_holderFile;
};

} // namespace flowgate::app
