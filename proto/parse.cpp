// SPDX-License-Identifier: GPL-3.0-or-later
#include "proto/parse.h"

#include "proto/fieldbudget.h"

#include <google/protobuf/message.h>
#include <limits>

namespace flowgate::proto {

std::optional<ParseFailure> parse(QByteArrayView bytes, google::protobuf::Message &message, qsizetype mostFields)
{
    if (bytes.size() > std::numeric_limits<int>::max())
        return ParseFailure::TooLong;
    if (!withinFieldBudget(bytes, *message.GetDescriptor(), mostFields))
        return ParseFailure::TooManyFields;
#if GOOGLE_PROTOBUF_VERSION < 4022000 // later ones have no such class and do not write this
    const google::protobuf::LogSilencer quiet;
#endif
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return ParseFailure::Malformed;
    return {};
}

} // namespace flowgate::proto
