// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <optional>

namespace google::protobuf {
class Message;
}

namespace flowgate::proto {

/// Why bytes from outside did not become a message.
enum class ParseFailure {
    TooLong,       ///< more than protobuf's own limit of 2 GiB
    TooManyFields, ///< see fieldbudget.h
    Malformed,     ///< cut short, nested over 100 levels, a string that is not UTF-8, or no protobuf at all
};

/// Parses @p bytes into @p message. After Malformed, @p message holds what came before the fault.
///
/// The library's complaints about the content are kept off stderr: a peer could fill the log with them.
/// @param mostFields  see withinFieldBudget()
/// @return            nothing on success
/// @thread any, one message a thread
[[nodiscard]] std::optional<ParseFailure> parse(QByteArrayView bytes, google::protobuf::Message &message,
                                                qsizetype mostFields);

/// The same for protobuf's JSON form. Fields that are not known are passed over; over 300 brackets within each other
/// are Malformed.
/// @param mostFields  counts each comma and colon, in texts too
[[nodiscard]] std::optional<ParseFailure> parseJson(QByteArrayView text, google::protobuf::Message &message,
                                                    qsizetype mostFields);

} // namespace flowgate::proto
