// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/bundle.h"

namespace flowgate::app {

/// How much is taken from an archive that anybody may have made.
struct ZipLimits
{
    qsizetype archive = 64LL * 1024 * 1024; ///< bytes of the archive itself
    qsizetype entries = 20'000;
    qsizetype entry = 32LL * 1024 * 1024;  ///< bytes of one file, inflated
    qsizetype total = 256LL * 1024 * 1024; ///< of all of them
    qsizetype name = 400;                  ///< bytes of a path
};

/// Files by their path within the archive.
using ZipFiles = std::map<QByteArray, QByteArray>;

/// The files as a zip. Equal files give equal bytes: in order of their paths, each with the same date.
/// @errors NotABundle: there are no files | TooLarge: does not fit in memory
/// @thread any
[[nodiscard]] BundleResult<QByteArray> writeZip(const ZipFiles &files);

/// All files of a zip, at least one. Refuses what no honest one has: absolute paths and such that lead out, back slashes
/// and control characters in them, two names that are one on some disk, links, folders, encryption, entries that its end
/// record does not name, and more than @p limits. A file that inflates to more than it says is given up at that point.
/// @errors NotABundle, Damaged, Hostile, TooLarge
/// @thread any
[[nodiscard]] BundleResult<ZipFiles> readZip(const QByteArray &archive, const ZipLimits &limits = {});

} // namespace flowgate::app
