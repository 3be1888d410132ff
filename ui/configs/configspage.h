// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/configs/draftstore.h"
#include "ui/models/sortfiltermodel.h"
#include "ui/models/versionmodel.h"
#include "ui/operations/operations.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QLineEdit;
class QMenu;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace flowgate::ui {

class ConfigEditor;
class LibraryActions;
class EmptyState;
class PlainLabel;
class Workspace;

/// The library: configs and their versions on the left, the text of the chosen one on the right. What is typed and not
/// saved stays as a draft while other configs are looked at. Saving makes a version and never distributes it.
class ConfigsPage final : public QWidget
{
    Q_OBJECT
public:
    explicit ConfigsPage(Workspace &workspace, QWidget *parent = nullptr);

    /// @param version  0: the newest, or the draft where there is one
    void openConfig(const QString &name, int version = 0);
    /// Shows a line of a version.
    void openAt(const QString &name, int version, const QString &file, int line);
    /// Asks for a text and shows the versions that have it.
    void findInVersions();
    /// Configs with text that is not saved.
    [[nodiscard]] QStringList drafts() const;
    void makeNew();
    /// Brings back the drafts that are kept in @p folder, and keeps those that are typed from now on there.
    void keepDraftsIn(const QString &folder);
    /// Waits until all drafts are on disk. @return whether they are
    [[nodiscard]] bool draftsAreKept();

Q_SIGNALS:
    /// @param config  "base@5"
    void rollOutRequested(const QString &config, const QString &selector);

private:
    [[nodiscard]] QWidget *makeLibrary();
    [[nodiscard]] QWidget *makeDesk();
    void fillMore(QMenu &menu);
    void noteConfigs(const QStringList &changed);
    void closeConfig();
    void beginNew(const QString &name);
    void keepDraft();
    void writeDrafts();
    void load(const QString &name, int version);
    void showConfig(const QString &name, int version, const domain::ConfigSet &base, const domain::ConfigSet &files);
    void chooseVersion(int version);
    void loadVersions();
    void save();
    void noteSaved(const QString &name, const domain::ConfigSet &files, const Operations::Added &added);
    void updateTitle();
    void compare();
    [[nodiscard]] QString lastSelector() const;
    [[nodiscard]] int nextVersion() const;

    Workspace &m_workspace;
    models::SortFilterModel m_list;
    models::VersionModel m_versions;
    Drafts m_drafts; ///< but for the one in the editor
    std::unique_ptr<DraftStore> m_store;
    QTimer m_keepSoon;
    QString m_name;    ///< of the config in the editor; empty: none
    QString m_asked;   ///< "base@3" that is being loaded: other answers are late
    int m_version = 0; ///< that the text is based on; 0: none was ever saved
    QTimer m_reachSoon;
    std::function<void()> m_afterOpening; ///< goes to a place in the text once it is there
    LibraryActions *m_actions = nullptr;
    QLineEdit *m_search = nullptr;
    QTableView *m_configTable = nullptr;
    QTableView *m_versionTable = nullptr;
    PlainLabel *m_versionTitle = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    PlainLabel *m_title = nullptr;
    PlainLabel *m_subtitle = nullptr;
    ConfigEditor *m_editor = nullptr;
    QPushButton *m_compare = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_rollOut = nullptr;
};

} // namespace flowgate::ui
