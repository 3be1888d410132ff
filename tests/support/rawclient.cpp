// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"

#include <arpa/inet.h>
#include <QList>

#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace flowgate::tests {
namespace {

using Clock = std::chrono::steady_clock;

int remaining(Clock::time_point deadline)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    return left.count() > 0 ? static_cast<int>(left.count()) : 0;
}

} // namespace

struct RawClient::Private
{
    int fd = -1;
    SSL_CTX *context = nullptr;
    SSL *tls = nullptr;
    QByteArray buffer;
    bool ended = false; ///< in order
    bool broken = false;

    [[nodiscard]] bool waitFor(short events, Clock::time_point deadline) const
    {
        pollfd one{.fd = fd, .events = events, .revents = 0};
        return ::poll(&one, 1, remaining(deadline)) > 0;
    }
    /// More bytes into the buffer; false at the end, on an error or when time is up.
    bool fill(Clock::time_point deadline);
    qsizetype writeOnce(QByteArrayView bytes, short &waitFor);
    bool loadIdentity(const RawTls &settings);
    void close();
};

bool RawClient::Private::fill(Clock::time_point deadline)
{
    char piece[64 * 1024];
    while (!ended && !broken && fd >= 0) {
        short wanted = POLLIN;
        if (tls) {
            const int got = SSL_read(tls, piece, sizeof piece);
            if (got > 0) {
                buffer.append(piece, got);
                return true;
            }
            const int error = SSL_get_error(tls, got);
            if (error == SSL_ERROR_WANT_WRITE)
                wanted = POLLOUT;
            else if (error != SSL_ERROR_WANT_READ) {
                // A server that ends TCP without close_notify ends in order, as far as these tests go.
                ended = error == SSL_ERROR_ZERO_RETURN || error == SSL_ERROR_SSL || errno == 0;
                broken = !ended;
                return false;
            }
        } else {
            const ssize_t got = ::recv(fd, piece, sizeof piece, MSG_DONTWAIT);
            if (got > 0) {
                buffer.append(piece, got);
                return true;
            }
            if (got == 0) {
                ended = true;
                return false;
            }
            if (errno != EAGAIN && errno != EINTR) {
                broken = true;
                return false;
            }
        }
        if (!waitFor(wanted, deadline))
            return false;
    }
    return false;
}

qsizetype RawClient::Private::writeOnce(QByteArrayView bytes, short &wanted)
{
    wanted = POLLOUT;
    if (tls) {
        const int put = SSL_write(tls, bytes.data(), static_cast<int>(std::min<qsizetype>(bytes.size(), 1 << 20)));
        if (put > 0)
            return put;
        const int error = SSL_get_error(tls, put);
        if (error == SSL_ERROR_WANT_READ)
            wanted = POLLIN;
        return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
    }
    const ssize_t put = ::send(fd, bytes.data(), static_cast<std::size_t>(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (put >= 0)
        return put;
    return errno == EAGAIN || errno == EINTR ? 0 : -1;
}

void RawClient::Private::close()
{
    SSL_free(tls);
    SSL_CTX_free(context);
    tls = nullptr;
    context = nullptr;
    if (fd >= 0)
        ::close(fd);
    fd = -1;
}

bool RawClient::Private::loadIdentity(const RawTls &settings)
{
    BIO *certificateBio = BIO_new_mem_buf(settings.certificatePem.constData(), -1);
    BIO *keyBio = BIO_new_mem_buf(settings.keyPem.constData(), -1);
    X509 *certificate = PEM_read_bio_X509(certificateBio, nullptr, nullptr, nullptr);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(keyBio, nullptr, nullptr, nullptr);
    const bool loaded = certificate && key && SSL_CTX_use_certificate(context, certificate) == 1 &&
                        SSL_CTX_use_PrivateKey(context, key) == 1;
    EVP_PKEY_free(key);
    X509_free(certificate);
    BIO_free(keyBio);
    BIO_free(certificateBio);
    return loaded;
}

QByteArray RawResponse::header(const QByteArray &name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

quint16 RawFrame::closeCode() const
{
    if (op != Op::Close || payload.size() < 2)
        return 0;
    return static_cast<quint16>(static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]));
}

RawClient::RawClient()
    : d(std::make_unique<Private>())
{
}

RawClient::~RawClient()
{
    if (d)
        d->close();
}

RawClient::RawClient(RawClient &&) noexcept = default;

RawClient &RawClient::operator=(RawClient &&other) noexcept
{
    if (d)
        d->close();
    d = std::move(other.d);
    patience = other.patience;
    return *this;
}

bool RawClient::connectTo(quint16 port, int receiveBuffer)
{
    d->fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receiveBuffer > 0)
        ::setsockopt(d->fd, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    const int on = 1;
    ::setsockopt(d->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(d->fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
}

bool RawClient::startTls(const RawTls &settings)
{
    const auto deadline = Clock::now() + patience;
    d->context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_verify(d->context, SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_security_level(d->context, 0); // old versions are to be refused by the server, not by us
    SSL_CTX_set_mode(d->context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    if (settings.maxVersion != 0)
        SSL_CTX_set_max_proto_version(d->context, settings.maxVersion);
    if (!settings.certificatePem.isEmpty() && !d->loadIdentity(settings))
        return false;
    d->tls = SSL_new(d->context);
    // The descriptor blocks elsewhere; handshake and reads go through poll().
    const timeval moment{.tv_sec = 0, .tv_usec = 50'000};
    ::setsockopt(d->fd, SOL_SOCKET, SO_RCVTIMEO, &moment, sizeof moment);
    ::setsockopt(d->fd, SOL_SOCKET, SO_SNDTIMEO, &moment, sizeof moment);
    SSL_set_fd(d->tls, d->fd);
    while (Clock::now() < deadline) {
        const int result = SSL_connect(d->tls);
        if (result == 1)
            return true;
        const int error = SSL_get_error(d->tls, result);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
            return false;
        if (!d->waitFor(error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline))
            return false;
    }
    return false;
}

bool RawClient::send(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && d->fd >= 0) {
        short wanted = 0;
        const qsizetype put = d->writeOnce(bytes, wanted);
        if (put < 0)
            return false;
        bytes = bytes.sliced(put);
        if (put == 0 && !d->waitFor(wanted, Clock::now() + patience))
            return false;
    }
    return bytes.isEmpty();
}

qsizetype RawClient::sendSome(QByteArrayView bytes)
{
    short wanted = 0;
    return std::max<qsizetype>(0, d->writeOnce(bytes, wanted));
}

QByteArray RawClient::read(qsizetype bytes)
{
    const auto deadline = Clock::now() + patience;
    while (d->buffer.size() < bytes && d->fill(deadline)) {
    }
    const QByteArray read = d->buffer.left(bytes);
    d->buffer.remove(0, bytes);
    return read;
}

QByteArray RawClient::readUntil(const QByteArray &mark)
{
    const auto deadline = Clock::now() + patience;
    qsizetype at = -1;
    while ((at = d->buffer.indexOf(mark)) < 0 && d->fill(deadline)) {
    }
    return read(at < 0 ? d->buffer.size() : at + mark.size());
}

std::optional<RawResponse> RawClient::readResponse(bool withBody)
{
    RawResponse response{.status = 0, .head = readUntil("\r\n\r\n"), .body = {}};
    if (!response.head.startsWith("HTTP/1.1 ") || !response.head.endsWith("\r\n\r\n"))
        return {};
    response.status = response.head.mid(9, 3).toInt();
    const qsizetype length = response.header("Content-Length").toLongLong();
    if (withBody && length > 0) {
        response.body = read(length);
        if (response.body.size() != length)
            return {};
    }
    return response;
}

std::optional<RawFrame> RawClient::readFrame()
{
    const QByteArray start = read(2);
    if (start.size() < 2)
        return {};
    RawFrame frame;
    frame.op = static_cast<Op>(start[0] & 0x0f);
    frame.fin = (start[0] & 0x80) != 0;
    frame.masked = (start[1] & 0x80) != 0;
    qsizetype length = start[1] & 0x7f;
    if (const int width = length == 126 ? 2 : length == 127 ? 8 : 0; width > 0) {
        const QByteArray number = read(width);
        length = number.toHex().toLongLong(nullptr, 16);
    }
    frame.payload = read(length);
    if (frame.payload.size() != length)
        return {};
    return frame;
}

std::optional<RawFrame> RawClient::readData()
{
    while (auto next = readFrame()) {
        if (next->op != Op::Ping)
            return next;
        send(frame(Op::Pong, next->payload));
    }
    return {};
}

bool RawClient::openWebSocket(const QByteArray &path, const std::vector<QByteArray> &headers)
{
    if (!send(upgrade(path, headers)))
        return false;
    const auto response = readResponse();
    return response && response->status == 101;
}

bool RawClient::endsInOrder()
{
    const auto deadline = Clock::now() + patience;
    while (d->fill(deadline))
        d->buffer.clear();
    return d->ended;
}

bool RawClient::staysQuiet(std::chrono::milliseconds time)
{
    return d->buffer.isEmpty() && !d->fill(Clock::now() + time) && !d->ended && !d->broken;
}

void RawClient::shutdownWrite()
{
    ::shutdown(d->fd, SHUT_WR);
}

void RawClient::reset()
{
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(d->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    d->close();
}

void RawClient::close()
{
    d->close();
}

QByteArray RawClient::localAddress() const
{
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(d->fd, reinterpret_cast<sockaddr *>(&address), &size);
    return "127.0.0.1:" + QByteArray::number(ntohs(address.sin_port));
}

} // namespace flowgate::tests
