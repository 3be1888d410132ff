// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flowgatectl/trouble.h"

#include <QByteArray>

namespace flowgate::ctl {

/// The program's three standard streams, unbuffered.
class Console
{
public:
    enum class Written { Done, ReaderGone, Failed };

    Console() = default;
    Console(int in, int out, int err)
        : m_in(in)
        , m_out(out)
        , m_err(err)
    {
    }

    /// Writes all of @p bytes. ReaderGone: the pipe's other end is closed, or the stream was interrupted.
    Written out(const QByteArray &bytes);
    /// "flowgatectl: " + printable @p sentence on standard error.
    void complain(const QString &sentence);
    /// Standard input to its end.
    /// @errors exit 1: unreadable, or more than @p limit bytes
    [[nodiscard]] Outcome<QByteArray> readAll(qsizetype limit);

    [[nodiscard]] int outDescriptor() const { return m_out; }
    [[nodiscard]] bool outIsTerminal() const;

private:
    int m_in = 0;
    int m_out = 1;
    int m_err = 2;
};

} // namespace flowgate::ctl
