// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/desk.h"

#include <QPointer>

namespace flowgate::app {

namespace {

constexpr size_t mostHits = 500;

void findIn(const ConfigLibrary::Whole &whole, const QString &text, std::vector<ConfigHit> &hits)
{
    for (const auto &[name, file] : whole.files.files) {
        int line = 0;
        for (const QByteArray &bytes : file.body.split('\n')) {
            ++line;
            const QString shown = QString::fromUtf8(bytes);
            if (hits.size() < mostHits && shown.contains(text, Qt::CaseInsensitive))
                hits.push_back({whole.version.ref.config, whole.version.ref.version, name, line, shown.left(300)});
        }
    }
}

/// Goes from one version to the next as each is read.
struct Search : std::enable_shared_from_this<Search>
{
    ConfigLibrary &library;
    QString text;
    QPointer<QObject> guard;
    Done<std::vector<ConfigHit>> done;
    std::vector<domain::ConfigVersion> versions; ///< still to be read, last first
    std::vector<ConfigHit> hits;

    explicit Search(ConfigLibrary &where)
        : library(where)
    {
    }

    void next()
    {
        if (!guard)
            return;
        if (versions.empty() || hits.size() >= mostHits)
            return done(std::move(hits));
        const domain::ConfigVersion version = versions.back();
        versions.pop_back();
        library.load(version, [self = shared_from_this()](const Outcome<ConfigLibrary::Whole> &whole) {
            if (!whole)
                return self->done(domain::unexpected(whole.error()));
            findIn(*whole, self->text, self->hits);
            self->next();
        });
    }
};

} // namespace

void Desk::searchConfigs(const QString &text, QObject *guard, Done<std::vector<ConfigHit>> done)
{
    if (text.trimmed().isEmpty())
        return done(failed(FailureCode::BadArgument, QStringLiteral("there is nothing to search for")));
    const auto search = std::make_shared<Search>(m_parts.library);
    search->text = text;
    search->guard = guard;
    search->done = std::move(done);
    for (auto config = m_parts.library.all().rbegin(); config != m_parts.library.all().rend(); ++config) {
        if (!m_parts.library.isDeleted(config->first))
            search->versions.insert(search->versions.end(), config->second.begin(), config->second.end());
    }
    search->next();
}

} // namespace flowgate::app
