// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens in the window: the list, a new one whose text is shown once, and revoking.
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "tests/ui/widgethelp.h"
#include "ui/settings/settingspage.h"
#include "ui/tokens/newtokendialog.h"
#include "ui/tokens/tokenspage.h"
#include "ui/tokens/tokentextdialog.h"
#include "ui/workspace.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using namespace std::chrono_literals;
using models::TokenColumn;

namespace {

const QString secret = QStringLiteral("fgt_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");

domain::Token tokenOf(const char *name)
{
    domain::Token token;
    token.name = QString::fromLatin1(name);
    token.hash = domain::tokenHash(QByteArray(name));
    token.createdAt = someTime;
    return token;
}

/// A gateway that is connected, with this token.
app::GatewayPtr userOf(int number, const char *token)
{
    domain::Gateway gateway = gatewayOf(number);
    gateway.presence.token = QString::fromLatin1(token);
    return share(gateway);
}

} // namespace

class TestTokensPage final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(installEnglish(m_english)); }
    void init()
    {
        m_clock.stepWall(someTime - m_clock.now());
        m_operations = std::make_unique<FakeOperations>();
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_page = std::make_unique<ui::TokensPage>(*m_workspace);
        m_page->resize(1000, 600);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_table = m_page->findChild<QTableView *>();
        QVERIFY(m_table);
        QGuiApplication::clipboard()->clear();
    }
    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        m_operations.reset();
    }

    void theModelFollows()
    {
        models::TokenModel &model = m_workspace->tokens();
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        models::TokenFilterModel shown;
        shown.setSourceModel(&model);
        const QAbstractItemModelTester shownTester(&shown, QAbstractItemModelTester::FailureReportingMode::QtTest);

        domain::Token brief = tokenOf("brief");
        brief.expiresAt = someTime + 48h;
        brief.approves = true;
        domain::Token own = tokenOf("own");
        own.scope = domain::TokenScope::PerGateway;
        m_workspace->applyFleet(deltaOf(0, 1));
        m_workspace->applyTokens({tokenOf("edge"), brief, own});
        QCOMPARE(rowOf(model, 0), QStringLiteral("edge|Valid|0|never|any gateway|wait for approval|never"));
        QCOMPARE(rowOf(model, 1), QStringLiteral("brief|Valid|0|never|any gateway|approved|in 2 d"));
        QCOMPARE(rowOf(model, 2), QStringLiteral("own|Valid|0|never|the first that uses it|wait for approval|never"));
        QCOMPARE(model.liveCount(), 3);

        domain::Token site = tokenOf("site");
        site.scope = domain::TokenScope::Bootstrap;
        domain::Token issued = tokenOf("site.1");
        issued.scope = domain::TokenScope::PerGateway;
        issued.issuedTo = idOf(0);
        m_workspace->applyTokens({site, issued});
        QCOMPARE(rowOf(model, 0), QStringLiteral("site|Valid|0|never|any, to get its own|wait for approval|never"));
        QCOMPARE(rowOf(model, 1), QStringLiteral("site.1|Valid|0|never|only gw-0|\u2013|never"));

        own.boundTo = idOf(0);
        own.lastUsed = someTime;
        m_clock.stepWall(50h);
        m_workspace->applyTokens({tokenOf("edge"), brief, own});
        QVERIFY(rowOf(model, 1).startsWith(QStringLiteral("brief|Expired|\u2013|")));
        QVERIFY(rowOf(model, 1).endsWith(QStringLiteral("2 h ago")));
        QVERIFY(rowOf(model, 2).contains(QStringLiteral("|only gw-0|")));
        QCOMPARE(model.at(2, TokenColumn::LastUsed).data(models::TimeRole).toLongLong(),
                 someTime.time_since_epoch().count());
        QCOMPARE(shown.rowCount(), 2);
        shown.showEnded(true);
        QCOMPARE(shown.rowCount(), 3);

        domain::Token gone = tokenOf("edge");
        gone.revokedAt = someTime;
        QVERIFY(model.isTaken(QStringLiteral("edge")));
        m_workspace->applyTokens({gone, brief, own});
        QVERIFY(!model.isTaken(QStringLiteral("edge")));
        QVERIFY(model.isTaken(QStringLiteral("brief"))); // expired, and its name is held until it is revoked
        QCOMPARE(model.liveCount(), 1);
        m_workspace->applyTokens({});
        QCOMPARE(model.rowCount(), 0);
    }

    /// Of two tokens of one name, who is connected came with the one that counts.
    void countsWhoIsConnected()
    {
        domain::Token old = tokenOf("edge");
        old.revokedAt = someTime;
        domain::Token fresh = tokenOf("edge");
        fresh.hash = domain::tokenHash("another");
        m_workspace->applyTokens({old, fresh});
        app::FleetDelta delta;
        delta.changed = {userOf(10, "edge"), userOf(2, "edge"), userOf(3, "other")};
        domain::Gateway away = *userOf(4, "edge");
        away.presence.state = domain::PresenceState::Lost;
        delta.changed.push_back(share(away));
        m_workspace->applyFleet(delta);
        m_workspace->applyTokens({old, fresh});
        const models::TokenModel &model = m_workspace->tokens();
        QCOMPARE(model.rows()[1].users, QStringList({QStringLiteral("gw-2"), QStringLiteral("gw-10")}));
        QVERIFY(model.rows()[0].users.isEmpty());
        // It goes on by itself.
        app::FleetDelta gone;
        gone.forgotten = {idOf(2)};
        m_workspace->applyFleet(gone);
        QTRY_COMPARE(model.rows()[1].users, QStringList({QStringLiteral("gw-10")}));
    }

    void saysWhatToDoWhileThereIsNone()
    {
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("No token yet")));
        QVERIFY(!m_table->isVisible());
        domain::Token gone = tokenOf("edge");
        gone.revokedAt = someTime;
        m_workspace->applyTokens({gone});
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("No valid token")));
        auto *ended = m_page->findChild<QCheckBox *>();
        QCOMPARE(ended->text(), QStringLiteral("Show 1 that ended"));
        ended->click();
        QVERIFY(m_table->isVisible());
        m_table->selectRow(0);
        QVERIFY(!buttonOf(*m_page, QStringLiteral("Revoke"))->isEnabled());
    }

    /// Asks while it is looked at: once, until it is answered; a late answer is taken.
    void asksWhenTheyWereUsed()
    {
        QCOMPARE(m_operations->tokensAsked.count(), 1);
        for (int second = 0; second < 6; ++second)
            Q_EMIT m_workspace->second();
        QCOMPARE(m_operations->tokensAsked.count(), 1);
        domain::Token used = tokenOf("edge");
        used.lastUsed = someTime;
        m_operations->tokensAsked.answerLast(std::vector{used});
        QCOMPARE(m_workspace->tokens().rows().front().token, used);
        for (int second = 0; second < 2; ++second)
            Q_EMIT m_workspace->second();
        QCOMPARE(m_operations->tokensAsked.count(), 2);
        m_operations->tokensAsked.answerLast(app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk")));
        QCOMPARE(m_workspace->tokens().rowCount(), 1); // what was known stays
        m_page->hide();
        for (int second = 0; second < 6; ++second)
            Q_EMIT m_workspace->second();
        QCOMPARE(m_operations->tokensAsked.count(), 2);
    }

    void isMadeByKeys()
    {
        m_workspace->applyTokens({tokenOf("edge")});
        m_page->makeNew();
        auto *dialog = qobject_cast<ui::NewTokenDialog *>(dialogOf(*m_page));
        QVERIFY(dialog);
        dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        auto *name = dialog->findChild<QLineEdit *>();
        auto *create = buttonOf(*dialog, QStringLiteral("Create token"));
        QTRY_COMPARE(QApplication::focusWidget(), name);
        QVERIFY(!create->isEnabled());
        QTest::keyClicks(name, QStringLiteral("edge"));
        QVERIFY(labelsOf(*dialog).contains(QStringLiteral("A token is called edge already.")));
        QVERIFY(!create->isEnabled());
        QTest::keyClicks(name, QStringLiteral(" ber"));
        QVERIFY(labelsOf(*dialog).contains(QStringLiteral("A name has letters")));
        name->clear();
        QTest::keyClicks(name, QStringLiteral("ber-1"));
        QVERIFY(create->isEnabled());
        // By Tab through the choices: 30 days, one gateway, approves.
        QTest::keyClick(name, Qt::Key_Tab);
        QWidget *expires = QApplication::focusWidget();
        QCOMPARE(expires->accessibleName(), QStringLiteral("Expires"));
        for (int step = 0; step < 3; ++step)
            QTest::keyClick(expires, Qt::Key_Down);
        QTest::keyClick(expires, Qt::Key_Tab);
        QWidget *whom = QApplication::focusWidget();
        QCOMPARE(whom->accessibleName(), QStringLiteral("For"));
        QTest::keyClick(whom, Qt::Key_Down);
        QTest::keyClick(whom, Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(m_operations->createAsked.count(), 1);
        const app::TokenWish wish = m_operations->tokenWishes.front();
        QCOMPARE(wish.name, QStringLiteral("ber-1"));
        QCOMPARE(*wish.lifetime, domain::milliseconds(24h * 30));
        QCOMPARE(wish.scope, domain::TokenScope::PerGateway);
        QVERIFY(wish.approves);
        // Once: until it is answered there is nothing to press.
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(m_operations->createAsked.count(), 1);
        QVERIFY(labelsOf(*dialog).contains(QStringLiteral("Being made")));
    }

    void aRefusalCanBeMended()
    {
        QPointer<QDialog> dialog = wish("ber-1");
        m_operations->createAsked.answerLast(app::failed(app::FailureCode::Conflict, QStringLiteral("it is taken")));
        QVERIFY(labelsOf(*dialog).contains(QStringLiteral("it is taken")));
        buttonOf(*dialog, QStringLiteral("Create token"))->click();
        QCOMPARE(m_operations->createAsked.count(), 2);
        QVERIFY(!m_operations->tokenWishes.back().lifetime);
        m_operations->createAsked.answerLast(made("ber-1"));
        QTRY_VERIFY(!dialog);
        QVERIFY(textDialog());
    }

    /// The dialog was closed before the answer came: what was made is shown all the same, or why nothing was.
    void aLateAnswerIsNotLost()
    {
        QPointer<QDialog> dialog = wish("ber-1");
        dialog->reject();
        QTRY_VERIFY(!dialog);
        m_operations->createAsked.answerLast(made("ber-1"));
        QVERIFY(textDialog());
        textDialog()->accept();
        QTRY_VERIFY(!textDialog());
        dialog = wish("ber-2");
        dialog->reject();
        QTRY_VERIFY(!dialog);
        m_operations->createAsked.answerLast(app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk full")));
        auto *box = m_page->findChild<QMessageBox *>();
        QVERIFY(box);
        QVERIFY(box->text().contains(QStringLiteral("disk full")));
    }

    void theTextIsShownOnce()
    {
        wish("ber-1");
        m_operations->createAsked.answerLast(made("ber-1"));
        ui::TokenTextDialog *dialog = textDialog();
        QVERIFY(dialog);
        QStringList texts;
        for (const QPlainTextEdit *field : dialog->findChildren<QPlainTextEdit *>()) {
            texts.append(field->toPlainText());
            QVERIFY(!field->accessibleName().isEmpty());
            QVERIFY(field->isReadOnly());
        }
        QCOMPARE(texts, QStringList({secret, ui::supervisorLines(secret)}));
        QVERIFY(labelsOf(*dialog).contains(QStringLiteral("never again")));
        // Nothing else says it: no name or description of a widget, no table, no clipboard, no way back.
        for (QWidget *widget : QApplication::allWidgets()) {
            QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
            for (const auto kind : {QAccessible::Name, QAccessible::Description, QAccessible::Help})
                QVERIFY(!face || !face->text(kind).contains(secret));
            QVERIFY(!widget->toolTip().contains(secret));
            QVERIFY(!widget->windowTitle().contains(secret));
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), QString());
        QCOMPARE(m_workspace->undo().count(), 0);

        // Enter copies, and does not lose it.
        dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(dialog));
        QTRY_COMPARE(QApplication::focusWidget(), buttonOf(*dialog, QStringLiteral("Copy token")));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(dialog->isVisible());
        QCOMPARE(QGuiApplication::clipboard()->text(), secret);
        QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(QStringLiteral("x-kde-passwordManagerHint")),
                 QByteArray("secret"));
        buttonOf(*dialog, QStringLiteral("Copy lines"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("server:\n  headers:\n    Authorization: \"Bearer %1\"").arg(secret));
        // Copied: it closes without a question, and with it goes the text.
        QPointer<QDialog> closed = dialog;
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!closed);
    }

    void closingWithoutACopyIsAsked()
    {
        wish("ber-1");
        m_operations->createAsked.answerLast(made("ber-1"));
        QPointer<ui::TokenTextDialog> dialog = textDialog();
        QVERIFY(dialog);
        buttonOf(*dialog, QStringLiteral("Close"))->click();
        auto *box = dialog->findChild<QMessageBox *>();
        QVERIFY(box);
        QCOMPARE(box->defaultButton(), box->button(QMessageBox::Cancel));
        box->button(QMessageBox::Cancel)->click();
        QVERIFY(dialog->isVisible());
        // By hand it is a copy too.
        auto *field = dialog->findChildren<QPlainTextEdit *>().front();
        field->selectAll();
        field->copy();
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(!dialog);
    }

    void revokingSaysWhoIsCutOff()
    {
        app::FleetDelta delta;
        for (int i = 0; i < 7; ++i)
            delta.changed.push_back(userOf(i, "edge"));
        m_workspace->applyFleet(delta);
        m_workspace->applyTokens({tokenOf("edge"), tokenOf("spare")});
        QAbstractButton *revoke = buttonOf(*m_page, QStringLiteral("Revoke"));
        QVERIFY(!revoke->isEnabled());
        m_table->selectRow(0);
        QVERIFY(revoke->isEnabled());
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_Delete);
        auto *box = m_page->findChild<QMessageBox *>();
        QVERIFY(box);
        QCOMPARE(box->text(), QStringLiteral("Revoke the token edge?"));
        const QString words = box->informativeText();
        QVERIFY2(words.startsWith(QStringLiteral("7 gateways connected with it now are cut off")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("gw-0, gw-1, gw-2, gw-3, gw-4 and 2 more")), qPrintable(words));
        QCOMPARE(box->defaultButton(), box->button(QMessageBox::Cancel));
        box->button(QMessageBox::Cancel)->click();
        QCOMPARE(m_operations->revokeAsked.count(), 0);
        QTRY_VERIFY(!m_page->findChild<QMessageBox *>());

        revoke->click();
        box = m_page->findChild<QMessageBox *>();
        QVERIFY(box);
        buttonOf(*box, QStringLiteral("Revoke"))->click();
        QCOMPARE(m_operations->revokeAsked.lastAbout(), QStringLiteral("edge"));
        QTRY_VERIFY(!m_page->findChild<QMessageBox *>());
        m_operations->revokeAsked.answerLast(app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk full")));
        box = m_page->findChild<QMessageBox *>();
        QVERIFY(box);
        QVERIFY(box->text().contains(QStringLiteral("disk full")));
    }

    void revokingOfEachKind()
    {
        models::TokenRow row;
        row.token = tokenOf("edge");
        QVERIFY(ui::revokingText(row).startsWith(QStringLiteral("No gateway is connected with it now")));
        row.users = {QStringLiteral("lab-1")};
        QVERIFY(ui::revokingText(row).startsWith(
            QStringLiteral("1 gateway connected with it now is cut off and refused from then on: lab-1.")));
        row.state = domain::TokenState::Expired;
        QVERIFY(ui::revokingText(row).contains(QStringLiteral("Its name becomes free")));
    }

    /// One that nobody answers leaves the page as it is, and one answered after the page is gone finds nobody.
    void nobodyAnswers()
    {
        m_workspace->applyTokens({tokenOf("edge")});
        m_table->selectRow(0);
        buttonOf(*m_page, QStringLiteral("Revoke"))->click();
        buttonOf(*m_page->findChild<QMessageBox *>(), QStringLiteral("Revoke"))->click();
        wish("ber-1");
        QCOMPARE(m_table->model()->rowCount(), 1);
        m_page.reset();
        m_operations->revokeAsked.answerLast(tokenOf("edge"));
        m_operations->createAsked.answerLast(made("ber-1"));
        for (const QWidget *left : QApplication::topLevelWidgets())
            QVERIFY(!left->isVisible());
        QCOMPARE(m_workspace->tokens().rowCount(), 1); // the one of before: nobody asked anew
    }

    void standsAmongTheSettings()
    {
        ui::SettingsPage settings(*m_workspace);
        settings.show();
        QVERIFY(QTest::qWaitForWindowExposed(&settings));
        auto *tabs = settings.findChild<QTabWidget *>();
        QCOMPARE(tabs->tabText(1), QStringLiteral("Tokens"));
        settings.makeToken();
        QCOMPARE(tabs->currentIndex(), 1);
        QVERIFY(dialogOf(settings));
    }

private:
    static QString rowOf(const models::TokenModel &model, int row)
    {
        QStringList cells;
        for (int column = 0; column < static_cast<int>(TokenColumn::Created); ++column)
            cells.append(model.index(row, column).data().toString());
        return cells.join(u'|');
    }
    static app::MadeToken made(const char *name) { return {tokenOf(name), secret}; }
    /// Wishes a token of this name; it is asked for then.
    QDialog *wish(const char *name)
    {
        m_page->makeNew();
        auto *dialog = m_page->findChild<ui::NewTokenDialog *>();
        dialog->findChild<QLineEdit *>()->setText(QString::fromLatin1(name));
        buttonOf(*dialog, QStringLiteral("Create token"))->click();
        return dialog;
    }
    ui::TokenTextDialog *textDialog() const { return m_page->findChild<ui::TokenTextDialog *>(); }

    QTranslator m_english;
    ManualClock m_clock;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::TokensPage> m_page;
    QTableView *m_table = nullptr;
};

QTEST_MAIN(TestTokensPage)
#include "tst_tokenspage.moc"
