// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/gzip.h"

#include <algorithm>
#include <limits>
#include <zlib.h>

namespace flowgate::net {
namespace {

constexpr int gzipOnly = 15 + 16; // window bits: 32 KiB, gzip framing
constexpr qsizetype step = 64 * 1024;

class Inflater
{
public:
    Inflater() { m_ok = inflateInit2(&stream, gzipOnly) == Z_OK; }
    ~Inflater()
    {
        if (m_ok)
            inflateEnd(&stream);
    }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;
    [[nodiscard]] bool ok() const { return m_ok; }

    z_stream stream{};

private:
    bool m_ok = false;
};

uInt clamped(qsizetype bytes)
{
    return static_cast<uInt>(std::min<qsizetype>(bytes, std::numeric_limits<int>::max()));
}

Bytef *input(QByteArrayView view)
{
    // zlib's interface predates const; it does not write to its input.
    return reinterpret_cast<Bytef *>(const_cast<char *>(view.data()));
}

} // namespace

domain::Result<QByteArray, GunzipError> gunzip(QByteArrayView body, qsizetype limit)
{
    Inflater inflater;
    if (!inflater.ok())
        return domain::unexpected(GunzipError::Corrupt);
    z_stream &z = inflater.stream;
    QByteArray out;
    QByteArray piece(step, Qt::Uninitialized);
    qsizetype read = 0;
    bool insideMember = true;
    while (insideMember || read < body.size()) {
        insideMember = true;
        const uInt offered = clamped(body.size() - read);
        z.next_in = input(body.sliced(read));
        z.avail_in = offered;
        z.next_out = reinterpret_cast<Bytef *>(piece.data());
        z.avail_out = static_cast<uInt>(piece.size());
        const int code = inflate(&z, Z_NO_FLUSH);
        read += offered - z.avail_in;
        const qsizetype made = piece.size() - z.avail_out;
        if (made > limit - out.size())
            return domain::unexpected(GunzipError::TooLarge);
        out.append(piece.constData(), made);
        if (code == Z_STREAM_END) {
            insideMember = false;
            inflateReset(&z);
        } else if (code == Z_BUF_ERROR || (code == Z_OK && made == 0 && read == body.size())) {
            return domain::unexpected(GunzipError::Truncated);
        } else if (code != Z_OK) {
            return domain::unexpected(GunzipError::Corrupt);
        }
    }
    return out;
}

QByteArray gzip(QByteArrayView body)
{
    z_stream z{};
    if (deflateInit2(&z, 4, Z_DEFLATED, gzipOnly, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    QByteArray out(static_cast<qsizetype>(deflateBound(&z, static_cast<uLong>(body.size()))), Qt::Uninitialized);
    qsizetype read = 0;
    qsizetype written = 0;
    int code = Z_OK;
    while (code == Z_OK) {
        const uInt offered = clamped(body.size() - read);
        const uInt room = clamped(out.size() - written);
        z.next_in = input(body.sliced(read));
        z.avail_in = offered;
        z.next_out = reinterpret_cast<Bytef *>(out.data() + written);
        z.avail_out = room;
        code = deflate(&z, read + offered == body.size() ? Z_FINISH : Z_NO_FLUSH);
        read += offered - z.avail_in;
        written += room - z.avail_out;
    }
    deflateEnd(&z);
    out.truncate(written);
    return out;
}

} // namespace flowgate::net
