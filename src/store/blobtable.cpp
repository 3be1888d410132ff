// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/blobtable.h"

#include "store/codec.h"
#include "store/sql.h"
#include "store/values.h"

#include <QtEndian>

namespace flowgate::store {

using namespace domain;

namespace {

StoreError damaged(const char *what)
{
    return {StoreErrorKind::Damaged, QStringLiteral("blob: %1").arg(QLatin1StringView(what))};
}

/// Inflates what qCompress() made: four bytes of length, big-endian, then zlib's format.
Outcome<QByteArray> inflated(const QByteArray &compressed, qint64 byteCount)
{
    if (compressed.size() < 4 || byteCount < 0)
        return domain::unexpected(damaged("cut short"));
    // Looked at first: qUncompress() allocates what the length says.
    const quint32 length = qFromBigEndian<quint32>(compressed.constData());
    if (length != byteCount || length > BlobTable::largest + 1024 * 1024)
        return domain::unexpected(damaged("length"));
    QByteArray bytes = qUncompress(compressed);
    if (bytes.size() != byteCount)
        return domain::unexpected(damaged("not inflatable"));
    return bytes;
}

} // namespace

Outcome<void> BlobTable::put(const ConfigHash &hash, const ConfigSet &config, WallTime at)
{
    const auto known = m_sql.run("UPDATE blobs SET put_at = ? WHERE hash = ?", {bound(at), bound(hash)});
    if (!known)
        return domain::unexpected(known.error());
    if (*known > 0)
        return {};
    if (config.byteCount() > largest)
        return domain::unexpected(StoreError{StoreErrorKind::TooLarge, QStringLiteral("config set")});
    const QByteArray bytes = codec::encode(wireForm(config));
    if (bytes.size() > largest + 1024 * 1024) // many long names
        return domain::unexpected(StoreError{StoreErrorKind::TooLarge, QStringLiteral("config set")});
    return m_sql.write("INSERT INTO blobs (hash, files, byte_count, put_at) VALUES (?, ?, ?, ?)",
                       {bound(hash), bound(qCompress(bytes)), bound(qint64(bytes.size())), bound(at)});
}

Outcome<ConfigSet> BlobTable::get(const ConfigHash &hash)
{
    Outcome<ConfigSet> config = domain::unexpected(StoreError{StoreErrorKind::NotFound, QStringLiteral("config set")});
    return m_sql
        .each("SELECT files, byte_count FROM blobs WHERE hash = ?", {bound(hash)},
              [&](const Row &row) {
                  config = inflated(row.bytes(0), row.number(1)).and_then([](const QByteArray &bytes) {
                      return codec::decode<ConfigSet>(bytes).map_error(
                          [](codec::DecodeError error) { return damaged(codec::text(error)); });
                  });
                  return Outcome<void>();
              })
        .and_then([&] { return std::move(config); });
}

Outcome<bool> BlobTable::has(const ConfigHash &hash)
{
    bool found = false;
    return m_sql
        .each("SELECT 1 FROM blobs WHERE hash = ?", {bound(hash)},
              [&](const Row &) {
                  found = true;
                  return Outcome<void>();
              })
        .map([&] { return found; });
}

Outcome<void> BlobTable::pin(const ConfigHash &hash, WallTime at)
{
    return m_sql.write("UPDATE blobs SET pinned_at = ? WHERE hash = ?", {bound(at), bound(hash)});
}

Outcome<int> BlobTable::prune(const BlobPruning &pruning)
{
    return m_sql.run("DELETE FROM blobs WHERE put_at < ? AND (pinned_at IS NULL OR pinned_at < ?) "
                     "AND NOT EXISTS (SELECT 1 FROM config_versions v WHERE v.hash = blobs.hash) "
                     "AND NOT EXISTS (SELECT 1 FROM gateways g WHERE g.effective_hash = blobs.hash)",
                     {bound(pruning.putBefore), bound(pruning.pinnedBefore)});
}

} // namespace flowgate::store
