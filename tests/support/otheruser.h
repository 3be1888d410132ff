// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace flowgate::tests {

/// Whether this process may act as another user: root may.
[[nodiscard]] bool canBeAnotherUser();

/// A TCP connection to a loopback port that belongs to uid 65534 ("nobody"). A process of its own holds it.
class OtherUser
{
public:
    OtherUser() = default;
    ~OtherUser();
    OtherUser(const OtherUser &) = delete;
    OtherUser &operator=(const OtherUser &) = delete;

    /// Connects to 127.0.0.1:@p port and sends @p bytes. @return its own port; nothing: it could not.
    [[nodiscard]] std::optional<quint16> connectTo(quint16 port, const QByteArray &bytes = {});
    /// What came back until the other end closed. Ends the process.
    [[nodiscard]] QByteArray readAll();

private:
    void end();

    int m_child = -1;
    int m_pipe = -1;
};

} // namespace flowgate::tests
