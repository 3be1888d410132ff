// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "ui/common/theme.h"
#include "ui/settings/preferences.h"
#include "ui/widgets/appearance.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QHeaderView>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace flowgate;
using namespace flowgate::tests;
using common::Theme;
using ui::WindowLook;

namespace {

/// Relative luminance and contrast as WCAG 2.1 defines them.
double luminance(const QColor &colour)
{
    const auto part = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

constexpr double forText = 4.5;
constexpr double forShapes = 3;

} // namespace

class TestLooks final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void contrastIsMeasuredRight()
    {
        QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrast(QColor(0x777777), Qt::white) - 4.48) < 0.01);
    }

    void labelsKeepTheirMarginsInAnotherStyle()
    {
        QWidget window;
        auto *label = new ui::PlainLabel(QStringLiteral("x"), ui::TextKind::Section, &window);
        label->setContentsMargins(12, 8, 0, 8);
        label->resize(0, 0); // its page was never shown
        window.setStyleSheet(QStringLiteral("QLabel { color: red; }"));
        window.setStyleSheet(QStringLiteral("QLabel { color: blue; }"));
        QCOMPARE(label->contentsMargins(), QMargins(12, 8, 0, 8));
    }

    void everythingCanBeRead_data()
    {
        QTest::addColumn<QColor>("front");
        QTest::addColumn<QColor>("back");
        QTest::addColumn<double>("least");
        for (const Theme *theme : {&common::lightTheme(), &common::darkTheme()}) {
            const char *name = theme->dark ? "dark" : "light";
            const auto row = [&](const char *what, const QColor &front, const QColor &back, double least) {
                QTest::addRow("%s: %s", name, what) << front << back << least;
            };
            const std::pair<const char *, QColor> backs[] = {
                {"window", theme->window}, {"panel", theme->panel}, {"selection", theme->selection}};
            for (const auto &[on, back] : backs) {
                row(qPrintable(QStringLiteral("text on %1").arg(QLatin1String(on))), theme->text, back, forText);
                row(qPrintable(QStringLiteral("quiet on %1").arg(QLatin1String(on))), theme->quiet, back, forText);
                row(qPrintable(QStringLiteral("accent on %1").arg(QLatin1String(on))), theme->accent, back, forShapes);
                for (const auto tone : {common::Tone::Good, common::Tone::Attention, common::Tone::Bad,
                                        common::Tone::UnderWay, common::Tone::Unknown})
                    row(qPrintable(QStringLiteral("shape %1 on %2").arg(static_cast<int>(tone)).arg(QLatin1String(on))),
                        theme->colour(tone), back, forShapes);
            }
            row("border of a field on window", theme->field, theme->window, forShapes);
            row("border of a field on panel", theme->field, theme->panel, forShapes);
            row("bad text on window", theme->bad, theme->window, forText);
            row("bad text on panel", theme->bad, theme->panel, forText);
            row("text on a failure", theme->text, theme->badPanel, forText);
            row("quiet on a failure", theme->quiet, theme->badPanel, forText);
            row("bad on a failure", theme->bad, theme->badPanel, forText);
            row("text on what is under way", theme->text, theme->infoPanel, forText);
            row("quiet on what is under way", theme->quiet, theme->infoPanel, forText);
            row("primary button", theme->onAccent, theme->accent, forText);
            row("key of YAML", theme->yamlKey, theme->editor, forText);
            row("value of YAML", theme->yamlValue, theme->editor, forText);
            row("word of YAML", theme->yamlWord, theme->editor, forText);
            row("comment of YAML", theme->quiet, theme->editor, forText);
            row("added line", theme->text, theme->addedLine, forText);
            row("removed line", theme->text, theme->removedLine, forText);
        }
    }

    void everythingCanBeRead()
    {
        QFETCH(QColor, front);
        QFETCH(QColor, back);
        QFETCH(double, least);
        const double found = contrast(front, back);
        QVERIFY2(found >= least,
                 qPrintable(QStringLiteral("%1 on %2: %3").arg(front.name(), back.name()).arg(found, 0, 'f', 2)));
    }

    void followsTheSystemAtRunTime()
    {
        ui::Preferences preferences;
        QPalette system = common::lightTheme().palette();
        const ui::Appearance appearance(preferences, [&system] { return system; });
        ui::StatusLabel label;
        label.show({common::Tone::Good, QStringLiteral("Healthy")});
        label.setVisible(true);
        QVERIFY(!common::themeOf(label.palette()).dark);
        system = common::darkTheme().palette();
        QEvent change(QEvent::ThemeChange);
        QCoreApplication::sendEvent(&label, &change);
        QTRY_VERIFY(common::themeOf(label.palette()).dark);
        // What the operator chose wins.
        WindowLook look;
        look.theme = WindowLook::Theme::Light;
        preferences.setLook(look);
        QVERIFY(!common::themeOf(QApplication::palette()).dark);
        QCoreApplication::sendEvent(&label, &change);
        QCoreApplication::processEvents();
        QVERIFY(!common::themeOf(QApplication::palette()).dark);
        QVERIFY(!qApp->styleSheet().contains(u'@'));
    }

    void choicesAreKept()
    {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
        const WindowLook look{WindowLook::Theme::Dark, 150, common::Density::Compact, true};
        {
            ui::Preferences preferences;
            preferences.keepIn(settings);
            QCOMPARE(preferences.look(), WindowLook());
            preferences.setLook(look);
        }
        ui::Preferences preferences;
        preferences.keepIn(settings);
        QCOMPARE(preferences.look(), look);
        settings.setValue(QStringLiteral("textPercent"), QStringLiteral("nonsense"));
        settings.setValue(QStringLiteral("appearance"), 7);
        preferences.keepIn(settings);
        QCOMPARE(preferences.look().textPercent, 100);
        QCOMPARE(preferences.look().theme, WindowLook::Theme::System);
    }

    void textGrowsToTwiceItsSize()
    {
        FakeOperations operations;
        const ManualClock clock;
        ui::Workspace workspace(operations, clock);
        const ui::Appearance appearance(workspace.preferences());
        workspace.applyFleet(deltaOf(0, 3));
        QTableView *table = ui::makeTable(&workspace.fleet(), QStringLiteral("Gateways"), workspace, nullptr);
        const std::unique_ptr<QTableView> owner(table);
        ui::setWidths(table, {100, 100});
        ui::PlainLabel title(QStringLiteral("Title"), ui::TextKind::Title);
        ui::PlainLabel mono(QStringLiteral("id"), ui::TextKind::Mono);
        for (QWidget *widget : std::initializer_list<QWidget *>{table, &title, &mono})
            widget->show();
        const qreal text = QApplication::font().pointSizeF();
        const qreal titleText = title.font().pointSizeF();
        const qreal monoText = mono.font().pointSizeF();
        QVERIFY(titleText > text);
        QVERIFY(monoText < text);
        QCOMPARE(mono.font().family(), common::codeFamily());
        QCOMPARE(table->rowHeight(0), common::space::row);

        WindowLook look;
        look.textPercent = 200;
        workspace.preferences().setLook(look);
        QTRY_COMPARE(table->columnWidth(0), 200);
        QCOMPARE(QApplication::font().pointSizeF(), 2 * text);
        QVERIFY(std::abs(title.font().pointSizeF() - 2 * titleText) < 0.1);
        QVERIFY(std::abs(mono.font().pointSizeF() - 2 * monoText) < 0.1);
        QVERIFY(table->rowHeight(0) >= QFontMetrics(table->font()).height() + 8);
        look.textPercent = 100;
        look.density = common::Density::Compact;
        workspace.preferences().setLook(look);
        QTRY_COMPARE(table->rowHeight(0), common::space::compactRow);
        QCOMPARE(table->columnWidth(0), 100);
    }
};

QTEST_MAIN(TestLooks)
#include "tst_looks.moc"
