// SPDX-License-Identifier: GPL-3.0-or-later
#include "domain/selector.h"
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "tests/ui/widgethelp.h"
#include "ui/fleet/filterfield.h"
#include "ui/fleet/fleetpage.h"
#include "ui/widgets/yamleditor.h"
#include "ui/workspace.h"

#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTreeView>

using namespace flowgate;
using namespace flowgate::tests;

class TestFleetPage final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_operations = std::make_unique<FakeOperations>();
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_page = std::make_unique<ui::FleetPage>(*m_workspace, QStringList{QStringLiteral("ws://here/v1/opamp")});
        m_page->resize(1100, 700);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        m_table = m_page->findChild<QTableView *>(QStringLiteral("fleetTable"));
        m_filter = m_page->findChild<ui::FilterField *>();
        QVERIFY(m_table && m_filter);
    }
    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        m_operations.reset();
    }

    void anEmptyFleetSaysWhatToDoNext()
    {
        const QString words = labelsOf(*m_page);
        QVERIFY2(words.contains(QStringLiteral("ws://here/v1/opamp")), qPrintable(words));
        QVERIFY(!m_table->isVisible());
        m_workspace->applyFleet(deltaOf(0, 1));
        QTRY_VERIFY(m_table->isVisible());
    }

    // On a busy machine a Return may be on its way to the list of completions when the last letter takes that away.
    void aCompletionThatIsGoneIsNotTaken()
    {
        m_workspace->applyFleet(deltaOf(0, 1));
        m_filter->setFocus();
        QTest::keyClicks(m_filter, QStringLiteral("env=la"));
        QAbstractItemView *list = nullptr;
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (window->objectName() == u"completions")
                list = qobject_cast<QAbstractItemView *>(window);
        }
        QVERIFY(list && list->isVisible());
        QVERIFY(list->currentIndex().isValid());
        QTest::keyClicks(m_filter, QStringLiteral("b"));
        QVERIFY(!list->isVisible());
        QKeyEvent late(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
        QApplication::sendEvent(list, &late);
        QCOMPARE(m_filter->text(), QStringLiteral("env=lab"));
    }

    void selectionAndScrollSurviveAStorm()
    {
        m_workspace->applyFleet(deltaOf(0, 2000));
        QTRY_VERIFY(m_table->isVisible());
        choose(700);
        m_table->verticalScrollBar()->setValue(15'000);
        const int scrolled = m_table->verticalScrollBar()->value();
        const int questions = m_operations->effectiveAsked.count();
        QVERIFY(scrolled > 0);
        QRandomGenerator random(3);
        for (int round = 0; round < 60; ++round) {
            app::FleetDelta delta;
            for (int i = 0; i < 300; ++i) {
                domain::Gateway gateway = gatewayOf(random.bounded(2000));
                gateway.health.state = static_cast<domain::HealthState>(random.bounded(7));
                delta.changed.push_back(share(gateway));
            }
            m_workspace->applyFleet(delta);
            QCoreApplication::processEvents();
        }
        QCOMPARE(chosenNames(), QStringList{QStringLiteral("gw-700")});
        QCOMPARE(m_table->verticalScrollBar()->value(), scrolled);
        QCOMPARE(m_operations->effectiveAsked.count(), questions);
    }

    void aRolloutReachesWhatTheButtonCounts_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QList<int>>("chosen");
        QTest::addColumn<QList<int>>("reached");
        QTest::addRow("nothing chosen, no filter: all") << QString() << QList<int>{} << QList<int>{0, 1, 2, 3, 10};
        QTest::addRow("selector") << QStringLiteral("env=lab") << QList<int>{} << QList<int>{0, 2, 10};
        QTest::addRow("plain text is never all") << QStringLiteral("gw-1") << QList<int>{} << QList<int>{1, 10};
        QTest::addRow("one chosen") << QString() << QList<int>{2} << QList<int>{2};
        QTest::addRow("some chosen of a selector") << QStringLiteral("env=lab") << QList<int>{0, 2} << QList<int>{0, 2};
        QTest::addRow("the only one shown, chosen") << QStringLiteral("gw-3") << QList<int>{3} << QList<int>{3};
    }
    void aRolloutReachesWhatTheButtonCounts()
    {
        QFETCH(QString, filter);
        QFETCH(QList<int>, chosen);
        QFETCH(QList<int>, reached);
        app::FleetDelta delta = deltaOf(0, 4);
        delta.changed.push_back(share(gatewayOf(10)));
        m_workspace->applyFleet(delta);
        m_filter->setText(filter);
        QTRY_VERIFY(m_table->isVisible());
        for (const int number : chosen)
            choose(number, QItemSelectionModel::Select);
        QSignalSpy asked(m_page.get(), &ui::FleetPage::rollOutRequested);
        QAbstractButton *button = buttonOf(*m_page, QStringLiteral("Roll out"));
        QVERIFY(button);
        QTRY_COMPARE(button->text(), QStringLiteral("Roll out to %1…").arg(reached.size()));
        button->click();
        QCOMPARE(asked.count(), 1);
        const auto selector = domain::Selector::parse(asked.at(0).at(1).toString());
        QVERIFY(selector);
        QList<int> matched;
        for (const int number : {0, 1, 2, 3, 10}) {
            if (selector->matches(gatewayOf(number)))
                matched.append(number);
        }
        QCOMPARE(matched, reached);
    }

    void aBadSelectorSaysWhyAndRollsNothingOut()
    {
        m_workspace->applyFleet(deltaOf(0, 4));
        m_filter->setText(QStringLiteral("env in (lab"));
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("Expected , or )")));
        QVERIFY(!buttonOf(*m_page, QStringLiteral("Roll out"))->isEnabled());
        m_filter->setText(QStringLiteral("env in (lab)"));
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("2 of 4 shown")));
    }

    void chipsNarrowTheTable()
    {
        app::FleetDelta delta = deltaOf(0, 4);
        domain::Gateway sick = gatewayOf(10);
        sick.health.state = domain::HealthState::Unhealthy;
        delta.changed.push_back(share(sick));
        m_workspace->applyFleet(delta);
        QTRY_VERIFY(buttonOf(*m_page, QStringLiteral("1 unhealthy")));
        QVERIFY(!buttonOf(*m_page, QStringLiteral("0 drifted")));
        buttonOf(*m_page, QStringLiteral("1 unhealthy"))->click();
        QCOMPARE(m_table->model()->rowCount(), 1);
        QCOMPARE(buttonOf(*m_page, QStringLiteral("Roll out"))->text(), QStringLiteral("Roll out to 1…"));
    }

    void labelsAreTypedInTheTableAndTakenBack()
    {
        m_workspace->applyFleet(deltaOf(0, 4));
        QTRY_VERIFY(m_table->isVisible());
        choose(2);
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_F2);
        QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
        auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QCOMPARE(editor->text(), QStringLiteral("env=lab name=gw-2"));
        editor->setText(QStringLiteral("env=prod name=gw-2"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(m_operations->labelAsked.lastAbout(), QStringLiteral("env=prod"));
        QVERIFY(m_workspace->undo().undoText().contains(QStringLiteral("gw-2")));
        m_workspace->undo().undo();
        QCOMPARE(m_operations->labelAsked.lastAbout(), QStringLiteral("env=lab"));
        m_workspace->undo().redo();
        QCOMPARE(m_operations->labelAsked.lastAbout(), QStringLiteral("env=prod"));
        QCOMPARE(m_operations->labelAsked.count(), 3);
    }

    void anAttributeBecomesAFilterByAClick()
    {
        app::FleetDelta delta = deltaOf(0, 4);
        domain::Gateway gateway = gatewayOf(2);
        domain::AgentDescription who;
        who.identifying.push_back({QStringLiteral("service.name"), QStringLiteral("otel col")});
        gateway.description = domain::Observed<domain::AgentDescription>{who, someTime};
        delta.changed.push_back(share(gateway));
        m_workspace->applyFleet(delta);
        QTRY_VERIFY(m_table->isVisible());
        choose(2);
        QAbstractButton *find = nullptr;
        for (QAbstractButton *button : m_page->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->accessibleName() == u"Show the gateways with this value")
                find = button;
        }
        QVERIFY(find);
        find->click();
        QCOMPARE(m_filter->text(), QStringLiteral("service.name=\"otel col\""));
        QCOMPARE(m_table->model()->rowCount(), 1);
        QAbstractButton *label = buttonOf(*m_page, QStringLiteral("env=lab"));
        QVERIFY(label);
        label->click();
        QCOMPARE(m_filter->text(), QStringLiteral("service.name=\"otel col\",env=lab"));
    }

    void aGatewayHasAWindowOfItsOwn()
    {
        m_workspace->applyFleet(deltaOf(0, 4));
        QTRY_VERIFY(m_table->isVisible());
        choose(2);
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_Return, Qt::ControlModifier);
        const auto titled = [](const QString &title) {
            for (QWidget *widget : QApplication::topLevelWidgets()) {
                if (widget->isVisible() && widget->windowTitle() == title)
                    return widget;
            }
            return static_cast<QWidget *>(nullptr);
        };
        QTRY_VERIFY(titled(QStringLiteral("gw-2")));
        choose(3); // it stays with its gateway
        domain::Gateway renamed = gatewayOf(2);
        renamed.labels[QStringLiteral("name")] = QStringLiteral("other");
        app::FleetDelta delta;
        delta.changed.push_back(share(renamed));
        m_workspace->applyFleet(delta);
        QPointer<QWidget> window = titled(QStringLiteral("other"));
        QVERIFY(window);
        QVERIFY(labelsOf(*window).contains(QStringLiteral("other")));
        app::FleetDelta gone;
        gone.forgotten.push_back(idOf(2));
        m_workspace->applyFleet(gone);
        QTRY_VERIFY(!window);
    }

    void aRefusedConfigStaysSaidBesideTheOther()
    {
        app::FleetDelta delta;
        domain::Gateway gateway = gatewayOf(1);
        gateway.effective =
            domain::Observed<domain::EffectiveConfig>{{domain::ConfigHash(QByteArray(32, 'e')), {}}, someTime, false};
        delta.changed.push_back(share(gateway));
        m_workspace->applyFleet(delta);
        QTRY_VERIFY(m_table->isVisible());
        openTab(QStringLiteral("Config"));
        choose(1);
        m_operations->effectiveAsked.answerLast(app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk")));
        ui::Operations::Whole whole;
        whole.files = *textConfig("wanted: 1\n");
        m_operations->loadAsked.answerLast(whole);
        QStringList texts;
        for (const ui::YamlEditor *view : m_page->findChildren<ui::YamlEditor *>())
            texts.append(view->text());
        QVERIFY2(texts.contains(QStringLiteral("wanted: 1\n")), qPrintable(texts.join(u'|')));
        QVERIFY2(texts.join(u' ').contains(QStringLiteral("disk")), qPrintable(texts.join(u'|')));
    }

    void lateAnswersDoNotHitAnotherGateway()
    {
        app::FleetDelta delta;
        for (const int number : {1, 2}) {
            domain::Gateway gateway = gatewayOf(number);
            gateway.effective = domain::Observed<domain::EffectiveConfig>{
                {domain::ConfigHash(QByteArray(32, static_cast<char>(number))), {}}, someTime, false};
            delta.changed.push_back(share(gateway));
        }
        m_workspace->applyFleet(delta);
        QTRY_VERIFY(m_table->isVisible());
        openTab(QStringLiteral("Config"));
        choose(1);
        QCOMPARE(m_operations->effectiveAsked.count(), 1);
        choose(2);
        QCOMPARE(m_operations->effectiveAsked.count(), 2);
        m_operations->effectiveAsked.answer(1, textConfig("two: 2\n"));
        m_operations->effectiveAsked.answer(0, textConfig("one: 1\n"));
        m_operations->loadAsked.answer(0, app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk")));
        const auto views = m_page->findChildren<ui::YamlEditor *>();
        QStringList texts;
        for (const ui::YamlEditor *view : views)
            texts.append(view->text());
        QVERIFY(texts.contains(QStringLiteral("two: 2\n")));
        QVERIFY(!texts.join(u' ').contains(QStringLiteral("one: 1")));
        QVERIFY(!texts.join(u' ').contains(QStringLiteral("disk")));
    }

    void heartbeatsDoNotReadTheDatabase()
    {
        m_workspace->applyFleet(deltaOf(0, 3));
        QTRY_VERIFY(m_table->isVisible());
        openTab(QStringLiteral("History"));
        choose(1);
        QCOMPARE(m_operations->timelinesAsked.count(), 1);
        for (int i = 0; i < 20; ++i) {
            domain::Gateway gateway = gatewayOf(1);
            gateway.presence.lastSeen += domain::milliseconds(i);
            m_workspace->applyFleet({{share(gateway)}, {}});
        }
        domain::Gateway moved = gatewayOf(1);
        moved.health.state = domain::HealthState::Unhealthy;
        m_workspace->applyFleet({{share(moved)}, {}});
        QTRY_COMPARE(m_operations->timelinesAsked.count(), 2);
    }

    void howOftenAGatewayPolls()
    {
        std::vector<app::SettingValue> settings;
        for (const app::SettingSpec &spec : app::settingSpecs())
            settings.push_back({&spec, spec.fallback});
        m_workspace->applySettings(settings);
        domain::Gateway polling = gatewayOf(1);
        polling.presence.transport = domain::Transport::Http;
        m_workspace->applyFleet({{share(gatewayOf(0)), share(polling)}, {}});
        QTRY_VERIFY(m_table->isVisible());
        choose(0);
        QVERIFY(!labelsOf(*m_page).contains(QStringLiteral("Polls every"))); // a WebSocket stays open
        choose(1);
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("Polls every\nnot known yet")));

        QTRY_COMPARE(m_operations->seenAsked.count(), 1);
        m_operations->seenAsked.answerLast(models::SeenTimes{{idOf(1), someTime, domain::milliseconds(29'998)}});
        QTRY_VERIFY(labelsOf(*m_page).contains(QStringLiteral("Polls every\n30 s (learned from its last polls)")));
        QVERIFY(!labelsOf(*m_page).contains(QStringLiteral("counts as silent"))); // in the tool tip only

        polling.presence.state = domain::PresenceState::Silent;
        m_workspace->applyFleet({{share(polling)}, {}});
        QTRY_VERIFY(labelsOf(*m_page).contains(QStringLiteral("It counts as silent after 1 min 30 s without a poll")));
        for (int i = 0; i < 3; ++i)
            polling.polls.learn(std::chrono::minutes(5));
        m_workspace->applyFleet({{share(polling)}, {}});
        QTRY_VERIFY(labelsOf(*m_page).contains(
            QStringLiteral("It counts as silent after 15 min without a poll: three of its own intervals")));
    }

    void heartbeatsMoveLastSeen()
    {
        m_workspace->applyFleet(deltaOf(0, 2));
        QTRY_VERIFY(m_operations->seenAsked.count() == 1);
        const domain::WallTime later = someTime + domain::milliseconds(5000);
        m_operations->seenAsked.answerLast(models::SeenTimes{{idOf(1), later, {}}, {idOf(99), later, {}}});
        QCOMPARE(m_workspace->fleet().lastSeenOf(idOf(1)), later);
        QCOMPARE(m_workspace->fleet().lastSeenOf(idOf(0)), someTime);
    }

    void theHealthTreeOpensAtTheFailure()
    {
        domain::Gateway gateway = gatewayOf(1);
        domain::ComponentHealth root{false, 0, {}, {}, 0, {}};
        domain::ComponentHealth pipeline{false, 0, {}, {}, 0, {}};
        pipeline.components[QStringLiteral("exporter:otlp")] = {false, 0, QStringLiteral("refused"), {}, 0, {}};
        root.components[QStringLiteral("pipeline:logs")] = pipeline;
        root.components[QStringLiteral("extensions")] = {true, 1, {}, {}, 0, {}};
        gateway.healthReport = domain::Observed<domain::ComponentHealth>{root, someTime, false};
        gateway.health = {domain::HealthState::Unhealthy, someTime, QStringLiteral("refused")};
        m_workspace->applyFleet({{share(gateway)}, {}});
        QTRY_VERIFY(m_table->isVisible());
        choose(1);
        openTab(QStringLiteral("Health"));
        const auto *tree = m_page->findChild<QTreeView *>();
        const QModelIndex top = tree->model()->index(0, 0);
        const QModelIndex logs = tree->model()->index(1, 0, top);
        QVERIFY(tree->isExpanded(top));
        QVERIFY(tree->isExpanded(logs));
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("Unhealthy for")));
    }

    void whatAFailedConfigOffers()
    {
        domain::Gateway gateway = gatewayOf(1);
        const domain::ConfigRef failed{QStringLiteral("base"), 5, domain::ConfigHash(QByteArray(32, 'f'))};
        gateway.wanted = failed;
        gateway.lastProven = domain::ConfigRef{QStringLiteral("base"), 4, domain::ConfigHash(QByteArray(32, 'a'))};
        gateway.lastFailed = domain::LastFailed{failed, QStringLiteral("<b>unknown type: \"kafka\"</b>"), someTime};
        gateway.config.state = domain::ConfigState::Failed;
        m_workspace->applyFleet({{share(gateway)}, {}});
        QTRY_VERIFY(m_table->isVisible());
        choose(1);
        openTab(QStringLiteral("Health"));
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("Config base @5 failed here")));
        QSignalSpy asked(m_page.get(), &ui::FleetPage::rollOutRequested);
        QAbstractButton *back = buttonOf(*m_page, QStringLiteral("Put base @4 back"));
        QVERIFY(back);
        back->click();
        QCOMPARE(asked.at(0).at(0).toString(), QStringLiteral("base@4"));
        QCOMPARE(asked.at(0).at(1).toString(), QStringLiteral("id=") + domain::uuidText(idOf(1)));
        // Beside the reason stands what the gateway logged then.
        const app::LogsWish &wish = m_operations->logsWishes.back();
        QVERIFY(wish.from < someTime && wish.to > someTime && wish.leastSeverity > 9);
        telemetry::LogLine line;
        line.at = someTime;
        line.severity = 17;
        line.text = QStringLiteral("listen tcp: address already in use\u202e");
        m_operations->logsAsked.answerLast(std::vector{line});
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("Error: listen tcp: address already in use")));
        QVERIFY(!labelsOf(*m_page).contains(QChar(0x202e)));
    }

    void agentTextIsNeverMarkup()
    {
        domain::Gateway gateway = gatewayOf(1);
        gateway.labels.insert(QStringLiteral("name"), QStringLiteral("<h1>boo</h1>\u202e"));
        gateway.health = {domain::HealthState::Unhealthy, someTime, QStringLiteral("<img src=x>")};
        domain::AgentDescription description;
        description.identifying.push_back(
            {QStringLiteral("<i>key</i>"), domain::AttributeValue{QStringLiteral("<u>v</u>\x1b")}});
        gateway.description = domain::Observed<domain::AgentDescription>{description, someTime, false};
        m_workspace->applyFleet({{share(gateway)}, {}});
        QTRY_VERIFY(m_table->isVisible());
        choose(1);
        for (const QString &tab : {QStringLiteral("Overview"), QStringLiteral("Health"), QStringLiteral("Config")}) {
            openTab(tab);
            for (const QLabel *label : m_page->findChildren<QLabel *>()) {
                if (label->text().isEmpty())
                    continue;
                QCOMPARE(label->textFormat(), Qt::PlainText);
                QVERIFY(!label->text().contains(QChar(0x202e)));
                QVERIFY(!label->text().contains(QChar(0x1b)));
            }
        }
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("<h1>boo</h1>")));
    }

    // What it reported last is shown, and never as if it were of now.
    void theLastHealthIsMarked_data()
    {
        QTest::addColumn<int>("presence");
        QTest::addColumn<bool>("missed"); // a message
        QTest::addColumn<QString>("said");
        using P = domain::PresenceState;
        QTest::newRow("connected: it is current") << int(P::Connected) << false << QString();
        QTest::newRow("lost") << int(P::Lost) << false << QStringLiteral("The gateway is lost");
        QTest::newRow("silent") << int(P::Silent) << false << QStringLiteral("The gateway is silent");
        QTest::newRow("not observed") << int(P::NotObserved) << false << QStringLiteral("The gateway is not observed");
        QTest::newRow("X5a: a message was missed")
            << int(P::Connected) << true << QStringLiteral("A message was missed since");
    }
    void theLastHealthIsMarked()
    {
        QFETCH(int, presence);
        QFETCH(bool, missed);
        QFETCH(QString, said);
        domain::Gateway gateway = gatewayOf(1);
        gateway.presence.state = static_cast<domain::PresenceState>(presence);
        gateway.presence.why = QStringLiteral("closed by Flowgate: because");
        domain::ComponentHealth health;
        health.lastError = QStringLiteral("queue is full");
        gateway.healthReport =
            domain::Observed<domain::ComponentHealth>{health, m_clock.now() - std::chrono::minutes(3), missed};
        m_workspace->applyFleet({{share(gateway)}, {}});
        QTRY_VERIFY(m_table->isVisible());
        choose(1);
        const bool isMarked = !said.isEmpty();
        openTab(QStringLiteral("Overview"));
        const QString overview = labelsOf(*m_page);
        QVERIFY2(overview.contains(QStringLiteral("3 min ago, not current: unhealthy: queue is full")) == isMarked,
                 qPrintable(overview));
        // Silence has a reason of its own: the rule by which it is judged.
        QCOMPARE(overview.contains(QStringLiteral("closed by Flowgate: because")),
                 gateway.presence.state != domain::PresenceState::Silent);
        openTab(QStringLiteral("Health"));
        const QString tab = labelsOf(*m_page);
        QVERIFY2(tab.contains(QStringLiteral("Not current: last reported 3 min ago")) == isMarked, qPrintable(tab));
        QVERIFY2(!isMarked || tab.contains(said), qPrintable(tab));
        const QString tip = m_table->model()
                                ->index(0, static_cast<int>(models::GatewayColumn::Health))
                                .data(Qt::ToolTipRole)
                                .toString();
        QCOMPARE(tip.contains(QStringLiteral("Not current, last reported")), isMarked);
        QCOMPARE(tip.contains(QStringLiteral("queue is full")), isMarked);
    }

    void forgettingAsksFirst()
    {
        m_workspace->applyFleet(deltaOf(0, 3));
        QTRY_VERIFY(m_table->isVisible());
        choose(1);
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_Delete);
        QDialog *question = dialogOf(*m_page);
        QVERIFY(question);
        QVERIFY(labelsOf(*question).contains(QStringLiteral("Forget gw-1?")));
        QCOMPARE(m_operations->forgetAsked.count(), 0);
        buttonOf(*question, QStringLiteral("Forget"))->click();
        QCOMPARE(m_operations->forgetAsked.count(), 1);
        QCOMPARE(m_operations->forgetAsked.about(0), idOf(1).hex());
        m_operations->forgetAsked.answer(0, app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk full")));
        QTRY_VERIFY(dialogOf(*m_page));
        QVERIFY(labelsOf(*dialogOf(*m_page)).contains(QStringLiteral("disk full")));
    }

    // Many at once: one question with their names, and one act.
    void forgetsManyAtOnce()
    {
        m_workspace->applyFleet(deltaOf(0, 27));
        QTRY_VERIFY(m_table->isVisible());
        m_table->selectAll();
        QMenu menu;
        m_page->fillActions(menu);
        QAction *forget = nullptr;
        for (QAction *action : menu.actions()) {
            if (action->text().startsWith(QStringLiteral("Forget")))
                forget = action;
        }
        QVERIFY(forget);
        QVERIFY2(forget->text().startsWith(QStringLiteral("Forget 27 gateway")), qPrintable(forget->text()));
        forget->trigger();
        QDialog *question = dialogOf(*m_page);
        QVERIFY(question);
        const QString said = labelsOf(*question);
        QVERIFY2(said.contains(QStringLiteral("gw-0, gw-1")) && said.contains(QStringLiteral(" and 12 more")),
                 qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("Connected among them: 27.")), qPrintable(said));
        buttonOf(*question, QStringLiteral("Forget"))->click();
        QCOMPARE(m_operations->forgetAsked.count(), 1);
        QCOMPARE(m_operations->forgetAsked.about(0).count(u' '), 26);
        m_operations->forgetAsked.answer(0, app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk full")));
        QTRY_VERIFY(dialogOf(*m_page));
        QVERIFY(labelsOf(*dialogOf(*m_page)).contains(QStringLiteral("disk full")));
    }

    void theForgottenLeaveTheDetails()
    {
        m_workspace->applyFleet(deltaOf(0, 3));
        QTRY_VERIFY(m_table->isVisible());
        choose(1);
        QVERIFY(labelsOf(*m_page).contains(domain::uuidText(idOf(1))));
        m_workspace->applyFleet({{}, {idOf(1)}});
        QVERIFY(!labelsOf(*m_page).contains(domain::uuidText(idOf(1))));
    }

    void labelsAreJudgedWhileTyped_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        QTest::addRow("set") << QStringLiteral("env=lab") << true;
        QTest::addRow("remove") << QStringLiteral("env-") << true;
        QTest::addRow("several") << QStringLiteral("env=lab, site=ber old-") << true;
        QTest::addRow("empty value") << QStringLiteral("env=") << true;
        QTest::addRow("nothing") << QString() << false;
        QTest::addRow("a word") << QStringLiteral("env") << false;
        QTest::addRow("no key") << QStringLiteral("=lab") << false;
    }
    void labelsAreJudgedWhileTyped()
    {
        QFETCH(QString, text);
        QFETCH(bool, good);
        QCOMPARE(ui::labelTrouble(text).isEmpty(), good);
    }

private:
    static app::Outcome<domain::ConfigSet> textConfig(const QByteArray &text)
    {
        domain::ConfigSet config;
        config.files[QString()] = {text, {}};
        return config;
    }
    QModelIndex indexOf(int number) const
    {
        for (int row = 0; row < m_table->model()->rowCount(); ++row) {
            const QModelIndex index = m_table->model()->index(row, 0);
            if (index.data(models::IdRole).toByteArray() == idOf(number).bytes())
                return index;
        }
        return {};
    }
    void choose(int number, QItemSelectionModel::SelectionFlags how = QItemSelectionModel::ClearAndSelect)
    {
        m_table->selectionModel()->setCurrentIndex(indexOf(number), how | QItemSelectionModel::Rows);
    }
    QStringList chosenNames() const
    {
        QStringList names;
        for (const QModelIndex &row : m_table->selectionModel()->selectedRows())
            names.append(row.data().toString());
        return names;
    }
    void openTab(const QString &name)
    {
        auto *tabs = m_page->findChild<QTabWidget *>();
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i) == name)
                tabs->setCurrentIndex(i);
        }
    }

    ManualClock m_clock;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::FleetPage> m_page;
    QTableView *m_table = nullptr;
    QLineEdit *m_filter = nullptr;
};

QTEST_MAIN(TestFleetPage)
#include "tst_fleetpage.moc"
