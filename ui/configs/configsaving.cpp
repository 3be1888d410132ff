// SPDX-License-Identifier: GPL-3.0-or-later
// How the configs page compares versions and saves them.
#include "ui/configs/configeditor.h"
#include "ui/configs/configspage.h"
#include "ui/diff/versiondiff.h"
#include "ui/widgets/asking.h"
#include "ui/workspace.h"

#include <QPushButton>
#include <QTableView>

namespace flowgate::ui {

/// What is typed with what it began as; without that the version with the one before it.
void ConfigsPage::compare()
{
    if (m_editor->isChanged() && m_version > 0)
        compareWithDraft(m_workspace, m_name, m_version, m_editor->files(), this);
    else if (m_version > 1)
        compareVersions(m_workspace, m_name, m_version - 1, m_version, this);
}

int ConfigsPage::nextVersion() const
{
    const models::ConfigRow *row = m_workspace.configs().find(m_name);
    return (row ? row->config.latest : 0) + 1;
}

void ConfigsPage::save()
{
    if (!m_save->isEnabled())
        return;
    TextQuestion question;
    question.title = tr("Save %1").arg(m_name);
    question.text = tr("What changed, in a few words");
    question.verb = tr("Save version %1").arg(nextVersion());
    askText(this, question, [this, name = m_name](const QString &message) {
        if (name != m_name)
            return;
        const domain::ConfigSet files = m_editor->files();
        m_workspace.operations().saveConfig(this, name, files, message,
                                            [this, name, files](const app::Outcome<Operations::Added> &added) {
                                                if (added)
                                                    return noteSaved(name, files, *added);
                                                tell(this, tr("Not saved"), added.error());
                                            });
    });
}

/// The answer may come after more was typed, or while another config is shown.
void ConfigsPage::noteSaved(const QString &name, const domain::ConfigSet &files, const Operations::Added &added)
{
    if (!added.created)
        tell(this, tr("Nothing new"), tr("This is version %1 already; no new one was made.").arg(added.ref.version));
    if (name != m_name) {
        if (const auto draft = m_drafts.find(name); draft != m_drafts.end() && draft->files == files) {
            m_drafts.erase(draft);
            m_keepSoon.start();
            m_workspace.configs().setDraft(name, false);
        }
        return;
    }
    m_version = added.ref.version;
    m_editor->setBase(files);
    m_workspace.configs().setDraft(name, m_editor->isChanged());
    loadVersions();
    updateTitle();
}

} // namespace flowgate::ui
