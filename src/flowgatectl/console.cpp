// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/console.h"

#include "flowgatectl/interrupt.h"
#include "flowgatectl/printable.h"

#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace flowgate::ctl {

namespace {

/// A descriptor that was set to non-blocking by whoever started us is waited for.
bool waitFor(int descriptor, short events)
{
    pollfd wanted{descriptor, events, 0};
    return ::poll(&wanted, 1, -1) >= 0 || errno == EINTR;
}

Console::Written writeAll(int descriptor, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::write(descriptor, bytes.constData() + done, size_t(bytes.size() - done));
        if (count >= 0)
            done += count;
        else if (errno == EPIPE || (errno == EINTR && interrupted()))
            return Console::Written::ReaderGone;
        else if (errno == EAGAIN ? !waitFor(descriptor, POLLOUT) : errno != EINTR)
            return Console::Written::Failed;
    }
    return Console::Written::Done;
}

} // namespace

Console::Written Console::out(const QByteArray &bytes)
{
    return writeAll(m_out, bytes);
}

void Console::complain(const QString &sentence)
{
    writeAll(m_err, "flowgatectl: " + printableLines(sentence).toUtf8() + '\n');
}

Outcome<QByteArray> Console::readAll(qsizetype limit)
{
    QByteArray bytes;
    QByteArray chunk(64 * 1024, Qt::Uninitialized);
    for (;;) {
        const ssize_t count = ::read(m_in, chunk.data(), size_t(chunk.size()));
        if (count == 0)
            return bytes;
        if (count < 0 && (errno == EINTR || (errno == EAGAIN && waitFor(m_in, POLLIN))))
            continue;
        if (count < 0)
            return failure(QStringLiteral("unreadable_file"), QStringLiteral("standard input cannot be read"));
        bytes.append(chunk.constData(), count);
        if (bytes.size() > limit)
            return failure(QStringLiteral("too_large"),
                           QStringLiteral("standard input is larger than %1 MiB").arg(limit / (1024 * 1024)));
    }
}

bool Console::outIsTerminal() const
{
    return ::isatty(m_out) == 1;
}

} // namespace flowgate::ctl
