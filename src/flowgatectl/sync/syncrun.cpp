// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/sync/syncrun.h"

#include "flowgatectl/sync/syncfolder.h"

#include <QJsonArray>

namespace flowgate::ctl {

namespace {

SyncFiles filesOf(const QJsonObject &files)
{
    SyncFiles texts;
    for (auto file = files.begin(); file != files.end(); ++file)
        texts.insert(file.key(), file.value().toString());
    return texts;
}

Outcome<QMap<QString, LibrarySide>> readLibrary(const AskPlane &ask)
{
    const auto list = ask(QStringLiteral("configs list"), {});
    if (!list)
        return domain::unexpected(list.error());
    QMap<QString, LibrarySide> library;
    for (const QJsonValue &item : (*list)[QLatin1String("items")].toArray()) {
        const QString name = item[QLatin1String("name")].toString();
        const auto whole = ask(QStringLiteral("configs show"), {{QStringLiteral("name"), name}});
        if (!whole)
            return domain::unexpected(whole.error());
        library.insert(
            name, {(*whole)[QLatin1String("version")].toInt(), filesOf((*whole)[QLatin1String("files")].toObject())});
    }
    return library;
}

class Run
{
public:
    Run(const SyncWish &wish, const AskPlane &ask, SyncFolder &folder)
        : m_wish(wish)
        , m_ask(ask)
        , m_folder(folder)
    {
    }

    Outcome<QJsonObject> operator()()
    {
        const auto library = readLibrary(m_ask);
        if (!library)
            return domain::unexpected(library.error());
        const auto folder = m_folder.configs();
        if (!folder)
            return domain::unexpected(folder.error());
        for (const SyncStep &step : planSync(*library, *folder, m_folder.marks())) {
            const auto version = carryOut(step, library->value(step.config), folder->value(step.config));
            // What was done is remembered, whatever comes after it.
            if (!version) {
                if (const auto saved = m_wish.dry ? Outcome<void>() : m_folder.saveMarks(); !saved)
                    return domain::unexpected(saved.error());
                return domain::unexpected(version.error());
            }
            m_conflicts += step.action == SyncAction::Conflict ? 1 : 0;
            m_items.append(
                QJsonObject{{QStringLiteral("config"), step.config},
                            {QStringLiteral("action"), word(step.action)},
                            {QStringLiteral("version"), *version > 0 ? QJsonValue(*version) : QJsonValue()}});
        }
        if (const auto saved = m_wish.dry ? Outcome<void>() : m_folder.saveMarks(); !saved)
            return domain::unexpected(saved.error());
        return QJsonObject{{QStringLiteral("items"), m_items}, {QStringLiteral("conflicts"), m_conflicts}};
    }

private:
    /// @return the version that both sides have now; 0: none
    Outcome<int> carryOut(const SyncStep &step, const LibrarySide &there, const SyncFiles &here)
    {
        switch (step.action) {
        case SyncAction::Same:
            mark(step.config, there.version, there.files);
            return there.version;
        case SyncAction::Save:
            return m_wish.dry ? Outcome<int>(0) : save(step.config, here);
        case SyncAction::Write:
            if (m_wish.dry)
                return there.version;
            if (const auto written = m_folder.write(step.config, there.files); !written)
                return domain::unexpected(written.error());
            mark(step.config, there.version, there.files);
            return there.version;
        case SyncAction::Conflict:
        case SyncAction::Gone:
            break;
        }
        return there.version;
    }

    Outcome<int> save(const QString &config, const SyncFiles &files)
    {
        QJsonObject texts;
        for (auto file = files.cbegin(); file != files.cend(); ++file)
            texts.insert(file.key(), file.value());
        const auto added = m_ask(QStringLiteral("configs add"), {{QStringLiteral("name"), config},
                                                                 {QStringLiteral("files"), texts},
                                                                 {QStringLiteral("message"), m_wish.message}});
        if (!added)
            return domain::unexpected(added.error());
        const int version = (*added)[QLatin1String("version")].toInt();
        mark(config, version, files);
        return version;
    }

    void mark(const QString &config, int version, const SyncFiles &files)
    {
        m_folder.setMark(config, {version, syncHash(files), files.keys()});
    }

    const SyncWish &m_wish;
    const AskPlane &m_ask;
    SyncFolder &m_folder;
    QJsonArray m_items;
    int m_conflicts = 0;
};

} // namespace

Outcome<QJsonObject> runSync(const SyncWish &wish, const AskPlane &ask)
{
    auto folder = SyncFolder::open(wish.folder);
    if (!folder)
        return domain::unexpected(folder.error());
    return Run(wish, ask, *folder)();
}

} // namespace flowgate::ctl
