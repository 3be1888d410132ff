// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settingspage.h"

#include "ui/common/errortext.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/settings/noticesettings.h"
#include "ui/settings/planesettings.h"
#include "ui/settings/settingrow.h"
#include "ui/settings/windowsettings.h"
#include "ui/tokens/tokenspage.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/searchfield.h"
#include "ui/workspace.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QTabWidget>

#include <algorithm>

namespace flowgate::ui {

SettingsPage::SettingsPage(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_tabs(new QTabWidget(this))
    , m_general(new QWidget(m_tabs))
    , m_tokens(new TokensPage(workspace, m_tabs))
    , m_scroll(new QScrollArea(m_general))
    , m_search(new QLineEdit(m_general))
    , m_count(new PlainLabel(m_general, TextKind::Quiet))
    , m_content(new QWidget(m_general))
    , m_list(new QVBoxLayout)
    , m_none(new EmptyState(m_general))
{
    m_tabs->setObjectName(QStringLiteral("settingsTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_general, tr("General"));
    m_tabs->addTab(m_tokens, tr("Tokens"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    makeGeneral();

    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::filter);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &SettingsPage::build);
    connect(&m_model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                for (int row = first.row(); row <= last.row(); ++row)
                    refresh(row);
            });
    connect(&workspace.preferences(), &Preferences::changed, this, [this] {
        for (const models::Setting &setting : windowSettings(m_workspace.preferences().look()))
            m_model.setValue(setting.key, setting.value);
        for (const models::Setting &setting : ownNotices())
            m_model.setValue(setting.key, setting.value);
        m_content->setMaximumWidth(common::scaled(900, font()));
    });
    connect(&workspace.preferences(), &Preferences::trayChanged, this,
            [this] { m_model.setSettings(noticesPrefix, ownNotices()); });
    connect(&workspace, &Workspace::settingsApplied, this, &SettingsPage::takePlane);
    addPageKey(*m_general, tr("Search settings"), QKeySequence::Find, [this] { m_search->setFocus(); });
    m_model.setSettings(windowPrefix, windowSettings(workspace.preferences().look()));
    m_model.setSettings(noticesPrefix, ownNotices());
    takePlane();
}

void SettingsPage::makeGeneral()
{
    makeSearch(*m_search, tr("Search settings"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    bar->setSpacing(common::space::small);
    bar->addWidget(m_search, 1);
    bar->addWidget(m_count);

    // A line of text is read best where it is not too long.
    m_content->setMaximumWidth(common::scaled(900, font()));
    auto *contentLayout = new QVBoxLayout(m_content);
    contentLayout->setContentsMargins(common::space::large, 0, common::space::large, common::space::large);
    contentLayout->addLayout(m_list);
    contentLayout->addStretch(1);
    m_scroll->setAccessibleName(tr("Settings"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus); // its fields scroll it
    m_scroll->setWidget(m_content);
    auto *layout = new QVBoxLayout(m_general);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_none, 1);

    m_none->show(tr("No setting fits"), tr("No setting has these words."), tr("Show all"));
    connect(m_none, &EmptyState::activated, m_search, &QLineEdit::clear);
}

void SettingsPage::makeToken()
{
    m_tabs->setCurrentWidget(m_tokens);
    m_tokens->makeNew();
}

std::vector<models::Setting> SettingsPage::ownNotices() const
{
    return noticeSettings(m_workspace.preferences().notices(), m_workspace.preferences().hasTray());
}

/// Rows stay where only values differ, so that what is being typed in one is not lost when another changes.
void SettingsPage::takePlane()
{
    const std::vector<models::Setting> fresh = planeSettings(m_workspace.settings());
    const bool known = std::ranges::all_of(
        fresh, [this](const models::Setting &setting) { return m_model.find(setting.key) != nullptr; });
    if (!known)
        return m_model.setSettings(planePrefix, fresh);
    for (const models::Setting &setting : fresh)
        m_model.setValue(setting.key, setting.value);
}

void SettingsPage::build()
{
    while (QLayoutItem *item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_rows.clear();
    m_groups.clear();
    for (const models::Setting &setting : m_model.settings()) {
        if (m_groups.empty() || m_groups.back().name != setting.group) {
            auto *heading = new PlainLabel(setting.group, TextKind::Title, m_content);
            heading->setContentsMargins(0, m_groups.empty() ? 0 : common::space::large, 0, common::space::tiny);
            m_list->addWidget(heading);
            m_groups.push_back({heading, setting.group});
        }
        auto *row = new SettingRow(setting, m_content);
        connect(row, &SettingRow::changed, this, &SettingsPage::change);
        m_list->addWidget(row);
        m_rows.push_back(row);
    }
    filter(m_search->text());
}

void SettingsPage::refresh(int row)
{
    m_rows.at(size_t(row))->show(m_model.settings().at(size_t(row)));
}

void SettingsPage::filter(const QString &pattern)
{
    int shown = 0;
    for (const Group &group : m_groups) {
        bool any = false;
        for (size_t i = 0; i < m_rows.size(); ++i) {
            const models::Setting &setting = m_model.settings()[i];
            if (setting.group != group.name)
                continue;
            const bool here = models::fits(setting, pattern);
            m_rows[i]->setVisible(here);
            any = any || here;
            shown += here ? 1 : 0;
        }
        group.heading->setVisible(any);
    }
    m_count->setText(tr("%1 of %2 shown").arg(shown).arg(m_rows.size()));
    m_none->setVisible(shown == 0);
    m_scroll->setVisible(shown > 0);
}

void SettingsPage::change(const QString &key, const QVariant &value)
{
    if (key.startsWith(windowPrefix))
        return m_workspace.preferences().setLook(changedLook(m_workspace.preferences().look(), key, value));
    if (key.startsWith(noticesPrefix)) {
        const auto notices = changedNotices(m_workspace.preferences().notices(), key, value);
        if (notices)
            m_workspace.preferences().setNotices(*notices);
        return m_model.setTrouble(key, notices ? QString() : noticesTrouble());
    }
    m_workspace.operations().setSetting(this, key.mid(planePrefix.size()), value.toString(),
                                        [this, key](const app::Outcome<app::SettingValue> &outcome) {
                                            if (outcome)
                                                m_model.setValue(key, planeValue(*outcome));
                                            // Empty: taken, and shown as it is kept though that may be what it was.
                                            m_model.setTrouble(key,
                                                               outcome ? QString() : common::text(outcome.error()));
                                        });
}

} // namespace flowgate::ui
