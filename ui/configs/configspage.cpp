// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configs/configspage.h"

#include "domain/names.h"
#include "domain/selector.h"
#include "ui/common/errortext.h"
#include "ui/common/theme.h"
#include "ui/common/words.h"
#include "ui/configs/configeditor.h"
#include "ui/configs/configlayout.h"
#include "ui/configs/libraryactions.h"
#include "ui/configs/versionsearch.h"
#include "ui/models/gatewayfiltermodel.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/statusdelegate.h"
#include "ui/widgets/wrapbar.h"
#include "ui/workspace.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

namespace flowgate::ui {

using Whole = Operations::Whole;

ConfigsPage::ConfigsPage(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
{
    m_list.setSourceModel(&workspace.configs());
    m_actions = new LibraryActions(workspace, this);
    connect(m_actions, &LibraryActions::copied, this, [this](const QString &name) { openConfig(name); });
    auto *split = new QSplitter(this);
    split->setObjectName(QStringLiteral("configsSplit"));
    split->addWidget(makeLibrary());
    split->addWidget(makeDesk());
    split->setStretchFactor(1, 1);
    split->setSizes({290, 800});
    split->setChildrenCollapsible(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);

    m_keepSoon.setSingleShot(true);
    m_keepSoon.setInterval(1000);
    connect(&m_keepSoon, &QTimer::timeout, this, &ConfigsPage::writeDrafts);
    m_reachSoon.setSingleShot(true);
    m_reachSoon.setInterval(500);
    connect(&m_reachSoon, &QTimer::timeout, this, &ConfigsPage::updateTitle);
    connect(&workspace, &Workspace::fleetApplied, &m_reachSoon, qOverload<>(&QTimer::start));
    connect(&workspace, &Workspace::rolloutApplied, &m_reachSoon, qOverload<>(&QTimer::start));
    connect(&workspace, &Workspace::configsApplied, this, &ConfigsPage::noteConfigs);
    addPageKey(*this, tr("Compare with the version before"), QKeySequence(Qt::CTRL | Qt::Key_D), [this] { compare(); });
    addPageKey(*this, tr("Find in all versions…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
               [this] { findInVersions(); });
    addPageKey(*this, tr("Save a version…"), QKeySequence::Save, [this] { save(); });
    updateTitle();
}

QWidget *ConfigsPage::makeLibrary()
{
    const LibraryParts parts = makeLibraryPanel(
        m_list, m_versions, m_workspace, [this](QMenu &menu) { fillMore(menu); }, this);
    m_search = parts.search;
    m_configTable = parts.configs;
    m_versionTable = parts.versions;
    m_versionTitle = parts.versionTitle;
    connect(parts.makeNew, &QPushButton::clicked, this, &ConfigsPage::makeNew);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) { m_list.setFilterText(text); });
    connect(m_configTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &at) {
                if (const QString name = at.data(models::IdRole).toString(); !name.isEmpty() && name != m_name)
                    openConfig(name);
            });
    connect(m_versionTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &at) {
                if (at.isValid())
                    chooseVersion(at.data(models::VersionModel::VersionRole).toInt());
            });
    return parts.panel;
}

QWidget *ConfigsPage::makeDesk()
{
    m_empty = new EmptyState(this);
    m_stack = new QStackedWidget(this);
    auto *desk = new QWidget(m_stack);
    m_title = new PlainLabel(desk, TextKind::Title);
    m_subtitle = new PlainLabel(desk, TextKind::Quiet);
    m_compare = new QPushButton(tr("Compare"), desk);
    m_save = new QPushButton(desk);
    m_rollOut = new QPushButton(desk);
    setLook(m_rollOut, Look::Primary);
    m_editor = new ConfigEditor(m_workspace, desk);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    bar->setSpacing(common::space::small);
    auto *titles = new QWidget(desk);
    auto *titleLine = new QHBoxLayout(titles);
    titleLine->setContentsMargins(0, 0, 0, 0);
    titleLine->addWidget(m_title);
    titleLine->addWidget(m_subtitle, 1);
    bar->addWidget(new WrapBar(titles, {m_compare, m_save, m_rollOut}, 180, desk));
    auto *layout = new QVBoxLayout(desk);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_editor, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(desk);

    connect(m_compare, &QPushButton::clicked, this, &ConfigsPage::compare);
    connect(m_empty, &EmptyState::activated, this, &ConfigsPage::makeNew);
    connect(m_editor, &ConfigEditor::changedChanged, this, [this](bool changed) {
        m_workspace.configs().setDraft(m_name, changed || m_version == 0);
        updateTitle();
    });
    connect(m_save, &QPushButton::clicked, this, &ConfigsPage::save);
    connect(m_rollOut, &QPushButton::clicked, this,
            [this] { Q_EMIT rollOutRequested(QStringLiteral("%1@%2").arg(m_name).arg(m_version), lastSelector()); });
    return m_stack;
}

void ConfigsPage::fillMore(QMenu &menu)
{
    menu.addAction(tr("&Find in all versions…"), this, &ConfigsPage::findInVersions);
    const QString name = m_configTable->currentIndex().data(models::IdRole).toString();
    if (const models::ConfigRow *row = m_workspace.configs().find(name.isEmpty() ? m_name : name)) {
        menu.addSeparator();
        m_actions->fill(menu, *row);
    } else {
        menu.addAction(tr("Bring back a deleted one…"), m_actions, &LibraryActions::bringBack);
    }
}

void ConfigsPage::findInVersions()
{
    auto *search = new VersionSearch(m_workspace, this);
    connect(search, &VersionSearch::chosen, this, &ConfigsPage::openAt);
    search->show();
}

void ConfigsPage::openAt(const QString &name, int version, const QString &file, int line)
{
    m_afterOpening = [this, name, version, file, line] {
        if (m_name == name && m_version == version)
            m_editor->goTo(file, line);
    };
    keepDraft();
    load(name, version);
}

/// Some configs have new versions, were tagged, or are gone.
void ConfigsPage::noteConfigs(const QStringList &changed)
{
    if (auto *delegate = qobject_cast<StatusDelegate *>(m_configTable->itemDelegate()))
        delegate->setTwoLines(m_workspace.configs().hasTags());
    if (!m_name.isEmpty() && !m_workspace.configs().find(m_name))
        return closeConfig();
    if (changed.contains(m_name))
        loadVersions();
    updateTitle();
}

/// It was deleted. Its text is gone from here; undoing brings the config back.
void ConfigsPage::closeConfig()
{
    m_name.clear();
    m_asked.clear();
    m_version = 0;
    m_versions.show({});
    m_editor->open({}, {}, {});
    updateTitle();
}

QStringList ConfigsPage::drafts() const
{
    QStringList names = m_drafts.keys();
    if (!m_name.isEmpty() && (m_editor->isChanged() || m_version == 0) && !names.contains(m_name))
        names.append(m_name);
    names.sort();
    return names;
}

void ConfigsPage::keepDraftsIn(const QString &folder)
{
    m_store = std::make_unique<DraftStore>(folder);
    m_drafts = m_store->load();
    for (auto it = m_drafts.cbegin(); it != m_drafts.cend(); ++it)
        m_workspace.configs().setDraft(it.key(), true);
    m_store->keep(m_drafts); // they are there: from now on it knows which to take away
    connect(m_editor, &ConfigEditor::edited, this, [this] {
        if (!m_keepSoon.isActive())
            m_keepSoon.start();
    });
    updateTitle();
}

void ConfigsPage::writeDrafts()
{
    m_keepSoon.stop();
    if (!m_store)
        return;
    Drafts all = m_drafts;
    if (!m_name.isEmpty() && (m_version == 0 || !(m_editor->files() == m_editor->base())))
        all.insert(m_name, {m_version, m_editor->base(), m_editor->files()});
    m_store->keep(all);
}

bool ConfigsPage::draftsAreKept()
{
    writeDrafts();
    return m_store && m_store->finish();
}

/// What is in the editor and not saved waits here while something else is shown.
void ConfigsPage::keepDraft()
{
    if (m_name.isEmpty())
        return;
    const domain::ConfigSet files = m_editor->files();
    if (m_version == 0 || !(files == m_editor->base()))
        m_drafts.insert(m_name, {m_version, m_editor->base(), files});
    else
        m_drafts.remove(m_name);
}

void ConfigsPage::openConfig(const QString &name, int version)
{
    keepDraft();
    if (version == 0 && m_drafts.contains(name)) {
        const Draft draft = m_drafts.take(name);
        return showConfig(name, draft.version, draft.base, draft.files);
    }
    load(name, version);
}

void ConfigsPage::load(const QString &name, int version)
{
    const QString key = version > 0 ? QStringLiteral("%1@%2").arg(name).arg(version) : name;
    m_asked = key;
    m_workspace.operations().loadConfig(this, key, [this, key](const app::Outcome<Whole> &whole) {
        if (m_asked != key)
            return; // late: something else was asked for since
        m_asked.clear();
        if (!whole)
            return tell(this, tr("Not opened"), whole.error());
        const domain::ConfigRef &ref = whole->version.ref;
        showConfig(ref.config, ref.version, whole->files, whole->files);
    });
}

void ConfigsPage::showConfig(const QString &name, int version, const domain::ConfigSet &base,
                             const domain::ConfigSet &files)
{
    const bool another = name != m_name;
    m_asked.clear();
    m_name = name;
    m_version = version;
    m_drafts.remove(name);
    m_editor->open(name, base, files);
    m_workspace.configs().setDraft(name, m_editor->isChanged() || version == 0);
    if (const QModelIndex at = m_list.mapFromSource(m_workspace.configs().indexOf(name)); at.isValid())
        m_configTable->setCurrentIndex(at);
    if (another)
        m_versions.show({});
    loadVersions();
    updateTitle();
    if (const auto then = std::exchange(m_afterOpening, {}))
        then();
}

void ConfigsPage::loadVersions()
{
    if (m_version == 0 && !m_workspace.configs().savedNames().contains(m_name))
        return m_versions.show({});
    using Versions = std::vector<domain::ConfigVersion>;
    m_workspace.operations().versions(this, m_name, [this, name = m_name](const app::Outcome<Versions> &versions) {
        if (name != m_name || !versions)
            return;
        m_versions.show(*versions);
        m_versionTable->setCurrentIndex(m_versions.indexOf(m_version));
    });
}

void ConfigsPage::chooseVersion(int version)
{
    if (version == m_version || m_name.isEmpty())
        return;
    if (!m_editor->isChanged())
        return load(m_name, version);
    m_versionTable->setCurrentIndex(m_versions.indexOf(m_version));
    ask(this,
        {tr("Unsaved changes"), tr("Drop the changes to %1 and show version %2?").arg(m_name).arg(version),
         tr("The changes were never saved as a version."), tr("Drop changes"), true},
        [this, name = m_name, version] {
            if (name == m_name)
                load(name, version);
        });
}

void ConfigsPage::makeNew()
{
    TextQuestion question;
    question.title = tr("New config");
    question.text = tr("Name of the new config");
    question.verb = tr("Begin");
    question.hint = QStringLiteral("base");
    question.wrong = [this](const QString &name) {
        if (name.isEmpty())
            return tr("Letters, digits, dot, underscore and dash, at most 100.");
        if (!domain::isConfigName(name))
            return common::text(app::Failure{app::FailureCode::BadName, name});
        return m_workspace.configs().find(name) ? tr("There is a config of this name.") : QString();
    };
    askText(this, question, [this](const QString &name) { beginNew(name); });
}

void ConfigsPage::beginNew(const QString &name)
{
    keepDraft();
    domain::ConfigSet files;
    files.files.emplace(name + QStringLiteral(".yaml"), domain::ConfigFile{firstText(), {}});
    m_workspace.configs().setDraft(name, true);
    showConfig(name, 0, {}, files);
    m_editor->focusText();
}

/// The selector that this config was last rolled out to; else the gateways that want it now; else nothing.
QString ConfigsPage::lastSelector() const
{
    if (const auto rollout = m_workspace.rollouts().newestOf(m_name))
        return rollout->selector;
    std::vector<app::GatewayPtr> wanting;
    for (const models::GatewayRow &row : m_workspace.fleet().rows()) {
        if (row.gateway->wanted && row.gateway->wanted->config == m_name)
            wanting.push_back(row.gateway);
    }
    return models::selectorOf(wanting).value_or(QString());
}

void ConfigsPage::updateTitle()
{
    const bool draft = m_editor->isChanged() && m_version > 0;
    m_compare->setEnabled(draft || m_version > 1);
    m_compare->setToolTip(draft           ? tr("What is typed, with version %1").arg(m_version)
                          : m_version > 1 ? tr("Version %1 with the one before it").arg(m_version)
                                          : tr("There is no version before this one."));
    if (m_name.isEmpty()) {
        const bool none = m_workspace.configs().rowCount() == 0;
        m_empty->show(none ? tr("No config yet") : tr("Choose a config"),
                      none ? tr("A config is what gateways run: receivers, processors, exporters and pipelines. Saving "
                                "makes a version; a rollout brings it to gateways, step by step.")
                           : tr("Its text, its versions and the problems in it are shown here."),
                      tr("New config…"));
        m_versionTitle->hide();
        return m_stack->setCurrentWidget(m_empty);
    }
    m_stack->setCurrentIndex(1);
    m_versionTitle->setText(tr("Versions of %1").arg(m_name));
    m_versionTitle->show();
    const models::ConfigRow *row = m_workspace.configs().find(m_name);
    const int latest = row ? row->config.latest : 0;
    const bool changed = m_editor->isChanged() || m_version == 0;
    m_title->setText(m_name);
    m_subtitle->setText(changed               ? tr("draft of version %1").arg(latest + 1)
                        : m_version == latest ? tr("version %1").arg(m_version)
                                              : tr("version %1 of %2").arg(m_version).arg(latest));
    m_save->setText(tr("Save version %1…").arg(latest + 1));
    m_save->setEnabled(changed && !(row && row->config.isArchived));
    m_save->setToolTip(row && row->config.isArchived ? tr("It is in the archive: take it out first.")
                       : changed                     ? QString()
                                                     : tr("Nothing differs from version %1.").arg(m_version));

    int reach = 0;
    if (const auto selector = domain::Selector::parse(lastSelector())) {
        for (const models::GatewayRow &gateway : m_workspace.fleet().rows())
            reach += selector->matches(*gateway.gateway) ? 1 : 0;
    }
    m_rollOut->setText(reach > 0 ? tr("Roll out to %1…").arg(QLocale().toString(reach)) : tr("Roll out…"));
    const bool archived = row && row->config.isArchived;
    m_rollOut->setEnabled(!changed && !archived);
    m_rollOut->setToolTip(archived  ? tr("It is in the archive: take it out first.")
                          : changed ? tr("Save a version first: only versions are rolled out.")
                                    : QString());
}

} // namespace flowgate::ui
