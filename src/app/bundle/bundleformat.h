// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bundle/ziparchive.h"

namespace flowgate::app {

/// The newest format that this program reads and the one that it writes.
inline constexpr int bundleFormat = 1;
/// The entry that says what the others are.
inline constexpr QByteArrayView manifestName = "manifest.json";

/// A bundle as the files of an archive: manifest.json, and each file of each config version under
/// configs/NAME/VERSION/FILE, readable as it is. The manifest has a SHA-256 and a length for each of them.
/// @thread any; pure
[[nodiscard]] ZipFiles toFiles(const Bundle &bundle);

/// The way back. Takes nothing for granted: every file is named by the manifest and has the length and checksum that it
/// says, every config version has the hash that it says, every name, selector and number is one that this program would
/// take from a person.
/// @errors NotABundle, Damaged, Hostile, TooNew (says which program made it)
/// @thread any; pure
[[nodiscard]] BundleResult<Bundle> fromFiles(const ZipFiles &files);

/// Both at once: bytes of a `.flowgate` file.
[[nodiscard]] BundleResult<QByteArray> writeBundle(const Bundle &bundle);
[[nodiscard]] BundleResult<Bundle> readBundle(const QByteArray &archive, const ZipLimits &limits = {});

/// "not_a_bundle", "damaged"… for the command line.
[[nodiscard]] QString word(BundleErrorKind kind);

} // namespace flowgate::app
