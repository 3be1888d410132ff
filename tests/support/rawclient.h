// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/rawbytes.h"

#include <chrono>
#include <memory>
#include <optional>

namespace flowgate::tests {

/// An HTTP answer as it came.
struct RawResponse
{
    int status = 0;
    QByteArray head; ///< whole, for looking at what a parser would hide
    QByteArray body; ///< as long as Content-Length says

    /// The value of the first header of that name, case ignored; null if there is none.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};

struct RawFrame
{
    Op op = Op::Continuation;
    bool fin = false;
    bool masked = false;
    QByteArray payload;

    /// The code of a Close frame; 0 if it has none.
    [[nodiscard]] quint16 closeCode() const;
};

/// What a TLS client shows and trusts.
struct RawTls
{
    QByteArray certificatePem; ///< its own; empty: none
    QByteArray keyPem;
    int maxVersion = 0; ///< as OpenSSL numbers them; 0: newest
};

/// A client on a bare, blocking socket: every byte it sends is the test's own. Everything waits at most `patience`.
/// @thread one; the server must live on another
class RawClient
{
public:
    RawClient();
    ~RawClient();
    RawClient(RawClient &&) noexcept;
    RawClient &operator=(RawClient &&) noexcept;

    /// To 127.0.0.1. @p receiveBuffer in bytes, for slow readers; 0: the system's.
    [[nodiscard]] bool connectTo(quint16 port, int receiveBuffer = 0);
    /// Starts TLS on the connection; false if the server does not go along.
    [[nodiscard]] bool startTls(const RawTls &tls = {});

    /// False once the peer is gone or takes nothing more for `patience`.
    bool send(QByteArrayView bytes);
    /// Sends as much as the peer takes without waiting.
    qsizetype sendSome(QByteArrayView bytes);
    /// Exactly that many bytes; fewer if the peer ends before or says nothing for `patience`.
    [[nodiscard]] QByteArray read(qsizetype bytes);
    /// Everything up to and with @p mark; everything there is if the mark never comes.
    [[nodiscard]] QByteArray readUntil(const QByteArray &mark);
    /// The next answer; a 100 Continue counts as one. @p withBody false after a HEAD.
    [[nodiscard]] std::optional<RawResponse> readResponse(bool withBody = true);
    [[nodiscard]] std::optional<RawFrame> readFrame();
    /// The next frame that is no ping; pings are answered.
    [[nodiscard]] std::optional<RawFrame> readData();

    /// Sends an upgrade and reads the answer; true if it is a 101.
    [[nodiscard]] bool openWebSocket(const QByteArray &path, const std::vector<QByteArray> &headers = {});

    /// True if the peer ends the connection in order (no reset) within `patience`, whatever it still sends before.
    [[nodiscard]] bool endsInOrder();
    /// True if nothing at all comes for @p time.
    [[nodiscard]] bool staysQuiet(std::chrono::milliseconds time);
    /// Ends our direction only.
    void shutdownWrite();
    /// Ends the connection without a word, by reset.
    void reset();
    void close();
    /// "127.0.0.1:40000", as the server sees us.
    [[nodiscard]] QByteArray localAddress() const;

    std::chrono::milliseconds patience{300'000};

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace flowgate::tests
