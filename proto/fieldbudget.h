// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace google::protobuf {
class Descriptor;
}

namespace flowgate::proto {

/// Whether parsing @p message as @p type makes at most @p limit fields, sub-messages and list entries, so that a few
/// million bytes of empty entries cannot become gigabytes of objects. Nothing is allocated.
///
/// Messages of up to @p limit bytes pass unread, since a field needs a byte at least. Where the bytes are not
/// well-formed the count ends: the parser refuses them itself.
/// @thread any
/// @source own; OpAMP and OTLP limit bytes only
[[nodiscard]] bool withinFieldBudget(QByteArrayView message, const google::protobuf::Descriptor &type, qsizetype limit);

} // namespace flowgate::proto
