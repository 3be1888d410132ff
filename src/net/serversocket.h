// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslSocket>
#include <QTcpSocket>

#include <chrono>
#include <functional>

namespace flowgate::net {

/// Says what close() of an accepted socket does. Qt's own closes the descriptor at once; where the peer is still
/// sending, the system then answers with a reset, and the peer never reads our last words (a 413, a Close frame).
/// @thread the socket's
class SocketControl
{
public:
    enum class Close {
        Now,           ///< as Qt does it
        Linger,        ///< send what is queued, end our direction, discard input until the peer ends its own
        HoldThenLinger ///< the first call does nothing, so that the peer's Close frame can still be read (T23)
    };

    /// @param socket  outlives this: both are one object, see ServerSocket
    explicit SocketControl(QTcpSocket &socket)
        : m_socket(socket)
    {
    }
    SocketControl(const SocketControl &) = delete;
    SocketControl &operator=(const SocketControl &) = delete;
    virtual ~SocketControl() = default;

    void setClose(Close mode) { m_mode = mode; }
    /// Is told when a close() begins to linger: after HoldThenLinger that is when the peer's Close was read.
    void onLinger(std::function<void()> told) { m_onLinger = std::move(told); }
    /// How long a lingering socket waits for the peer before it is dropped.
    void setLingerTime(std::chrono::milliseconds time) { m_lingerTime = time; }
    /// Bytes that were written and did not reach the system yet, encrypted ones included.
    [[nodiscard]] qint64 unsent() const;
    /// Ends the connection at once, with a reset where something is unread.
    void drop();

protected:
    /// True if close() is taken over and must not reach Qt.
    [[nodiscard]] bool deferClose();

private:
    void linger();
    void endOurDirection();

    QTcpSocket &m_socket;
    Close m_mode = Close::Now;
    bool m_lingering = false;
    bool m_ended = false;
    std::chrono::milliseconds m_lingerTime{2'000};
    std::function<void()> m_onLinger;
};

/// An accepted QTcpSocket or QSslSocket whose close() can be told to be polite.
template<typename Base>
class ServerSocket final : public Base, public SocketControl
{
public:
    ServerSocket()
        : SocketControl(static_cast<QTcpSocket &>(*this))
    {
    }
    void close() override
    {
        if (!deferClose())
            Base::close();
    }
};

} // namespace flowgate::net
