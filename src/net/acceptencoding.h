// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace flowgate::net {

/// Whether an answer may be gzipped.
/// @param acceptEncoding  all Accept-Encoding lines joined by commas; empty (no header) means no: clients exist that
///                        cannot read a gzipped answer and say so by sending none (X4b)
/// @return  true if gzip is listed with a weight above 0, or "*" is and gzip is not listed. "x-gzip" is gzip.
///          An item that does not parse counts as not listed.
/// @thread  any
/// @source  T34; RFC 7231 5.3.1, 5.3.4
[[nodiscard]] bool gzipAccepted(QByteArrayView acceptEncoding);

} // namespace flowgate::net
