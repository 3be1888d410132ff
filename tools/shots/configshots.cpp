// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/shots/configshots.h"

#include "ui/bundles/bundleactions.h"
#include "ui/configs/configeditor.h"
#include "ui/configs/configspage.h"

#include <QAction>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>

#include <cstdio>

namespace flowgate::shots {

namespace {

constexpr int configsPage = 1;
constexpr int toSettle = 400; ///< ms until checks, a search or a plan are there

/// A dialog with @p typed in its first field.
void takeDialog(Stage &stage, const Keep &keep, const QString &action, const QString &name, const QString &typed = {})
{
    QWidget *dialog = stage.openDialog(action);
    if (!dialog) {
        std::fprintf(stderr, "no dialog: %s\n", qPrintable(name));
        return;
    }
    if (auto *field = dialog->findChild<QLineEdit *>(); field && !typed.isEmpty()) {
        field->setText(typed);
        QTest::qWait(toSettle);
    }
    keep(stage.picture(dialog), name);
    dialog->close();
    QTest::qWait(50);
}

void takeMenu(Stage &stage, const Keep &keep, QPushButton &button, const QString &name)
{
    QMenu *menu = button.menu();
    menu->popup(button.mapToGlobal(button.rect().bottomLeft()));
    QTest::qWait(100);
    keep(stage.picture(menu), name);
    menu->close();
}

/// A bundle of this very library: its own dialog says that nothing changes.
void takeImport(Stage &stage, const Keep &keep)
{
    const QString path = stage.exportBundle();
    auto *bundles = stage.window().findChild<ui::BundleActions *>();
    if (path.isEmpty() || !bundles) {
        std::fprintf(stderr, "no bundle\n");
        return;
    }
    bundles->openBundle(path);
    QTest::qWait(toSettle);
    for (QDialog *dialog : stage.window().findChildren<QDialog *>()) {
        if (!dialog->isVisible())
            continue;
        keep(stage.picture(dialog), QStringLiteral("import-dialog"));
        dialog->close();
    }
    QTest::qWait(50);
}

} // namespace

void takeConfigViews(Stage &stage, const Keep &keep)
{
    stage.showPage(configsPage);
    auto *page = stage.window().findChild<ui::ConfigsPage *>();
    auto *editor = page->findChild<ui::ConfigEditor *>();
    editor->goTo({}, 16, 4); // a component
    for (QAction *action : page->findChildren<QAction *>()) {
        if (action->text().startsWith(QStringLiteral("Pipelines"))) {
            action->trigger();
            QTest::qWait(toSettle);
            keep(stage.picture(), QStringLiteral("config-graph"));
            action->trigger();
        }
    }
    for (QPushButton *button : page->findChildren<QPushButton *>()) {
        if (button->menu() && button->isVisible())
            takeMenu(stage, keep, *button, QStringLiteral("config-menu"));
    }
    takeDialog(stage, keep, QStringLiteral("Rename everywhere"), QStringLiteral("rename-dialog"));
    takeDialog(stage, keep, QStringLiteral("Find in all versions"), QStringLiteral("find-dialog"),
               QStringLiteral("limit"));
    takeDialog(stage, keep, QStringLiteral("Compare"), QStringLiteral("diff-window"));
    takeImport(stage, keep);
}

} // namespace flowgate::shots
