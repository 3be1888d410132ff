// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"
#include "store/error.h"

#include <QString>

#include <optional>
#include <sys/types.h>

namespace flowgate::store {

/// What was done to have a data folder of our own.
struct DataFolder
{
    bool made = false;
    std::optional<mode_t> wasOpen; ///< others could reach into it by this mode; it has 0700 now
};

/// Makes the folder with mode 0700, or judges one that is there before anything is written into it: it has to be ours,
/// and no link in it may be of another user. Ours with a wider mode is closed. It may be a link itself where the
/// link is ours or root's, as systemd's DynamicUser makes one.
/// @errors FolderNotUsable | FolderNotPrivate | DiskFull
/// @thread any
[[nodiscard]] domain::Result<DataFolder, OpenError> prepareFolder(const QString &folder);

/// Makes or opens a file in a data folder for writing, with mode 0600, and never through a link.
/// @param flags  of open(2), beside O_CREAT, O_CLOEXEC and O_NOFOLLOW
/// @return       its descriptor, or -1 with errno (ELOOP: it is a link)
[[nodiscard]] int openOwnFile(const QString &file, int flags);

} // namespace flowgate::store
