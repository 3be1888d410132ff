// SPDX-License-Identifier: GPL-3.0-or-later
// Every window and page, as somebody meets it who does not see it or has no mouse.
#include "tests/ui/widgethelp.h"
#include "tests/ui/windowrig.h"
#include "ui/configs/configspage.h"
#include "ui/help/shortcuts.h"
#include "ui/widgets/yamleditor.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QButtonGroup>
#include <QDialog>
#include <QHeaderView>
#include <QMenu>
#include <QMenuBar>
#include <QShortcut>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <Qsci/qscilexer.h>
#include <Qsci/qsciscintilla.h>

using namespace flowgate;
using namespace flowgate::tests;

namespace {

/// Takes keys or clicks, and is not a part that another widget speaks for.
bool isInteractive(const QWidget &widget)
{
    if (widget.focusPolicy() == Qt::NoFocus && !qobject_cast<const QAbstractButton *>(&widget))
        return false;
    for (const char *part : {"QHeaderView", "QTabBar", "QComboBoxListView", "QTableCornerButton", "QScrollBar",
                             "QMenuBar", "QSplitter", "QStackedWidget", "QTabWidget", "QLineEditIconButton"}) {
        if (widget.inherits(part))
            return false;
    }
    // A tab bar's arrows, a spin box's field, a combo box's list.
    for (const QWidget *parent = widget.parentWidget(); parent; parent = parent->parentWidget()) {
        if (parent->inherits("QTabBar") || parent->inherits("QAbstractSpinBox") || parent->inherits("QComboBox"))
            return false;
        if (parent->isWindow())
            break;
    }
    return true;
}

QString nameOf(QWidget &widget)
{
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(&widget);
    return face ? face->text(QAccessible::Name) : widget.accessibleName();
}

QString described(const QWidget &widget)
{
    QStringList path;
    for (const QWidget *at = &widget; at; at = at->parentWidget())
        path.prepend(QString::fromLatin1(at->metaObject()->className()) + u'#' + at->objectName());
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    return path.join(QStringLiteral(" > ")) + u' ' + (button ? button->text() : widget.accessibleName()) + u' ' +
           widget.property("placeholderText").toString();
}

} // namespace

class TestAccessible final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QAccessible::setActive(true);
        m_rig = std::make_unique<WindowRig>();
        m_rig->open();
        m_rig->fill(5);
        // A gateway is chosen and a config is open, so that pages show what they have.
        auto *table = m_rig->window->findChild<QTableView *>(QStringLiteral("fleetTable"));
        table->selectRow(0);
        auto *configs = m_rig->window->findChild<ui::ConfigsPage *>();
        configs->openConfig(QStringLiteral("base"));
        ui::Operations::Whole whole;
        whole.version.ref = {QStringLiteral("base"), 4, domain::ConfigHash(QByteArray(32, 'a'))};
        whole.files.files[QStringLiteral("a.yaml")] = {"receivers:\n", {}};
        m_rig->operations->loadAsked.answerLast(whole);
        QCoreApplication::processEvents();
    }

    void everyWidgetHasAName_data() { pages(); }
    void everyWidgetHasAName()
    {
        QFETCH(int, page);
        m_rig->window->findChild<ui::Navigation *>()->setCurrent(page);
        checkNames(*m_rig->window);
        // Each tab of the page too.
        for (QTabWidget *tabs : m_rig->window->findChildren<QTabWidget *>()) {
            for (int tab = 0; tabs->isVisible() && tab < tabs->count(); ++tab) {
                tabs->setCurrentIndex(tab);
                checkNames(*m_rig->window);
            }
        }
    }

    void everyDialogHasNames_data()
    {
        QTest::addColumn<QString>("action");
        for (const char *action : {"New config", "Find anything", "Keyboard shortcuts", "About Flowgate",
                                   "Roll out to 1", "Label", "Forget"})
            QTest::addRow("%s", action) << QString::fromLatin1(action);
    }
    void everyDialogHasNames()
    {
        QFETCH(QString, action);
        QDialog *dialog = openDialog(action);
        QVERIFY(dialog);
        QVERIFY(!dialog->windowTitle().isEmpty());
        checkNames(*dialog);
    }

    /// Tab from the navigation on comes by everything on the page that can be done, and back.
    void everyPageIsWalkedByKeyboard_data() { pages(); }
    void everyPageIsWalkedByKeyboard()
    {
        QFETCH(int, page);
        auto *navigation = m_rig->window->findChild<ui::Navigation *>();
        navigation->setCurrent(page);
        QCoreApplication::processEvents();
        QSet<QWidget *> missing;
        for (QWidget *widget : m_rig->window->findChildren<QWidget *>()) {
            if (widget->isVisible() && widget->isEnabled() && isInteractive(*widget) && !isReachedOtherwise(*widget))
                missing.insert(widget);
        }
        QVERIFY(missing.size() >= 3);
        QWidget *first = QApplication::focusWidget();
        QVERIFY(first);
        QSet<QWidget *> seen;
        for (QWidget *at = first; at && !seen.contains(at); at = QApplication::focusWidget()) {
            seen.insert(at);
            missing.remove(at);
            // In an editor Tab indents; F6 leads out of it.
            const auto *editor = qobject_cast<QsciScintilla *>(at);
            QTest::keyClick(at, editor && !editor->isReadOnly() ? Qt::Key_F6 : Qt::Key_Tab);
        }
        for (const QWidget *widget : std::as_const(missing))
            QFAIL(qPrintable(described(*widget)));
    }

    void everyKeyHasAName()
    {
        // A shortcut without an action is in no list.
        QVERIFY(m_rig->window->findChildren<QShortcut *>().isEmpty());
        const std::vector<ui::Shortcut> shortcuts = ui::shortcutsOf(*m_rig->window);
        QStringList texts;
        for (const ui::Shortcut &shortcut : shortcuts) {
            QVERIFY2(!shortcut.text.isEmpty(), qPrintable(shortcut.keys));
            QVERIFY2(!shortcut.keys.isEmpty(), qPrintable(shortcut.text));
            texts.append(shortcut.text);
        }
        for (const char *known : {"Find anything", "Fleet", "Keyboard shortcuts", "Filter the gateways",
                                  "Save a version", "Copy the chosen rows", "Larger text"})
            QVERIFY2(texts.contains(QString::fromLatin1(known)), known);
        // One key, one meaning: those of pages hold on their page only.
        QSet<QString> menus;
        for (const ui::Shortcut &shortcut : shortcuts) {
            if (shortcut.where == QStringLiteral("On its page"))
                continue;
            for (const QString &key : shortcut.keys.split(QStringLiteral("; "))) {
                QVERIFY2(!menus.contains(key), qPrintable(key));
                menus.insert(key);
            }
        }
    }

    void whatIsOffSaysWhy_data() { pages(); }
    void whatIsOffSaysWhy()
    {
        QFETCH(int, page);
        m_rig->window->findChild<QTableView *>(QStringLiteral("fleetTable"))->clearSelection();
        m_rig->window->findChild<ui::Navigation *>()->setCurrent(page);
        QCoreApplication::processEvents();
        for (const QAbstractButton *button : m_rig->window->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && !button->isEnabled() && isInteractive(*button))
                QVERIFY2(!button->toolTip().isEmpty(), qPrintable(described(*button) + button->text()));
        }
    }

    void everyPageFitsALaptop_data() { pages(); }
    /// Text of twice the size on a screen of 1280 x 800: nothing asks for more room than there is.
    void everyPageFitsALaptop()
    {
        QFETCH(int, page);
        ui::WindowLook look;
        look.textPercent = ui::WindowLook::largestText;
        m_rig->workspace->preferences().setLook(look);
        m_rig->window->findChild<ui::Navigation *>()->setCurrent(page);
        m_rig->window->resize(1280, 740);
        for (const QsciScintilla *editor : m_rig->window->findChildren<QsciScintilla *>())
            QVERIFY(editor->lexer()->font(0).pointSizeF() > 15);
        QCoreApplication::processEvents();
        QVERIFY2(m_rig->window->width() <= 1280 && m_rig->window->height() <= 740,
                 qPrintable(QStringLiteral("%1 x %2").arg(m_rig->window->width()).arg(m_rig->window->height())));
    }

    void everyDialogFitsALaptop_data() { everyDialogHasNames_data(); }
    void everyDialogFitsALaptop()
    {
        QFETCH(QString, action);
        ui::WindowLook look;
        look.textPercent = ui::WindowLook::largestText;
        m_rig->workspace->preferences().setLook(look);
        QDialog *dialog = openDialog(action);
        QVERIFY(dialog);
        const QSize least = dialog->minimumSizeHint();
        QVERIFY2(least.width() <= 1280 && least.height() <= 740,
                 qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
    }

    void rightToLeftFitsTheWindow()
    {
        QApplication::setLayoutDirection(Qt::RightToLeft);
        const auto back = qScopeGuard([] { QApplication::setLayoutDirection(Qt::LeftToRight); });
        m_rig->open();
        m_rig->fill(5);
        auto *navigation = m_rig->window->findChild<ui::Navigation *>();
        QVERIFY(navigation->x() > m_rig->window->width() / 2);
        for (int page = 0; page < navigation->count(); ++page) {
            navigation->setCurrent(page);
            QVERIFY(!m_rig->window->grab().isNull());
        }
    }

    /// The same picture whatever people read, but for where the scroll bar is, which is not shown here.
    void codeReadsFromLeftToRight()
    {
        const auto picture = [] {
            ui::YamlEditor editor;
            editor.setText(QStringLiteral("receivers:\n  otlp:\n    endpoint: 127.0.0.1:4317\n"));
            editor.resize(400, 120);
            return editor.grab().toImage();
        };
        const QImage expected = picture();
        QApplication::setLayoutDirection(Qt::RightToLeft);
        const auto back = qScopeGuard([] { QApplication::setLayoutDirection(Qt::LeftToRight); });
        QCOMPARE(picture(), expected);
        QCOMPARE(QApplication::layoutDirection(), Qt::RightToLeft);
    }

private:
    /// What the action of this text opens; null if nothing.
    QDialog *openDialog(const QString &text)
    {
        for (const QAction *menu : m_rig->window->menuBar()->actions())
            Q_EMIT menu->menu()->aboutToShow();
        for (QAction *one : m_rig->window->findChildren<QAction *>()) {
            if (one->text().remove(u'&').remove(u'…') == text) {
                one->trigger();
                return dialogOf(*m_rig->window);
            }
        }
        return nullptr;
    }

    void pages()
    {
        QTest::addColumn<int>("page");
        const WindowRig rig;
        QTest::addRow("fleet") << 0;
        QTest::addRow("configs") << 1;
        QTest::addRow("rollouts") << 2;
        QTest::addRow("events") << 3;
        QTest::addRow("settings") << 4;
    }

    void checkNames(QWidget &root)
    {
        int checked = 0;
        for (QWidget *widget : root.findChildren<QWidget *>()) {
            if (widget->isVisible() && isInteractive(*widget)) {
                QVERIFY2(!nameOf(*widget).trimmed().isEmpty(), qPrintable(described(*widget)));
                ++checked;
            }
        }
        QVERIFY(checked > 0);
    }

    /// The arrow keys reach the others of a group of which one is on; the menu does what the buttons in a dock's title
    /// do.
    static bool isReachedOtherwise(const QWidget &widget)
    {
        const auto *button = qobject_cast<const QAbstractButton *>(&widget);
        if (button && (button->autoExclusive() || (button->group() && button->group()->exclusive())))
            return true;
        if (widget.inherits("QDockWidgetTitleButton"))
            return true;
        // Labels can be selected by mouse to be copied.
        return widget.inherits("QLabel") || !(widget.focusPolicy() & Qt::TabFocus);
    }

    std::unique_ptr<WindowRig> m_rig;
};

QTEST_MAIN(TestAccessible)
#include "tst_accessible.moc"
