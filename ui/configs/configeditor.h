// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"
#include "ui/configs/configchecker.h"
#include "ui/models/problemmodel.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QPushButton;
class QSplitter;
class QTabBar;
class QTableView;

namespace flowgate::ui {

class LanguageHelp;
class PipelineView;
class PlainLabel;
class Workspace;
class YamlEditor;

/// The files of one config as texts, with the problems found in them.
class ConfigEditor final : public QWidget
{
    Q_OBJECT
public:
    explicit ConfigEditor(Workspace &workspace, QWidget *parent = nullptr);

    /// @param name   of the config, whose gateways decide what is offered first
    /// @param base   what counts as unchanged
    /// @param files  what is in the editor: base, or a draft on top of it
    void open(const QString &name, const domain::ConfigSet &base, const domain::ConfigSet &files);
    /// These files are saved now: they are the base, the text stays.
    void setBase(const domain::ConfigSet &base);

    [[nodiscard]] domain::ConfigSet files() const;
    [[nodiscard]] const domain::ConfigSet &base() const { return m_base; }
    [[nodiscard]] bool isChanged() const { return m_changed; }
    [[nodiscard]] const models::ProblemModel &problems() const { return m_problems; }
    void focusText();
    /// Shows a place; an empty @p file is the one that is shown. Both numbers from 1.
    void goTo(const QString &file, int line, int column = 1);
    /// Where the cursor stands; numbers from 1.
    struct Cursor
    {
        QString file;
        int line = 0;
        int column = 0;
    };
    [[nodiscard]] Cursor cursor() const;
    /// On the screen, for what pops up there.
    [[nodiscard]] QPoint cursorPosition() const;
    [[nodiscard]] bool mayEdit() const;
    /// Changes texts, in the order given. What is done to the file that is shown is one step that can be undone.
    void apply(const std::map<QString, std::vector<collector::Fix>> &changes);
    /// Mends the problem of the cursor's line, or the one that is chosen, where it is known how.
    void fixProblem();

Q_SIGNALS:
    void changedChanged(bool changed);
    /// The text or what it is compared with is another one; soon after typing, not with each letter.
    void edited();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct File
    {
        QString name;
        QString contentType;
        QByteArray bytes; ///< as of the moment its tab was left; of one that is not text, as it came
        bool isText = true;
        bool hasMark = false; ///< begins with a byte order mark, which the editor does not keep
        int line = 0;         ///< of the cursor when its tab was left
        int column = 0;
    };
    [[nodiscard]] QWidget *makeProblems();
    [[nodiscard]] QByteArray shownBytes() const;
    void leaveFile();
    void showFile(int index);
    void look();
    void showProblems(const collector::Problems &problems);
    void jumpTo(const QModelIndex &problem);
    void showGraph(bool shown);
    [[nodiscard]] const collector::Problem *fixable() const;
    void updateFix();
    void stepProblem(int by);
    void updateChanged();

    models::ProblemModel m_problems;
    collector::Problems m_found;
    ConfigChecker m_checker;
    QTimer m_lookSoon;
    domain::ConfigSet m_base;
    std::vector<File> m_files;
    int m_current = -1;
    bool m_changed = false;
    bool m_opening = false;
    QTabBar *m_tabs = nullptr;
    YamlEditor *m_editor = nullptr;
    LanguageHelp *m_help = nullptr;
    PlainLabel *m_note = nullptr;
    PlainLabel *m_problemTitle = nullptr;
    QTableView *m_problemTable = nullptr;
    QPushButton *m_fix = nullptr;
    QPushButton *m_graphShown = nullptr;
    QSplitter *m_beside = nullptr;
    PipelineView *m_graph = nullptr;
};

} // namespace flowgate::ui
