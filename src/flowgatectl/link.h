// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/folder.h"

#include <QJsonObject>
#include <QLocalSocket>

#include <chrono>

namespace flowgate::ctl {

/// One request to a control plane and what comes back, line by line (docs/control-socket.md). Blocks; needs no event
/// loop, yet a QCoreApplication.
class Link
{
public:
    /// Longest line that is read.
    static constexpr qsizetype longestLine = 256 * 1024 * 1024;
    /// Longest request, as the protocol has it.
    static constexpr qsizetype longestRequest = 64 * 1024 * 1024;

    /// @errors exit 3: nobody there, or not ours to open
    [[nodiscard]] Outcome<void> open(const Place &place);
    /// @errors exit 1: too long. A connection that breaks meanwhile shows at next(): an answer may be there.
    [[nodiscard]] Outcome<void> send(const QJsonObject &request);
    /// The next line as an object. A null object: interrupted, or nobody reads @p watchedOutput any more.
    /// @param patience       how long the line may take; negative: for ever
    /// @param watchedOutput  a descriptor whose reader may go away, or -1
    /// @errors exit 1: connection_lost, no_answer, bad_answer
    [[nodiscard]] Outcome<std::optional<QJsonObject>> next(std::chrono::milliseconds patience, int watchedOutput = -1);

    [[nodiscard]] int descriptor() const { return static_cast<int>(m_socket.socketDescriptor()); }

private:
    enum class Waited { Readable, TimedOut, Ended };
    Waited waitForMore(qint64 milliseconds, int watchedOutput);

    QLocalSocket m_socket;
    QByteArray m_buffer;
    qsizetype m_scanned = 0; ///< so many bytes of the buffer have no line end
};

} // namespace flowgate::ctl
