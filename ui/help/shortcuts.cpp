// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/shortcuts.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/palette/commandsource.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace flowgate::ui {

namespace {

struct Shortcuts
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::Shortcuts)
};

void add(std::vector<Shortcut> &list, const QAction &action, const QString &where)
{
    if (action.shortcuts().isEmpty())
        return;
    const Shortcut one{where, bareText(action.text()),
                       QKeySequence::listToString(action.shortcuts(), QKeySequence::NativeText)};
    // A key of a table is there once a table.
    if (std::ranges::none_of(list,
                             [&](const Shortcut &known) { return known.text == one.text && known.keys == one.keys; }))
        list.push_back(one);
}

void addMenu(std::vector<Shortcut> &list, const QMenu &menu, const QString &where)
{
    for (const QAction *action : menu.actions()) {
        if (action->menu())
            addMenu(list, *action->menu(), where);
        else
            add(list, *action, where);
    }
}

} // namespace

std::vector<Shortcut> shortcutsOf(const QMainWindow &window)
{
    std::vector<Shortcut> list;
    for (const QAction *action : window.menuBar()->actions()) {
        if (action->menu())
            addMenu(list, *action->menu(), bareText(action->text()));
    }
    for (const QAction *action : window.findChildren<QAction *>()) {
        if (!qobject_cast<QMenu *>(action->parent()))
            add(list, *action, Shortcuts::tr("On its page"));
    }
    return list;
}

void showShortcuts(QMainWindow &window)
{
    auto *dialog = new QDialog(&window);
    dialog->setObjectName(QStringLiteral("shortcuts"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(Shortcuts::tr("Keyboard shortcuts"));
    auto *content = new QWidget(dialog);
    auto *grid = new QGridLayout(content);
    grid->setHorizontalSpacing(2 * common::space::large);
    grid->setVerticalSpacing(common::space::small);
    grid->setColumnStretch(1, 1);
    QString where;
    int row = 0;
    for (const Shortcut &shortcut : shortcutsOf(window)) {
        if (shortcut.where != where) {
            auto *heading = new PlainLabel(shortcut.where, TextKind::Section, content);
            heading->setContentsMargins(0, row == 0 ? 0 : common::space::page, 0, 0);
            grid->addWidget(heading, row++, 0, 1, 2);
            where = shortcut.where;
        }
        grid->addWidget(new PlainLabel(shortcut.keys, TextKind::Mono, content), row, 0, Qt::AlignTop);
        auto *text = new PlainLabel(shortcut.text, TextKind::Normal, content);
        text->setWordWrap(true);
        grid->addWidget(text, row++, 1);
    }
    grid->setRowStretch(row, 1);
    auto *scroll = new QScrollArea(dialog);
    scroll->setAccessibleName(dialog->windowTitle());
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(scroll, 1);
    layout->addWidget(buttons);
    dialog->resize(common::scaled(480, dialog->font()), std::min(common::scaled(560, dialog->font()), window.height()));
    dialog->open();
}

} // namespace flowgate::ui
