// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/error.h"

namespace flowgate::store {

bool isPassing(StoreErrorKind kind)
{
    switch (kind) {
    case StoreErrorKind::DiskFull:
    case StoreErrorKind::Io:
    case StoreErrorKind::Busy:
    case StoreErrorKind::ReadOnly:
    case StoreErrorKind::NoMemory:
    case StoreErrorKind::Corrupted:
        return true;
    default:
        return false;
    }
}

} // namespace flowgate::store
