// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controlplane.h"
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "tests/ui/widgethelp.h"
#include "ui/configs/configspage.h"
#include "ui/events/eventspage.h"
#include "ui/mainwindow.h"
#include "ui/navigation/navigation.h"
#include "ui/navigation/refusaltext.h"
#include "ui/navigation/statuspart.h"
#include "ui/operations/planeoperations.h"
#include "ui/startup/instance.h"
#include "ui/widgets/appearance.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QLineEdit>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSemaphore>
#include <QSettings>
#include <QSignalSpy>
#include <QSplitter>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace flowgate;
using namespace flowgate::tests;

class TestMainWindow final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings =
            std::make_unique<QSettings>(m_folder->filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
        m_operations = std::make_unique<FakeOperations>();
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_workspace->preferences().keepIn(*m_settings);
        m_appearance = std::make_unique<ui::Appearance>(m_workspace->preferences());
    }
    void cleanup()
    {
        m_window.reset();
        m_appearance.reset();
        m_workspace.reset();
        m_operations.reset();
        m_settings.reset();
    }

    void theStatusBarSaysTheTruth()
    {
        open();
        QVERIFY(labelsOf(*m_window).contains(QStringLiteral("Listening on ws://127.0.0.1:1/v1/opamp")));
        m_workspace->applyFleet(deltaOf(0, 3));
        QTRY_VERIFY(labelsOf(*m_window).contains(QStringLiteral("3 of 3 connected")));
        m_window->setStoreTrouble(QStringLiteral("disk full"));
        QVERIFY(labelsOf(*m_window).contains(QStringLiteral("disk full")));
        m_window->setStoreTrouble({});
        QVERIFY(!labelsOf(*m_window).contains(QStringLiteral("disk full")));
        // Without a network nobody can connect, whatever is listened on.
        app::Status status;
        status.endpoints = {QStringLiteral("ws://192.168.1.5:4320/v1/opamp")};
        status.networkGoneSince = m_clock.now();
        QTRY_VERIFY(m_operations->statusAsked.count() > 0);
        m_operations->statusAsked.answerLast(status);
        QVERIFY(labelsOf(*m_window).contains(QStringLiteral("No network since")));
        QVERIFY(!labelsOf(*m_window).contains(QStringLiteral("Listening")));
        status.networkGoneSince.reset();
        const auto asked = m_operations->statusAsked.count();
        QTRY_VERIFY(m_operations->statusAsked.count() > asked);
        m_operations->statusAsked.answerLast(status);
        QVERIFY(labelsOf(*m_window).contains(QStringLiteral("Listening on ws://192.168.1.5:4320/v1/opamp")));
    }

    void theStatusBarSaysWhoWasTurnedAway()
    {
        open();
        const auto tip = [this] {
            QString all;
            for (const auto *part : m_window->findChildren<ui::StatusPart *>())
                all += part->toolTip();
            return all;
        };
        app::Status status;
        status.endpoints = {QStringLiteral("ws://127.0.0.1:1/v1/opamp")};
        QTRY_VERIFY(m_operations->statusAsked.count() > 0);
        m_operations->statusAsked.answerLast(status);
        QVERIFY(!tip().contains(QStringLiteral("Turned away")));
        for (int i = 0; i < 12; ++i)
            status.refusals.add(domain::Refusal::ConnectionsPerAddress);
        status.refusals.add(domain::Refusal::HeadSize);
        const auto asked = m_operations->statusAsked.count();
        QTRY_VERIFY(m_operations->statusAsked.count() > asked);
        m_operations->statusAsked.answerLast(status);
        QVERIFY2(tip().contains(QStringLiteral("Too many connections from one address: 12")), qPrintable(tip()));
        QVERIFY(tip().contains(QStringLiteral("Request head too large: 1")));
        QVERIFY(!tip().contains(QStringLiteral("Body too large")));
        // Each kind has words of its own.
        QSet<QString> words;
        for (const domain::Refusal kind : domain::allRefusals())
            words.insert(ui::refusalWord(kind));
        QCOMPARE(words.size(), qsizetype(domain::refusalKinds));
    }

    void pagesAreReachedByKeyboard()
    {
        open();
        auto *navigation = m_window->findChild<ui::Navigation *>();
        QCOMPARE(navigation->current(), 0);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(navigation->current(), 2);
        // The focus goes along, also while another window has it, such as the one that asks where to go.
        const auto focused = [&] {
            const auto *button = qobject_cast<QAbstractButton *>(m_window->focusWidget());
            return button ? button->text() : QString();
        };
        QCOMPARE(focused(), navigation->name(2));
        QWidget other;
        other.show();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        navigation->setCurrent(3);
        QCOMPARE(focused(), navigation->name(3));
    }

    void theLayoutIsRemembered()
    {
        open();
        m_window->findChild<ui::Navigation *>()->setCurrent(1);
        auto *splitter = m_window->findChild<QSplitter *>(QStringLiteral("configsSplit"));
        QCoreApplication::processEvents();
        splitter->setSizes({420, 500});
        const int left = splitter->sizes().front();
        QMetaObject::invokeMethod(QCoreApplication::instance(), "aboutToQuit");
        m_window.reset();
        open();
        QCoreApplication::processEvents();
        QCOMPARE(m_window->findChild<ui::Navigation *>()->current(), 1);
        QCOMPARE(m_window->findChild<QSplitter *>(QStringLiteral("configsSplit"))->sizes().front(), left);
    }

    void aBrokenLayoutFileDoesNoHarm()
    {
        m_settings->setValue(QStringLiteral("layout2/mainWindow"), QByteArray("nonsense"));
        m_settings->setValue(QStringLiteral("layout2/fleetHeader"), QVariantList{8, QByteArray(500, 'x')});
        m_settings->setValue(QStringLiteral("layout2/eventsHeader"), 12);
        m_settings->setValue(QStringLiteral("layout2/fleetHeaderRows"), QVariantList{QVariant(), QStringLiteral("x")});
        m_settings->setValue(QStringLiteral("layout2/configsSplit"), 7);
        m_settings->setValue(QStringLiteral("layout2/fleetPage"), QByteArray("nonsense"));
        m_settings->setValue(QStringLiteral("layout2/page"), 99);
        open();
        QCOMPARE(m_window->findChild<ui::Navigation *>()->current(), 0);
    }

    void draftsOutliveTheWindow_data()
    {
        QTest::addColumn<bool>("crash");
        QTest::addRow("closed") << false;
        QTest::addRow("killed a little after the last letter") << true;
    }

    void draftsOutliveTheWindow()
    {
        QFETCH(bool, crash);
        open();
        beginDraft(QStringLiteral("base"));
        if (crash) {
            const QString file = m_folder->filePath(QStringLiteral("drafts/base.draft"));
            QTRY_VERIFY(QFileInfo::exists(file));
            QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
            // What a killed process leaves: the files as they are now.
            QTemporaryDir left;
            QVERIFY(QDir(left.path()).mkdir(QStringLiteral("drafts")));
            QVERIFY(QFile::copy(file, left.filePath(QStringLiteral("drafts/base.draft"))));
            m_window.reset();
            QFile::remove(file);
            QVERIFY(QFile::copy(left.filePath(QStringLiteral("drafts/base.draft")), file));
        } else {
            m_window->close();
            QVERIFY(!m_window->isVisible()); // no question
            m_window.reset();
        }
        open();
        auto *configs = m_window->findChild<ui::ConfigsPage *>();
        QCOMPARE(configs->drafts(), QStringList{QStringLiteral("base")});
        configs->openConfig(QStringLiteral("base"));
        QVERIFY(labelsOf(*configs).contains(QStringLiteral("draft of version 1")));
        QCOMPARE(m_operations->loadAsked.count(), 0);
    }

    void quittingWithDraftsThatCannotBeKeptAsks()
    {
        // A file where the folder of drafts should be.
        QFile inTheWay(m_folder->filePath(QStringLiteral("drafts")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        open();
        beginDraft(QStringLiteral("base"));
        m_window->close();
        QVERIFY(m_window->isVisible());
        QDialog *question = dialogOf(*m_window);
        QVERIFY(question);
        QVERIFY(labelsOf(*question).contains(QStringLiteral("base")));
        buttonOf(*question, QStringLiteral("Quit"))->click();
        QTRY_VERIFY(!m_window->isVisible());
    }

    void eventsAreFilteredAndCopied()
    {
        for (const char *text : {"one <b>bold</b>", "two"})
            m_workspace->events().add({0, someTime, QStringLiteral("config_saved"), {}, QString::fromLatin1(text), {}});
        ui::EventsPage page(*m_workspace);
        page.show();
        page.findChild<QLineEdit *>()->setText(QStringLiteral("TWO"));
        QVERIFY(labelsOf(page).contains(QStringLiteral("1 of 2 shown")));
        buttonOf(page, QStringLiteral("Copy"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 0);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("two")));
        page.findChild<QLineEdit *>()->setText(QStringLiteral("three"));
        QVERIFY(labelsOf(page).contains(QStringLiteral("No event matches")));
    }

    void anotherWindowIsRaised_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("raised");
        QTest::addRow("raised") << QByteArray("{\"exit\":0,\"result\":{\"raised\":true},\"notes\":[]}\n") << true;
        QTest::addRow("no window") << QByteArray("{\"exit\":1,\"error\":{\"code\":\"unknown_verb\"}}\n") << false;
        QTest::addRow("nonsense") << QByteArray("raised\":true\n") << false;
        QTest::addRow("hangs up") << QByteArray() << false;
    }
    void anotherWindowIsRaised()
    {
        QFETCH(QByteArray, answer);
        QFETCH(bool, raised);
        const QString path = m_folder->filePath(QStringLiteral("control.sock"));
        QVERIFY(!ui::raiseOtherWindow(path)); // nobody is there
        QSemaphore listening;
        const std::unique_ptr<QThread> other(QThread::create([&] {
            QLocalServer server;
            server.listen(path);
            listening.release();
            if (!server.waitForNewConnection(patience))
                return;
            QLocalSocket *socket = server.nextPendingConnection();
            socket->waitForReadyRead(patience);
            socket->write(answer);
            socket->waitForBytesWritten(patience);
            socket->disconnectFromServer();
        }));
        other->start();
        listening.acquire();
        QCOMPARE(ui::raiseOtherWindow(path, std::chrono::milliseconds(patience)), raised);
        QVERIFY(other->wait(patience));
    }

    void aRealControlPlaneFillsTheWindow()
    {
        const domain::SystemClock clock;
        app::ControlPlane plane(clock);
        app::Options options;
        options.folder = m_folder->filePath(QStringLiteral("data"));
        options.listen = {{QHostAddress(QHostAddress::LocalHost), 0}};
        options.program = QStringLiteral("flowgate");
        const auto serving = plane.start(options);
        QVERIFY(serving);
        ui::PlaneOperations operations(plane);
        ui::Workspace workspace(operations, clock);
        ui::MainWindow window(workspace, serving->endpoints, *m_settings);
        workspace.follow(plane);
        QSignalSpy raised(&plane, &app::ControlPlane::raiseRequested);
        window.show();
        domain::ConfigSet files;
        files.files[QStringLiteral("base.yaml")] = {"exporters:\n  debug: {}\n", {}};
        int version = 0;
        operations.saveConfig(
            &window, QStringLiteral("base"), files, QStringLiteral("first"),
            [&](const app::Outcome<ui::Operations::Added> &added) { version = added ? added->ref.version : -1; });
        QTRY_COMPARE(version, 1);
        QTRY_COMPARE(workspace.configs().rowCount(), 1);
        QTRY_COMPARE(workspace.events().rowCount(), 1);
        auto *configs = window.findChild<ui::ConfigsPage *>();
        configs->openConfig(QStringLiteral("base"));
        QTRY_VERIFY(labelsOf(*configs).contains(QStringLiteral("version 1")));
        bool refused = false;
        operations.preview(&window, QStringLiteral("base"), QStringLiteral("all"),
                           [&](const app::Outcome<std::vector<app::PlannedTarget>> &plan) {
                               refused = !plan && plan.error().code == app::FailureCode::NoMatch;
                           });
        QTRY_VERIFY(refused);
        int answers = 0;
        operations.status(&window, [&](const app::Outcome<app::Status> &status) { answers += status ? 1 : 0; });
        operations.lastSeen(&window, [&](const app::Outcome<models::SeenTimes> &times) { answers += times ? 1 : 0; });
        operations.versions(&window, QStringLiteral("base"),
                            [&](const auto &versions) { answers += versions && versions->size() == 1 ? 1 : 0; });
        operations.versions(&window, QStringLiteral("none"),
                            [&](const auto &versions) { answers += versions ? 0 : 1; });
        QTRY_COMPARE(answers, 4);
        plane.stop();
    }

private:
    void beginDraft(const QString &name)
    {
        m_window->findChild<ui::ConfigsPage *>()->makeNew();
        QDialog *dialog = dialogOf(*m_window);
        dialog->findChild<QLineEdit *>()->setText(name);
        buttonOf(*dialog, QStringLiteral("Begin"))->click();
        QTRY_VERIFY(!dialogOf(*m_window));
    }

    void open()
    {
        m_window = std::make_unique<ui::MainWindow>(
            *m_workspace, QStringList{QStringLiteral("ws://127.0.0.1:1/v1/opamp")}, *m_settings);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    ManualClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::Appearance> m_appearance;
    std::unique_ptr<ui::MainWindow> m_window;
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
