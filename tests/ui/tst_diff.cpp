// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/flatconfig.h"
#include "tests/support/manualclock.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "ui/diff/diffwindow.h"
#include "ui/workspace.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using models::DiffRow;

namespace {

/// " 1:1", "-2", "+2", "~3:3", "…5": kind and lines.
QStringList shapes(const std::vector<DiffRow> &rows)
{
    QStringList list;
    for (const DiffRow &row : rows) {
        switch (row.kind) {
        case DiffRow::Kind::Same:
            list.append(QStringLiteral(" %1:%2").arg(row.oldLine).arg(row.newLine));
            break;
        case DiffRow::Kind::Removed:
            list.append(QStringLiteral("-%1").arg(row.oldLine));
            break;
        case DiffRow::Kind::Added:
            list.append(QStringLiteral("+%1").arg(row.newLine));
            break;
        case DiffRow::Kind::Changed:
            list.append(QStringLiteral("~%1:%2").arg(row.oldLine).arg(row.newLine));
            break;
        case DiffRow::Kind::ByDesign:
            list.append(QStringLiteral("o%1").arg(row.newLine));
            break;
        case DiffRow::Kind::Gap:
            list.append(QStringLiteral("=%1").arg(row.hidden));
            break;
        }
    }
    return list;
}

QByteArray lines(int count, const QByteArray &begin = "line ")
{
    QByteArray text;
    for (int i = 1; i <= count; ++i)
        text += begin + QByteArray::number(i) + '\n';
    return text;
}

domain::ConfigSet single(const QByteArray &body)
{
    domain::ConfigSet files;
    files.files[QStringLiteral("c.yaml")].body = body;
    return files;
}

} // namespace

class TestDiff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesStandBesideEachOther_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("expected");
        QTest::addRow("equal") << QByteArray("a\nb\n") << QByteArray("a\nb\n") << QStringLiteral(" 1:1, 2:2");
        QTest::addRow("one changed") << QByteArray("a\nb\nc\n") << QByteArray("a\nB\nc\n")
                                     << QStringLiteral(" 1:1,~2:2, 3:3");
        QTest::addRow("one added") << QByteArray("a\nc\n") << QByteArray("a\nb\nc\n") << QStringLiteral(" 1:1,+2, 2:3");
        QTest::addRow("one removed") << QByteArray("a\nb\nc\n") << QByteArray("a\nc\n")
                                     << QStringLiteral(" 1:1,-2, 3:2");
        QTest::addRow("two for one") << QByteArray("a\nx\nc\n") << QByteArray("a\ny\nz\nc\n")
                                     << QStringLiteral(" 1:1,~2:2,+3, 3:4");
        QTest::addRow("one for two") << QByteArray("a\nx\ny\nc\n") << QByteArray("a\nz\nc\n")
                                     << QStringLiteral(" 1:1,~2:2,-3, 4:3");
        QTest::addRow("all new") << QByteArray() << QByteArray("a\n") << QStringLiteral("+1");
    }
    void linesStandBesideEachOther()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QString, expected);
        QCOMPARE(shapes(models::sideBySide(collector::diffLines(before, after), true)).join(u','), expected);
    }

    void equalLinesAreFolded()
    {
        QByteArray after = lines(40);
        after.replace("line 20\n", "other\n");
        const auto rows = models::sideBySide(collector::diffLines(lines(40), after), false);
        QCOMPARE(shapes(rows).join(u','), QStringLiteral("=16, 17:17, 18:18, 19:19,~20:20, 21:21, 22:22, 23:23,=17"));
        QCOMPARE(models::sideBySide(collector::diffLines(lines(40), after), true).size(), size_t(40));
    }

    void linesByDesignStandApart()
    {
        // y stands where x was by chance; z belongs to what was added, and is no change.
        const auto rows = models::sideBySide(collector::diffLines("a\nx\nc\n", "a\ny\nz\nc\nd\n"), true, {2, 5});
        QCOMPARE(shapes(rows).join(u','), QStringLiteral(" 1:1,-2,+3,o2, 3:4,o5"));
    }

    void whatIsNotWantedElsewhereIsByDesign()
    {
        const QMap<QString, QString> before{{QStringLiteral("a/x"), QStringLiteral("1")},
                                            {QStringLiteral("a/y"), QStringLiteral("1")},
                                            {QStringLiteral("ab"), QStringLiteral("1")}};
        const QMap<QString, QString> after{{QStringLiteral("a/x"), QStringLiteral("2")},
                                           {QStringLiteral("ab"), QStringLiteral("2")},
                                           {QStringLiteral("b"), QStringLiteral("1")}};
        using Kind = DiffRow::Kind;
        const auto kinds = [](const std::vector<DiffRow> &rows) {
            std::vector<Kind> list;
            for (const DiffRow &row : rows)
                list.push_back(row.kind);
            return list;
        };
        QCOMPARE(kinds(models::byStructure(before, after, true, {QStringLiteral("a")})),
                 (std::vector{Kind::Changed, Kind::Removed, Kind::ByDesign, Kind::ByDesign}));
        QCOMPARE(kinds(models::byStructure(before, after, true, {QStringLiteral("a/x/deeper")})),
                 (std::vector{Kind::Changed, Kind::ByDesign, Kind::ByDesign, Kind::ByDesign}));
        QCOMPARE(kinds(models::byStructure(before, after, true, {})),
                 (std::vector{Kind::ByDesign, Kind::ByDesign, Kind::ByDesign, Kind::ByDesign}));
    }

    void whatAGatewayAddsIsNoChange()
    {
        ManualClock clock;
        FakeOperations operations;
        ui::Workspace workspace(operations, clock);
        const QByteArray wanted = "exporters:\n  debug:\n    verbosity: basic\n    sampling_initial: 7\n";
        const QByteArray effective = "exporters:\n  debug:\n    sampling_initial: 2\n    use_internal_logger: true\n"
                                     "extensions:\n  opamp:\n    instance_uid: x\n";
        auto *window = new ui::DiffWindow(workspace, {QStringLiteral("base @1"), single(wanted)},
                                          {QStringLiteral("effective"), single(effective), true});
        window->show();
        QCOMPARE(window->findChild<QComboBox *>()->currentIndex(), 1); // its keys come in another order
        QCOMPARE(window->model().changeCount(), 1);
        QCOMPARE(window->model().byDesignCount(), 3); // verbosity, use_internal_logger, instance_uid
        window->findChild<QComboBox *>()->setCurrentIndex(0);
        QCOMPARE(window->model().byDesignCount(), 3); // lines of text: use_internal_logger, opamp, instance_uid
        delete window;
    }

    /// What the count above the table says besides.
    void saysWhatWasNotCompared_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<bool>("isEffective");
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("expected"); // in the count
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &after, bool isEffective,
                            int mode, const char *expected) {
            QTest::addRow("%s", name) << before << after << isEffective << mode << QString::fromUtf8(expected);
        };
        row("a reference", "a: ${file:x}\nb: 1\n", "a: {c: 2}\nb: 1\n", true, 1, "1 value(s) cannot be compared");
        row("a byte order mark within a gateway's",
            "\xef\xbb\xbf"
            "a: 1\nb: 1\n",
            "a: 1\nb: 1\n", true, 1, "No difference");
        row("cut off", "a: 1\n", "a: 1\nb: [\n", true, 1, "cannot be compared: the effective config (c.yaml), line 2");
        row("cut off, by text", "a: 1\n", "a: 1\nb: [\n", true, 0,
            "cannot be compared: the effective config (c.yaml), line 2");
        row("cut off, two versions", "a: 1\n", "a: 1\nb: [\n", false, 1, "one of them cannot be read to its end");
        row("line ends", "a: 1\nb: 2\n", "a: 1\r\nb: 2\r\n", false, 0, "only line ends differ (LF and CRLF)");
        row("a byte order mark", "a: 1\n",
            "\xef\xbb\xbf"
            "a: 1\n",
            false, 0, "only a byte order mark differs");
        row("both", "a: 1\r\n",
            "\xef\xbb\xbf"
            "a: 1\n",
            false, 0, "only line ends and a byte order mark differ");
    }
    void saysWhatWasNotCompared()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(bool, isEffective);
        QFETCH(int, mode);
        QFETCH(QString, expected);
        ManualClock clock;
        FakeOperations operations;
        ui::Workspace workspace(operations, clock);
        const std::unique_ptr<ui::DiffWindow> window(new ui::DiffWindow(
            workspace, {QStringLiteral("a"), single(before)}, {QStringLiteral("b"), single(after), isEffective}));
        window->findChild<QComboBox *>()->setCurrentIndex(mode);
        QStringList texts;
        for (const QLabel *label : window->findChildren<QLabel *>())
            texts.append(label->text());
        QVERIFY2(texts.join(u'\n').contains(expected), qPrintable(texts.join(u'\n')));
    }

    /// Secrets that differ behind what hides them are no line ends.
    void hiddenSecretsAreNoLineEnds()
    {
        ManualClock clock;
        FakeOperations operations;
        ui::Workspace workspace(operations, clock);
        const ui::DiffWindow window(workspace, {QStringLiteral("a"), single("password: old\nb: 1\n")},
                                    {QStringLiteral("b"), single("password: new\r\nb: 1\r\n")});
        for (const QLabel *label : window.findChildren<QLabel *>())
            QVERIFY2(!label->text().contains(QStringLiteral("only line ends")), qPrintable(label->text()));
    }

    void structureKnowsNoOrder()
    {
        const QMap<QString, QString> before{{QStringLiteral("a"), QStringLiteral("1")},
                                            {QStringLiteral("b"), QStringLiteral("2")}};
        QVERIFY(std::ranges::all_of(models::byStructure(before, before, true),
                                    [](const DiffRow &row) { return row.kind == DiffRow::Kind::Same; }));
        const QMap<QString, QString> after{{QStringLiteral("b"), QStringLiteral("3")},
                                           {QStringLiteral("c"), QStringLiteral("4")}};
        const auto rows = models::byStructure(before, after, true);
        QCOMPARE(rows[0].kind, DiffRow::Kind::Removed);
        QCOMPARE(rows[1].kind, DiffRow::Kind::Changed);
        QCOMPARE(rows[2].kind, DiffRow::Kind::Added);
    }

    void structureKnowsNoSpelling()
    {
        const auto flat = [](const QByteArray &text) { return collector::flatConfig(collector::readConfig(text)); };
        QCOMPARE(flat("a: 90s\nb: 0x10\nc: \"x\"\nd: True\n"), flat("d: true\nc: x\nb: 16\na: 1m30s\n"));
        QVERIFY(flat("a: \"1\"") != flat("a: 1"));
        QVERIFY(flat("a: 5s") != flat("a: 5ms"));
    }

    void windowComparesAndHides()
    {
        ManualClock clock;
        FakeOperations operations;
        ui::Workspace workspace(operations, clock);
        const QByteArray before = "exporters:\n  otlp:\n    headers: {authorization: old}\n    endpoint: a:1\n";
        const QByteArray after = "exporters:\n  otlp:\n    endpoint: \"a:1\"\n    headers: {authorization: new}\n";
        auto *window = new ui::DiffWindow(workspace, {QStringLiteral("base @1"), single(before)},
                                          {QStringLiteral("base @2"), single(after)});
        const QAbstractItemModelTester tester(&window->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        window->show();
        const auto shown = [window] {
            QString text;
            for (const DiffRow &row : window->model().rows())
                text += row.oldText + u'|' + row.newText + u'\n';
            return text;
        };
        QVERIFY(!shown().contains(QStringLiteral("old")) && !shown().contains(QStringLiteral("new")));
        for (QCheckBox *box : window->findChildren<QCheckBox *>()) {
            if (box->text() == QStringLiteral("Show secrets"))
                box->setChecked(true);
        }
        QVERIFY(shown().contains(QStringLiteral("old")) && shown().contains(QStringLiteral("new")));
        for (QPushButton *button : window->findChildren<QPushButton *>()) {
            if (button->text() == QStringLiteral("Copy as patch"))
                button->click();
        }
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("@@")));
        // Order and quotes do not matter; values of secrets are not looked at.
        window->findChild<QComboBox *>()->setCurrentIndex(1);
        QCOMPARE(window->model().changeCount(), 0);
        delete window;
    }

    void changesAreWalked()
    {
        ManualClock clock;
        FakeOperations operations;
        ui::Workspace workspace(operations, clock);
        QByteArray after = lines(60);
        after.replace("line 10\n", "x\n").replace("line 50\n", "y\n");
        auto *window = new ui::DiffWindow(workspace, {QStringLiteral("a"), single(lines(60))},
                                          {QStringLiteral("b"), single(after)});
        window->show();
        QVERIFY(QTest::qWaitForWindowActive(window));
        auto *table = window->findChild<QTableView *>();
        const int first = table->currentIndex().row();
        QTest::keyClick(window, Qt::Key_F7);
        const int second = table->currentIndex().row();
        QVERIFY(second > first);
        QTest::keyClick(window, Qt::Key_F7); // round again
        QCOMPARE(table->currentIndex().row(), first);
        QTest::keyClick(window, Qt::Key_F7, Qt::ShiftModifier);
        QCOMPARE(table->currentIndex().row(), second);
        delete window;
    }
};

QTEST_MAIN(TestDiff)
#include "tst_diff.moc"
