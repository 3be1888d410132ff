// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"
#include "store/error.h"

namespace flowgate::app {

/// Which file or folder, what is wrong with it, and what was found, without an end: "F: the disk is full (…)".
[[nodiscard]] QString words(const store::OpenError &error);
/// What is wrong and what to do about it, without an end.
[[nodiscard]] QString words(const store::StoreError &error);

/// An operation that the database did not take.
[[nodiscard]] domain::unexpected<Failure> storeFailed(const store::StoreError &error);
/// One that is in force all the same, and will be written when the database takes it again.
[[nodiscard]] domain::unexpected<Failure> notYetWritten(const store::StoreError &error);

} // namespace flowgate::app
