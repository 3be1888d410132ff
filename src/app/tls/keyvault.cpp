// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tls/keyvault.h"

#include <QCryptographicHash>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <sys/stat.h>

namespace flowgate::app {

namespace {

using namespace std::chrono_literals;

/// A keychain that asks a person to unlock it may take its time; one that never answers must not keep us from serving.
constexpr std::chrono::milliseconds patience = 20s;

class SystemKeychain final : public KeyVault
{
public:
    explicit SystemKeychain(const QString &folder)
        : m_key(QStringLiteral("tls-key-") +
                QString::fromLatin1(
                    QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().first(16)))
    {
    }

    [[nodiscard]] QString kind() const override { return QStringLiteral("keychain"); }

    [[nodiscard]] domain::Result<QByteArray, QString> read() override
    {
        QKeychain::ReadPasswordJob job(m_service);
        if (const auto run = finish(job); !run && job.error() != QKeychain::EntryNotFound)
            return domain::unexpected(run.error());
        return job.binaryData();
    }

    [[nodiscard]] domain::Result<void, QString> write(const QByteArray &key) override
    {
        QKeychain::WritePasswordJob job(m_service);
        job.setBinaryData(key);
        return finish(job);
    }

private:
    /// Before the main loop runs nobody else is served by this one.
    domain::Result<void, QString> finish(QKeychain::Job &job)
    {
        job.setAutoDelete(false);
        job.setKey(m_key);
        QEventLoop loop;
        bool isFinished = false;
        QObject::connect(&job, &QKeychain::Job::finished, &loop, [&] {
            isFinished = true;
            loop.quit();
        });
        QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        job.start();
        if (!isFinished)
            loop.exec();
        if (!isFinished)
            return domain::unexpected(QStringLiteral("it does not answer"));
        if (job.error() != QKeychain::NoError)
            return domain::unexpected(job.errorString());
        return {};
    }

    const QString m_service = QStringLiteral("flowgate");
    QString m_key;
};

class KeyFile final : public KeyVault
{
public:
    explicit KeyFile(const QString &folder)
        : m_path(folder + QStringLiteral("/tls-key.pem"))
    {
    }

    [[nodiscard]] QString kind() const override { return QStringLiteral("file"); }

    [[nodiscard]] domain::Result<QByteArray, QString> read() override
    {
        if (QFileInfo(m_path).isSymLink())
            return domain::unexpected(isLink());
        QFile file(m_path);
        if (!file.exists())
            return QByteArray();
        if (!file.open(QIODevice::ReadOnly))
            return domain::unexpected(QStringLiteral("%1 cannot be read: %2").arg(m_path, file.errorString()));
        if (file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther))
            return domain::unexpected(
                QStringLiteral("%1 can be read by others: it is a secret; chmod 600 it, or remove it to have a new one")
                    .arg(m_path));
        return file.read(64 * 1024);
    }

    [[nodiscard]] domain::Result<void, QString> write(const QByteArray &key) override
    {
        if (QFileInfo(m_path).isSymLink()) // QSaveFile would write where it leads
            return domain::unexpected(isLink());
        // The mode before the content: at no moment can another one read it.
        const mode_t before = ::umask(0077);
        QSaveFile file(m_path);
        const bool isOpen = file.open(QIODevice::WriteOnly);
        ::umask(before);
        if (!isOpen || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || file.write(key) != key.size() ||
            !file.commit())
            return domain::unexpected(QStringLiteral("%1 cannot be written: %2").arg(m_path, file.errorString()));
        return {};
    }

private:
    [[nodiscard]] QString isLink() const
    {
        return QStringLiteral("%1 is a link; put the key itself there").arg(m_path);
    }

    QString m_path;
};

} // namespace

std::unique_ptr<KeyVault> systemKeychain(const QString &folder)
{
    return std::make_unique<SystemKeychain>(folder);
}

std::unique_ptr<KeyVault> keyFile(const QString &folder)
{
    return std::make_unique<KeyFile>(folder);
}

} // namespace flowgate::app
