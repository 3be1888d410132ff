// SPDX-License-Identifier: GPL-3.0-or-later
#include "proto/parse.h"

#include "proto/fieldbudget.h"

#include <algorithm>
#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>
#include <limits>

namespace flowgate::proto {

namespace {

/// More than a message can have that the parser takes: 100 messages within each other, and lists around them.
constexpr int deepestJson = 300;

/// Whether brackets stand no deeper within each other than deepestJson. The parser limits objects, not lists: it keeps
/// a few hundred bytes for each that is open, so that a list of lists of 16 MiB became 5 GB. What is a text here is one
/// for the parser too, which takes both kinds of quotes; where they differ it has given up.
bool withinJsonDepth(QByteArrayView text)
{
    int depth = 0;
    char quote = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            if (c == '\\')
                ++i;
            else if (c == quote)
                quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '[' || c == '{') {
            if (++depth > deepestJson)
                return false;
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return true;
}

} // namespace

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
    if (!withinJsonDepth(text))
        return ParseFailure::Malformed;
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
