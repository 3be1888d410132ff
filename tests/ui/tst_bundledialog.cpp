// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/manualclock.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "ui/bundles/bundleactions.h"
#include "ui/bundles/importdialog.h"
#include "ui/workspace.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>
#include <QTest>
#include <QUrl>

using namespace flowgate;
using namespace flowgate::tests;

namespace {

app::BundleReport reportOf(std::vector<app::BundleItem> items)
{
    app::BundleReport report;
    report.program = QStringLiteral("flowgate 1");
    report.madeAt = someTime;
    report.plan.items = std::move(items);
    return report;
}

app::BundleItem item(const char *name, app::BundleAction action)
{
    return {app::BundlePart::Configs, action, QString::fromLatin1(name), {}, {}};
}

} // namespace

class TestBundleDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_operations = std::make_unique<FakeOperations>();
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_window = std::make_unique<QWidget>();
        m_dialog = new ui::ImportDialog(*m_workspace, QStringLiteral("/x/lab.flowgate"), m_window.get());
    }
    void cleanup()
    {
        m_window.reset();
        m_workspace.reset();
        m_operations.reset();
    }

    void showsAPlanAndImports()
    {
        const QAbstractItemModelTester tester(&m_dialog->model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        QPushButton *button = importButton();
        QVERIFY(!button->isEnabled());
        m_operations->planBundleAsked.answerLast(
            reportOf({item("base@1", app::BundleAction::Same), item("base@2", app::BundleAction::Add)}));
        QCOMPARE(m_dialog->model().rowCount(), 2);
        QVERIFY(button->isEnabled());
        QVERIFY(!m_operations->bundleWishes.back().parts.contains(app::BundlePart::Standing));
        button->click();
        QCOMPARE(m_operations->importBundleAsked.count(), 1);
        app::BundleReport done = reportOf({});
        done.imported = true;
        m_operations->importBundleAsked.answerLast(done);
        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
    }

    void plansAnewAndIgnoresLateAnswers()
    {
        const auto late = m_operations->planBundleAsked.count();
        for (QCheckBox *box : m_dialog->findChildren<QCheckBox *>()) {
            if (box->text() == QStringLiteral("Standing selectors"))
                box->setChecked(true);
        }
        QCOMPARE(m_operations->planBundleAsked.count(), late + 1);
        QVERIFY(m_operations->bundleWishes.back().parts.contains(app::BundlePart::Standing));
        m_operations->planBundleAsked.answerLast(reportOf({item("new", app::BundleAction::Add)}));
        QCOMPARE(m_dialog->model().rowCount(), 1);
    }

    void aConflictHasToBeDecided()
    {
        m_operations->planBundleAsked.answerLast(
            reportOf({item("base@1", app::BundleAction::Conflict), item("other@1", app::BundleAction::Add)}));
        QVERIFY(!importButton()->isEnabled());
        auto *conflicts = m_dialog->findChild<QComboBox *>();
        conflicts->setCurrentIndex(2);
        QCOMPARE(m_operations->bundleWishes.back().onConflict, app::OnConflict::Rename);
    }

    void saysWhyABundleIsRefused()
    {
        m_operations->planBundleAsked.answerLast(
            app::failed(app::FailureCode::BadBundle, QStringLiteral("it is cut off")));
        QVERIFY(!importButton()->isEnabled());
        bool said = false;
        for (const QLabel *label : m_dialog->findChildren<QLabel *>())
            said = said || label->text().contains(QStringLiteral("it is cut off"));
        QVERIFY(said);
    }

    void aDroppedBundleIsOpened()
    {
        const ui::BundleActions actions(*m_workspace, m_window.get());
        const auto before = m_operations->planBundleAsked.count();
        const auto drop = [this](const char *name) {
            QMimeData data;
            data.setUrls({QUrl::fromLocalFile(QString::fromLatin1(name))});
            QDragEnterEvent enter({1, 1}, Qt::CopyAction, &data, Qt::LeftButton, {});
            QCoreApplication::sendEvent(m_window.get(), &enter);
            if (!enter.isAccepted())
                return false;
            QDropEvent event({1, 1}, Qt::CopyAction, &data, Qt::LeftButton, {});
            QCoreApplication::sendEvent(m_window.get(), &event);
            return true;
        };
        QVERIFY(!drop("/x/notes.txt"));
        QVERIFY(drop("/x/lab.flowgate"));
        QCOMPARE(m_operations->planBundleAsked.count(), before + 1);
    }

private:
    QPushButton *importButton()
    {
        for (QPushButton *button : m_dialog->findChildren<QPushButton *>()) {
            if (button->text().startsWith(QStringLiteral("Import")))
                return button;
        }
        return nullptr;
    }

    ManualClock m_clock;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<QWidget> m_window;
    ui::ImportDialog *m_dialog = nullptr;
};

QTEST_MAIN(TestBundleDialog)
#include "tst_bundledialog.moc"
