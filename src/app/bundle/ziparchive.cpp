// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/ziparchive.h"

#include <QSet>
#include <QtEndian>

#include <memory>
#include <sys/stat.h>
#include <zip.h>

namespace flowgate::app {

namespace {

using Kind = BundleErrorKind;

struct Discard
{
    void operator()(zip_t *archive) const { zip_discard(archive); }
    void operator()(zip_file_t *file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using OpenFile = std::unique_ptr<zip_file_t, Discard>;

/// The same date for every file, so that a bundle of the same content is the same bytes: 1980-01-01, where zip begins.
constexpr zip_uint16_t firstDay = (1 << 5) | 1;

QString shown(const QByteArray &name)
{
    return QString::fromUtf8(name.left(100).toPercentEncoding(" /._-@()"));
}

bool isSafePath(const QByteArray &name, const ZipLimits &limits)
{
    if (name.isEmpty() || name.size() > limits.name || name.startsWith('/') || !name.isValidUtf8())
        return false;
    for (const char c : name) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\' || c == ':')
            return false;
    }
    for (const QByteArray &step : name.split('/')) {
        if (step.isEmpty() || step == "." || step == "..")
            return false;
    }
    return true;
}

/// One name for all that some file system takes for the same.
QString foldedName(const QByteArray &name)
{
    return QString::fromUtf8(name).normalized(QString::NormalizationForm_KC).toCaseFolded();
}

/// Whether the end record is the last thing in @p archive, names @p entries entries and begins where their directory
/// ends. libzip's own check (1.7.3, ZIP_CHECKCONS) lets a record pass that names fewer than there are: the others would
/// be hidden from us and seen by other programs.
bool namesAllEntries(const QByteArray &archive, zip_int64_t entries)
{
    constexpr qsizetype length = 22; // without a comment: we write none
    const qsizetype begin = archive.size() - length;
    if (begin < 0 || QByteArrayView(archive).sliced(begin, 4) != "PK\x05\x06")
        return false;
    const char *record = archive.constData() + begin;
    const qint64 directorySize = qFromLittleEndian<quint32>(record + 12);
    const qint64 directoryBegin = qFromLittleEndian<quint32>(record + 16);
    return qFromLittleEndian<quint16>(record + 10) == entries && directoryBegin + directorySize == begin;
}

bool isLink(zip_t *archive, zip_uint64_t index)
{
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0)
        return false;
    return system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16);
}

class Reader
{
public:
    Reader(zip_t *archive, const ZipLimits &limits)
        : m_archive(archive)
        , m_limits(limits)
    {
    }

    BundleResult<ZipFiles> run()
    {
        const zip_int64_t count = zip_get_num_entries(m_archive, 0);
        if (count > m_limits.entries)
            return refused(
                Kind::Hostile,
                QStringLiteral("it has %1 entries; a bundle has at most %2").arg(count).arg(m_limits.entries));
        for (zip_int64_t i = 0; i < count; ++i) {
            if (const auto done = take(static_cast<zip_uint64_t>(i)); !done)
                return domain::unexpected(done.error());
        }
        return std::move(m_files);
    }

private:
    BundleResult<void> take(zip_uint64_t index)
    {
        zip_stat_t stat;
        zip_stat_init(&stat);
        const char *raw = zip_get_name(m_archive, index, ZIP_FL_ENC_RAW);
        if (!raw || zip_stat_index(m_archive, index, 0, &stat) != 0)
            return refused(Kind::Damaged, QStringLiteral("entry %1 cannot be read").arg(index));
        const QByteArray name(raw);
        if (!isSafePath(name, m_limits))
            return refused(Kind::Hostile, QStringLiteral("the path '%1' is none that a bundle has").arg(shown(name)));
        if (isLink(m_archive, index))
            return refused(Kind::Hostile, QStringLiteral("'%1' is a link").arg(shown(name)));
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
            return refused(Kind::Hostile, QStringLiteral("'%1' is encrypted").arg(shown(name)));
        const QString folded = foldedName(name);
        if (m_names.contains(folded))
            return refused(Kind::Hostile, QStringLiteral("'%1' is there twice").arg(shown(name)));
        m_names.insert(folded);
        return inflate(index, name, stat.size);
    }

    BundleResult<void> inflate(zip_uint64_t index, const QByteArray &name, zip_uint64_t says)
    {
        const qsizetype room = std::min(m_limits.entry, m_limits.total - m_total);
        if (says > static_cast<zip_uint64_t>(room))
            return refused(
                Kind::TooLarge,
                QStringLiteral("'%1' would have %2 bytes; %3 are left for it").arg(shown(name)).arg(says).arg(room));
        const OpenFile file(zip_fopen_index(m_archive, index, 0));
        if (!file)
            return refused(
                Kind::Damaged,
                QStringLiteral("'%1' cannot be read: %2").arg(shown(name), QString::fromUtf8(zip_strerror(m_archive))));
        // One byte more than it says, to notice that it lies. What it says was held against the limits.
        QByteArray body(static_cast<qsizetype>(says) + 1, Qt::Uninitialized);
        qsizetype size = 0;
        while (size < body.size()) {
            const zip_int64_t read =
                zip_fread(file.get(), body.data() + size, static_cast<zip_uint64_t>(body.size() - size));
            if (read < 0)
                return refused(Kind::Damaged, QStringLiteral("'%1' is damaged: %2")
                                                  .arg(shown(name), QString::fromUtf8(zip_file_strerror(file.get()))));
            if (read == 0)
                break;
            size += static_cast<qsizetype>(read);
        }
        if (size != static_cast<qsizetype>(says))
            return refused(Kind::Damaged, QStringLiteral("'%1' is not as long as it says").arg(shown(name)));
        body.truncate(size);
        m_total += size;
        m_files.emplace(name, std::move(body));
        return {};
    }

    zip_t *m_archive;
    const ZipLimits &m_limits;
    ZipFiles m_files;
    QSet<QString> m_names;
    qsizetype m_total = 0;
};

} // namespace

BundleResult<QByteArray> writeZip(const ZipFiles &files)
{
    const auto failed = [](const char *what) {
        return refused(Kind::TooLarge, QStringLiteral("the archive cannot be made: %1").arg(QString::fromUtf8(what)));
    };
    if (files.empty()) // libzip writes no archive at all then
        return refused(Kind::NotABundle, QStringLiteral("the archive cannot be made: there are no files"));
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(nullptr, 0, 0, &error);
    if (!target)
        return failed(zip_error_strerror(&error));
    zip_source_keep(target); // for reading what closing the archive wrote
    const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> keep(target, &zip_source_free);
    Archive archive(zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error));
    if (!archive) {
        zip_source_free(target);
        return failed(zip_error_strerror(&error));
    }
    for (const auto &[name, body] : files) {
        zip_source_t *source =
            zip_source_buffer(archive.get(), body.constData(), static_cast<zip_uint64_t>(body.size()), 0);
        const zip_int64_t index = source ? zip_file_add(archive.get(), name.constData(), source, ZIP_FL_ENC_UTF_8) : -1;
        if (index < 0) {
            zip_source_free(source);
            return failed(zip_strerror(archive.get()));
        }
        zip_file_set_dostime(archive.get(), static_cast<zip_uint64_t>(index), 0, firstDay, 0);
        zip_set_file_compression(archive.get(), static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, 6);
    }
    if (zip_close(archive.get()) != 0)
        return failed(zip_strerror(archive.get()));
    (void)archive.release(); // closed
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(target, &stat) != 0 || zip_source_open(target) != 0)
        return failed("its end cannot be found");
    QByteArray bytes(static_cast<qsizetype>(stat.size), Qt::Uninitialized);
    const zip_int64_t read = zip_source_read(target, bytes.data(), stat.size);
    zip_source_close(target);
    if (read != static_cast<zip_int64_t>(stat.size))
        return failed("it cannot be read back");
    return bytes;
}

BundleResult<ZipFiles> readZip(const QByteArray &archive, const ZipLimits &limits)
{
    if (archive.size() > limits.archive)
        return refused(Kind::TooLarge,
                       QStringLiteral("it has %1 bytes; a bundle may have %2").arg(archive.size()).arg(limits.archive));
    if (!archive.startsWith("PK"))
        return refused(Kind::NotABundle, QStringLiteral("this is no bundle: a bundle is a zip file"));
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source =
        zip_source_buffer_create(archive.constData(), static_cast<zip_uint64_t>(archive.size()), 0, &error);
    if (!source)
        return refused(Kind::Damaged, QString::fromUtf8(zip_error_strerror(&error)));
    const Archive opened(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
    if (!opened) {
        zip_source_free(source);
        return refused(
            Kind::Damaged,
            QStringLiteral("the archive is damaged or cut off: %1").arg(QString::fromUtf8(zip_error_strerror(&error))));
    }
    const zip_int64_t entries = zip_get_num_entries(opened.get(), 0);
    if (!namesAllEntries(archive, entries))
        return refused(Kind::Damaged,
                       QStringLiteral("the archive is damaged: its end does not name all of its entries"));
    if (entries == 0)
        return refused(Kind::NotABundle, QStringLiteral("this zip is no bundle: it is empty"));
    return Reader(opened.get(), limits).run();
}

} // namespace flowgate::app
