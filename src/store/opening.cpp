// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/opening.h"

#include "store/datafolder.h"
#include "store/dialect.h"
#include "store/migrations.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace flowgate::store {

using domain::Result;
using domain::unexpected;

namespace {

OpenError systemError(OpenErrorKind kind, const QString &file, const char *doing)
{
    const int number = errno;
    if (number == ENOSPC || number == EDQUOT)
        kind = OpenErrorKind::DiskFull;
    return {kind, file,
            QStringLiteral("%1: %2").arg(QLatin1StringView(doing), QString::fromLocal8Bit(std::strerror(number)))};
}

bool mayUse(const QString &path, int how)
{
    return ::faccessat(AT_FDCWD, QFile::encodeName(path).constData(), how, AT_EACCESS) == 0;
}

Result<std::unique_ptr<Sql>, OpenError> connect(const QString &file, dialect::Access access)
{
    static std::atomic<int> count = 0; // names are global in Qt Sql
    QSqlDatabase database = dialect::connection(QStringLiteral("flowgate-store-%1").arg(++count), file, access);
    const bool opened = database.open();
    const QSqlError error = database.lastError();
    auto sql = std::make_unique<Sql>(std::move(database));
    if (!opened)
        return unexpected(openErrorOf(dialect::errorOf(error), file));
    return sql;
}

/// Looks at a file without changing it.
Result<void, OpenError> inspect(const QString &file)
{
    const auto sql = connect(file, dialect::Access::Inspect);
    if (!sql)
        return unexpected(sql.error());
    const auto failed = [&file](const StoreError &error) { return unexpected(openErrorOf(error, file)); };
    const auto damage = dialect::firstDamage(**sql);
    if (!damage)
        return failed(damage.error());
    if (!damage->isEmpty())
        return unexpected(OpenError{OpenErrorKind::Corrupted, file, *damage});
    const auto tables = dialect::tables(**sql);
    const auto marked = dialect::isMarked(**sql);
    if (!tables || !marked)
        return failed(!tables ? tables.error() : marked.error());
    if (tables->isEmpty() && !*marked)
        return {}; // nothing in it: we may have been stopped before the first step
    if (!*marked || !tables->contains(QStringLiteral("schema_migrations")))
        return unexpected(
            OpenError{OpenErrorKind::NotOurs, file, QStringLiteral("an SQLite database of another program")});
    const auto applied = appliedMigrations(**sql);
    if (!applied)
        return failed(applied.error());
    return judge(*applied, ownMigrations()).map_error([&file](OpenError error) {
        error.file = file;
        return error;
    });
}

/// Makes an empty file that only its owner may read; SQLite would leave that to the umask.
Result<void, OpenError> createFile(const QString &file)
{
    const int handle = openOwnFile(file, O_RDWR);
    if (handle < 0)
        return unexpected(systemError(OpenErrorKind::FolderNotUsable, file, "cannot make the file"));
    ::close(handle);
    return {};
}

} // namespace

OpenError openErrorOf(const StoreError &error, const QString &file)
{
    const auto kind = [&error] {
        switch (error.kind) {
        case StoreErrorKind::DiskFull:
            return OpenErrorKind::DiskFull;
        case StoreErrorKind::Busy:
            return OpenErrorKind::Busy;
        case StoreErrorKind::ReadOnly:
            return OpenErrorKind::FolderNotUsable;
        case StoreErrorKind::Corrupted:
        case StoreErrorKind::Damaged:
            return OpenErrorKind::Corrupted;
        case StoreErrorKind::Io:
            return OpenErrorKind::Io;
        default:
            return OpenErrorKind::Other;
        }
    }();
    return {kind, file, error.detail};
}

Result<OpenedDatabase, OpenError> openDatabase(const QString &folder, const QString &fileName,
                                               const domain::Clock &clock)
{
    if (const auto usable = prepareFolder(folder); !usable)
        return unexpected(usable.error());
    const QString file = QDir(QDir(folder).absolutePath()).filePath(fileName);
    const bool created = QFileInfo(file).size() == 0;
    if (created) {
        if (const auto made = createFile(file); !made)
            return unexpected(made.error());
    } else if (const auto fit = inspect(file); !fit) {
        return unexpected(fit.error());
    }
    if (!mayUse(file, R_OK | W_OK))
        return unexpected(systemError(OpenErrorKind::FolderNotUsable, file, "the file may not be written"));

    auto sql = connect(file, dialect::Access::ReadWrite);
    if (!sql)
        return unexpected(sql.error());
    if (const auto ready = dialect::prepare(**sql); !ready)
        return unexpected(openErrorOf(ready.error(), file));
    if (const auto done = migrate(**sql, ownMigrations(), clock.now()); !done)
        return unexpected(openErrorOf(done.error(), file));
    return OpenedDatabase{std::move(*sql), created};
}

} // namespace flowgate::store
