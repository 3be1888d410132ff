// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/sync/syncplan.h"

#include <QCryptographicHash>
#include <QSet>

namespace flowgate::ctl {

QString syncHash(const SyncFiles &files)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QString &text) {
        const QByteArray bytes = text.toUtf8();
        hash.addData(QByteArray::number(bytes.size()) + ':');
        hash.addData(bytes);
    };
    for (auto file = files.cbegin(); file != files.cend(); ++file) {
        add(file.key());
        add(file.value());
    }
    return QString::fromLatin1(hash.result().toHex());
}

std::vector<SyncStep> planSync(const QMap<QString, LibrarySide> &library, const QMap<QString, SyncFiles> &folder,
                               const QMap<QString, SyncMark> &marks)
{
    QSet<QString> names(library.keyBegin(), library.keyEnd());
    names.unite(QSet<QString>(folder.keyBegin(), folder.keyEnd()));
    QStringList ordered(names.cbegin(), names.cend());
    ordered.sort();
    std::vector<SyncStep> steps;
    for (const QString &name : ordered) {
        const auto there = library.constFind(name);
        const auto here = folder.constFind(name);
        const auto mark = marks.constFind(name);
        const auto step = [&] {
            if (there == library.cend())
                return SyncAction::Save;
            if (here == folder.cend())
                return mark == marks.cend() ? SyncAction::Write : SyncAction::Gone;
            const QString libraryHash = syncHash(there->files);
            const QString folderHash = syncHash(*here);
            if (libraryHash == folderHash)
                return SyncAction::Same;
            if (mark != marks.cend() && mark->hash == folderHash)
                return SyncAction::Write;
            if (mark != marks.cend() && mark->hash == libraryHash)
                return SyncAction::Save;
            return SyncAction::Conflict;
        };
        steps.push_back({name, step()});
    }
    return steps;
}

QString word(SyncAction action)
{
    switch (action) {
    case SyncAction::Same:
        return QStringLiteral("same");
    case SyncAction::Save:
        return QStringLiteral("save");
    case SyncAction::Write:
        return QStringLiteral("write");
    case SyncAction::Conflict:
        return QStringLiteral("conflict");
    case SyncAction::Gone:
        return QStringLiteral("gone");
    }
    return {};
}

} // namespace flowgate::ctl
