// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bundle/bundleformat.h"

#include "app/configs/configlibrary.h"
#include "domain/names.h"
#include "domain/selector.h"
#include "domain/wavetext.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QUuid>

#include <algorithm>

namespace flowgate::app {

namespace {

using Kind = BundleErrorKind;

QByteArray checksum(const QByteArray &body)
{
    return QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
}

/// A file's own name where it can stand in an archive on any disk, else its number.
QByteArray entryName(const QString &file, int number)
{
    const bool isPlain =
        !file.isEmpty() && file.size() <= 100 && file.front() != u'.' && std::ranges::all_of(file, [](QChar c) {
            return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'.' ||
                   c == u'_' || c == u'-';
        });
    return isPlain ? QByteArray::number(number) + '-' + file.toUtf8() : QByteArray::number(number) + ".yaml";
}

QJsonObject versionJson(const BundleVersion &one, ZipFiles &files)
{
    const domain::ConfigVersion &version = one.version;
    QJsonArray list;
    int number = 0;
    for (const auto &[name, file] : one.files.files) {
        const QByteArray path = "configs/" + version.ref.config.toUtf8() + '/' +
                                QByteArray::number(version.ref.version) + '/' + entryName(name, ++number);
        files.emplace(path, file.body);
        list.append(QJsonObject{{QStringLiteral("name"), name},
                                {QStringLiteral("content_type"), file.contentType},
                                {QStringLiteral("path"), QString::fromUtf8(path)},
                                {QStringLiteral("bytes"), file.body.size()},
                                {QStringLiteral("sha256"), QString::fromLatin1(checksum(file.body))}});
    }
    return {{QStringLiteral("version"), version.ref.version},
            {QStringLiteral("hash"), version.ref.hash.hex()},
            {QStringLiteral("message"), version.message},
            {QStringLiteral("author"), version.author},
            {QStringLiteral("created_at"), domain::rfc3339(version.createdAt)},
            {QStringLiteral("files"), list}};
}

void addMarks(QJsonObject &config, const domain::ConfigMarks &marks)
{
    if (!marks.tags.isEmpty())
        config.insert(QStringLiteral("tags"), QJsonArray::fromStringList(marks.tags));
    if (marks.archivedAt)
        config.insert(QStringLiteral("archived_at"), domain::rfc3339(*marks.archivedAt));
}

QJsonArray configsJson(const Bundle &bundle, ZipFiles &files)
{
    QJsonArray configs;
    for (auto one = bundle.versions.begin(); one != bundle.versions.end();) {
        const QString name = one->version.ref.config;
        QJsonArray versions;
        for (; one != bundle.versions.end() && one->version.ref.config == name; ++one)
            versions.append(versionJson(*one, files));
        QJsonObject config{{QStringLiteral("name"), name}, {QStringLiteral("versions"), versions}};
        if (const auto marks = bundle.marks.find(name); marks != bundle.marks.end())
            addMarks(config, marks->second);
        configs.append(config);
    }
    return configs;
}

class ManifestReader
{
public:
    ManifestReader(const QJsonObject &manifest, const ZipFiles &files)
        : m_manifest(manifest)
        , m_files(files)
    {
    }

    BundleResult<Bundle> run()
    {
        m_bundle.program = m_manifest[QLatin1String("program")].toString().left(100);
        if (const auto at = domain::fromRfc3339(m_manifest[QLatin1String("made_at")].toString()))
            m_bundle.madeAt = *at;
        for (const QJsonValue &config : m_manifest[QLatin1String("configs")].toArray())
            readConfig(config.toObject());
        for (const QJsonValue &labels : m_manifest[QLatin1String("labels")].toArray())
            readLabels(labels.toObject());
        for (const QJsonValue &standing : m_manifest[QLatin1String("standing")].toArray())
            readStanding(standing.toObject());
        const QJsonObject settings = m_manifest[QLatin1String("settings")].toObject();
        for (auto it = settings.begin(); it != settings.end(); ++it)
            m_bundle.settings.emplace(it.key(), it.value().toString());
        for (const auto &[path, body] : m_files) {
            if (path != manifestName && !m_named.contains(path))
                fail(Kind::Hostile, QStringLiteral("'%1' is not named by the manifest").arg(QString::fromUtf8(path)));
        }
        if (m_error)
            return domain::unexpected(*m_error);
        return std::move(m_bundle);
    }

private:
    void fail(Kind kind, const QString &what)
    {
        if (!m_error)
            m_error = BundleError{kind, what};
    }

    void readConfig(const QJsonObject &json)
    {
        const QString name = json[QLatin1String("name")].toString();
        if (!domain::isConfigName(name))
            return fail(Kind::Damaged, QStringLiteral("'%1' is no name of a config").arg(name.left(100)));
        if (m_configs.contains(name))
            return fail(Kind::Damaged, QStringLiteral("the config '%1' is there twice").arg(name));
        m_configs.insert(name);
        int last = 0;
        for (const QJsonValue &value : json[QLatin1String("versions")].toArray()) {
            const QJsonObject one = value.toObject();
            const int number = one[QLatin1String("version")].toInt();
            if (number <= last)
                return fail(Kind::Damaged, QStringLiteral("the versions of '%1' are out of order").arg(name));
            last = number;
            readVersion(name, number, one);
        }
        readMarks(name, json);
    }

    void readMarks(const QString &name, const QJsonObject &json)
    {
        domain::ConfigMarks marks;
        for (const QJsonValue &tag : json[QLatin1String("tags")].toArray()) {
            if (!domain::isTag(tag.toString()) || marks.tags.size() == domain::ConfigMarks::mostTags)
                return fail(Kind::Damaged, QStringLiteral("'%1' has tags that are none, or too many").arg(name));
            marks.tags.append(tag.toString());
        }
        marks.tags.removeDuplicates();
        marks.tags.sort();
        marks.archivedAt = domain::fromRfc3339(json[QLatin1String("archived_at")].toString());
        if (!(marks == domain::ConfigMarks()))
            m_bundle.marks.emplace(name, marks);
    }

    void readVersion(const QString &name, int number, const QJsonObject &json)
    {
        BundleVersion made;
        for (const QJsonValue &value : json[QLatin1String("files")].toArray())
            readFile(value.toObject(), made.files);
        if (m_error)
            return;
        const domain::ConfigHash hash = domain::canonicalHash(made.files);
        const auto at = domain::fromRfc3339(json[QLatin1String("created_at")].toString());
        const QString which = QStringLiteral("%1@%2").arg(name).arg(number);
        if (made.files.byteCount() == 0 || made.files.byteCount() > ConfigLibrary::largest)
            return fail(Kind::Damaged, QStringLiteral("%1 is empty, or larger than a config may be").arg(which));
        if (!at || hash.hex() != json[QLatin1String("hash")].toString())
            return fail(Kind::Damaged, QStringLiteral("the content of %1 is not what its hash says").arg(which));
        made.version = {{name, number, hash},
                        json[QLatin1String("message")].toString(),
                        json[QLatin1String("author")].toString(),
                        *at};
        m_bundle.versions.push_back(std::move(made));
    }

    void readFile(const QJsonObject &json, domain::ConfigSet &files)
    {
        const QByteArray path = json[QLatin1String("path")].toString().toUtf8();
        const QString name = json[QLatin1String("name")].toString();
        const auto body = m_files.find(path);
        if (body == m_files.end() || path == manifestName)
            return fail(Kind::Damaged, QStringLiteral("'%1' is missing").arg(QString::fromUtf8(path.left(200))));
        if (body->second.size() != json[QLatin1String("bytes")].toInteger(-1) ||
            QString::fromLatin1(checksum(body->second)) != json[QLatin1String("sha256")].toString())
            return fail(Kind::Damaged,
                        QStringLiteral("'%1' is not what its checksum says").arg(QString::fromUtf8(path)));
        if (files.files.contains(name))
            return fail(Kind::Damaged, QStringLiteral("two files of one version are called '%1'").arg(name.left(100)));
        m_named.insert(path);
        files.files.emplace(name, domain::ConfigFile{body->second, json[QLatin1String("content_type")].toString()});
    }

    void readLabels(const QJsonObject &json)
    {
        const auto id = domain::gatewayIdFromText(json[QLatin1String("gateway")].toString());
        if (!id)
            return fail(Kind::Damaged, QStringLiteral("labels are given to something that is no gateway's id"));
        BundleLabels made{*id, json[QLatin1String("name")].toString().left(200), {}};
        const QJsonObject labels = json[QLatin1String("labels")].toObject();
        for (auto it = labels.begin(); it != labels.end(); ++it) {
            if (!domain::isLabelKey(it.key()) || it.key().size() + it.value().toString().size() > 1023)
                return fail(Kind::Damaged, QStringLiteral("'%1' is no label").arg(it.key().left(100)));
            made.labels.insert(it.key(), it.value().toString());
        }
        m_bundle.labels.push_back(std::move(made));
    }

    void readStanding(const QJsonObject &json)
    {
        BundleStanding made;
        made.ref.config = json[QLatin1String("config")].toString();
        made.ref.version = json[QLatin1String("version")].toInt();
        made.selector = json[QLatin1String("selector")].toString();
        const auto version = std::ranges::find_if(m_bundle.versions, [&made](const BundleVersion &one) {
            return one.version.ref.config == made.ref.config && one.version.ref.version == made.ref.version;
        });
        const auto waves = domain::wavesFromText(json[QLatin1String("waves")].toString());
        if (version == m_bundle.versions.end() || !domain::Selector::parse(made.selector) || !waves)
            return fail(Kind::Damaged, QStringLiteral("a standing selector for '%1' cannot be read, or its version is "
                                                      "not in the bundle")
                                           .arg(made.ref.config.left(100)));
        made.ref.hash = version->version.ref.hash;
        made.options.waves = *waves;
        made.options.soak = domain::milliseconds(json[QLatin1String("soak_ms")].toInteger(30'000));
        made.options.timeout = domain::milliseconds(json[QLatin1String("timeout_ms")].toInteger(60'000));
        constexpr domain::milliseconds day = std::chrono::hours(24);
        if (made.options.soak < domain::milliseconds(0) || made.options.soak > day ||
            made.options.timeout < std::chrono::seconds(1) || made.options.timeout > day)
            return fail(Kind::Damaged, QStringLiteral("the soak or the timeout of '%1' is none that a rollout takes")
                                           .arg(made.selector.left(100)));
        made.options.putBack = json[QLatin1String("rollback")].toBool(true);
        m_bundle.standing.push_back(std::move(made));
    }

    const QJsonObject m_manifest;
    const ZipFiles &m_files;
    QSet<QString> m_configs;
    QSet<QByteArray> m_named;
    Bundle m_bundle;
    std::optional<BundleError> m_error;
};

} // namespace

ZipFiles toFiles(const Bundle &bundle)
{
    ZipFiles files;
    QJsonArray labels;
    for (const BundleLabels &one : bundle.labels) {
        QJsonObject pairs;
        for (auto it = one.labels.cbegin(); it != one.labels.cend(); ++it)
            pairs.insert(it.key(), it.value());
        labels.append(QJsonObject{{QStringLiteral("gateway"), domain::uuidText(one.gateway)},
                                  {QStringLiteral("name"), one.name},
                                  {QStringLiteral("labels"), pairs}});
    }
    QJsonArray standing;
    for (const BundleStanding &one : bundle.standing)
        standing.append(QJsonObject{{QStringLiteral("config"), one.ref.config},
                                    {QStringLiteral("version"), one.ref.version},
                                    {QStringLiteral("selector"), one.selector},
                                    {QStringLiteral("waves"), domain::wavesText(one.options.waves)},
                                    {QStringLiteral("soak_ms"), qint64(one.options.soak.count())},
                                    {QStringLiteral("timeout_ms"), qint64(one.options.timeout.count())},
                                    {QStringLiteral("rollback"), one.options.putBack}});
    QJsonObject settings;
    for (const auto &[key, value] : bundle.settings)
        settings.insert(key, value);
    const QJsonArray configs = configsJson(bundle, files);
    const QJsonObject manifest{{QStringLiteral("format"), bundleFormat},
                               {QStringLiteral("program"), bundle.program},
                               {QStringLiteral("made_at"), domain::rfc3339(bundle.madeAt)},
                               {QStringLiteral("configs"), configs},
                               {QStringLiteral("labels"), labels},
                               {QStringLiteral("standing"), standing},
                               {QStringLiteral("settings"), settings}};
    files.emplace(manifestName.toByteArray(), QJsonDocument(manifest).toJson(QJsonDocument::Indented));
    return files;
}

BundleResult<Bundle> fromFiles(const ZipFiles &files)
{
    const auto manifest = files.find(manifestName.toByteArray());
    if (manifest == files.end())
        return refused(Kind::NotABundle, QStringLiteral("this zip is no bundle: it has no manifest.json"));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(manifest->second, &error);
    if (!document.isObject())
        return refused(Kind::Damaged, QStringLiteral("manifest.json cannot be read: %1").arg(error.errorString()));
    const QJsonObject json = document.object();
    const int format = json[QLatin1String("format")].toInt();
    if (format < 1)
        return refused(Kind::NotABundle, QStringLiteral("manifest.json does not say which format this is"));
    if (format > bundleFormat)
        return refused(Kind::TooNew, QStringLiteral("it has format %1, this program reads up to %2; it was made by %3, "
                                                    "which is newer: take that program, or a newer one")
                                         .arg(format)
                                         .arg(bundleFormat)
                                         .arg(json[QLatin1String("program")].toString().left(100)));
    return ManifestReader(json, files).run();
}

BundleResult<QByteArray> writeBundle(const Bundle &bundle)
{
    return writeZip(toFiles(bundle));
}

BundleResult<Bundle> readBundle(const QByteArray &archive, const ZipLimits &limits)
{
    const auto files = readZip(archive, limits);
    if (!files)
        return domain::unexpected(files.error());
    return fromFiles(*files);
}

QString word(BundleErrorKind kind)
{
    switch (kind) {
    case Kind::NotABundle:
        return QStringLiteral("not_a_bundle");
    case Kind::Damaged:
        return QStringLiteral("damaged");
    case Kind::Hostile:
        return QStringLiteral("hostile");
    case Kind::TooNew:
        return QStringLiteral("too_new");
    case Kind::TooLarge:
        return QStringLiteral("too_large");
    }
    return {};
}

} // namespace flowgate::app
