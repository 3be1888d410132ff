// SPDX-License-Identifier: GPL-3.0-or-later
#include "proto/parse.h"

#include "proto/fieldbudget.h"

#include <algorithm>
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
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

std::optional<ParseFailure> parseJson(QByteArrayView text, google::protobuf::Message &message, qsizetype mostFields)
{
    if (text.size() > std::numeric_limits<int>::max())
        return ParseFailure::TooLong;
    if (std::count(text.begin(), text.end(), ',') + std::count(text.begin(), text.end(), ':') > mostFields)
        return ParseFailure::TooManyFields;
#if GOOGLE_PROTOBUF_VERSION < 4022000
    const google::protobuf::LogSilencer quiet;
#endif
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    const auto status =
        google::protobuf::util::JsonStringToMessage({text.data(), static_cast<size_t>(text.size())}, &message, options);
    return status.ok() ? std::nullopt : std::optional(ParseFailure::Malformed);
}

} // namespace flowgate::proto
