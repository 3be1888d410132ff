// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"
#include "domain/mailbox.h"

#include <QHash>
#include <QStringList>

#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace flowgate::ui {

/// Text of a config that is not saved as a version, with what it is based on.
struct Draft
{
    int version = 0; ///< 0: none was ever saved
    domain::ConfigSet base;
    domain::ConfigSet files;

    friend bool operator==(const Draft &, const Draft &) = default;
};
using Drafts = QHash<QString, Draft>; ///< by the config's name

/// Keeps drafts as files of a folder, one each, so that neither an end nor a crash loses what was typed. A file is
/// replaced as a whole; only its owner may read it. A file that cannot be read is left alone and not shown.
/// @thread gui; writing goes on in a thread of its own
class DraftStore
{
public:
    /// @param folder  is made with the first draft
    explicit DraftStore(QString folder);
    ~DraftStore(); ///< finish()

    [[nodiscard]] Drafts load() const;
    /// Makes the folder hold these, and removes those that it was given before and that are not among them. Writes what
    /// differs. While a write is under way the latest wins.
    void keep(const Drafts &drafts);
    /// Waits until all is on disk. @return whether it is
    bool finish();

private:
    struct Batch
    {
        std::vector<std::pair<QString, QByteArray>> write; ///< path, bytes
        QStringList remove;
    };
    [[nodiscard]] Batch batchFor(const Drafts &drafts);
    [[nodiscard]] static bool carryOut(const QString &folder, const Batch &batch);
    void begin(const Drafts &drafts);
    void settle();

    QString m_folder;
    Drafts m_kept; ///< as they are on disk once the write under way succeeded
    std::optional<Drafts> m_next;
    domain::Mailbox m_answers;
    std::thread m_writer;
    bool m_written = true; ///< of the last batch; the writer's until it is joined
};

[[nodiscard]] QByteArray draftBytes(const QString &name, const Draft &draft);
/// @return nothing where @p bytes are no draft, or one of another name
[[nodiscard]] std::optional<Draft> draftFromBytes(const QString &name, const QByteArray &bytes);

} // namespace flowgate::ui
