// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace flowgate::net {

enum class GunzipError {
    Truncated, ///< ends early: HTTP 400
    Corrupt,   ///< checksum or format, or bytes behind the last member: 400
    TooLarge,  ///< the result would pass the limit: 413
};

/// Inflates one or more gzip members and stops as soon as the output would pass @p limit.
/// @param body   compressed bytes exactly as received; an empty view is Truncated, not "empty body"
/// @param limit  most bytes the result may have, 0 or more
/// @thread       any; allocates at most limit + 64 KiB
/// @source       T33, T36; RFC 1952 2.2
[[nodiscard]] domain::Result<QByteArray, GunzipError> gunzip(QByteArrayView body, qsizetype limit);

/// One gzip member, at a level that favours speed.
/// @thread any
[[nodiscard]] QByteArray gzip(QByteArrayView body);

} // namespace flowgate::net
