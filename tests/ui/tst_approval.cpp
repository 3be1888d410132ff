// SPDX-License-Identifier: GPL-3.0-or-later
// Gateways of which a person has to say who they are: those that wait for approval, and those that may be one that is
// gone.
#include "tests/support/manualclock.h"
#include "tests/support/patience.h"
#include "tests/ui/fakeoperations.h"
#include "tests/ui/fakes.h"
#include "tests/ui/widgethelp.h"
#include "ui/fleet/admissioncard.h"
#include "ui/fleet/approvalbar.h"
#include "ui/fleet/fleetpage.h"
#include "ui/fleet/ghostcard.h"
#include "ui/workspace.h"

#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace flowgate;
using namespace flowgate::tests;
using domain::Admission;
using models::FleetPart;

namespace {

domain::Gateway waiting(int number)
{
    domain::Gateway gateway = gatewayOf(number);
    gateway.admission = Admission::Pending;
    gateway.firstSeen = someTime;
    gateway.presence.peer = QStringLiteral("192.0.2.7:51234");
    gateway.presence.token = QStringLiteral("edge");
    domain::AgentDescription says;
    says.identifying = {{QStringLiteral("service.name"), {QStringLiteral("otelcol-contrib")}},
                        {QStringLiteral("service.version"), {QStringLiteral("0.149.0")}}};
    says.nonIdentifying = {{QStringLiteral("host.name"), {QStringLiteral("lab-1")}},
                           {QStringLiteral("os.type"), {QStringLiteral("linux")}}};
    gateway.description = domain::Observed<domain::AgentDescription>{says, someTime, false};
    return gateway;
}

} // namespace

class TestApproval final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(installEnglish(m_english)); }
    void init()
    {
        m_operations = std::make_unique<FakeOperations>();
        m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
        m_page = std::make_unique<ui::FleetPage>(*m_workspace, QStringList());
        m_page->resize(1200, 800);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_table = m_page->findChild<QTableView *>(QStringLiteral("fleetTable"));
        m_bar = m_page->findChild<ui::ApprovalBar *>();
        m_card = m_page->findChild<ui::AdmissionCard *>();
        QVERIFY(m_table && m_bar && m_card);
    }
    void cleanup()
    {
        m_page.reset();
        m_workspace.reset();
        m_operations.reset();
    }

    void theBarLeadsToThem()
    {
        m_workspace->applyFleet(deltaOf(0, 5));
        QTRY_COMPARE(m_table->model()->rowCount(), 5);
        QVERIFY(!m_bar->isVisible());
        apply({waiting(1)});
        QTRY_VERIFY(m_bar->isVisible());
        QVERIFY(labelsOf(*m_bar).contains(QStringLiteral("1 gateway waits for approval")));
        apply({waiting(2), waiting(7)});
        QTRY_VERIFY(labelsOf(*m_bar).contains(QStringLiteral("3 gateways wait for approval")));

        // Whatever hides them is taken away.
        m_page->setFilter(QStringLiteral("nothing"));
        auto *button = m_bar->findChild<QPushButton *>();
        QCOMPARE(button->accessibleName(), QStringLiteral("Show the gateways that wait for approval"));
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        QCOMPARE(m_page->part(), FleetPart::ToApprove);
        QCOMPARE(m_table->model()->rowCount(), 3);
        QVERIFY(m_table->hasFocus());
        QVERIFY(!m_bar->isVisible());
        m_page->showAll();
        QVERIFY(m_bar->isVisible());
        apply({gatewayOf(1), gatewayOf(2), gatewayOf(7)});
        QTRY_VERIFY(!m_bar->isVisible());
    }

    void theCardTellsWhatItIs()
    {
        choose(waiting(1));
        QVERIFY(m_card->isVisible());
        const QString words = labelsOf(*m_card);
        for (const char *part :
             {"Waits for approval", "192.0.2.7:51234", "edge", "otelcol-contrib 0.149.0 on lab-1, linux"})
            QVERIFY2(words.contains(QLatin1String(part)), qPrintable(words));
        QVERIFY(buttonOf(*m_card, QStringLiteral("Approve")));
        QVERIFY(buttonOf(*m_card, QStringLiteral("Reject")));
    }

    /// It says nothing that nobody looked at.
    void theCardClaimsNothing()
    {
        domain::Gateway bare = waiting(1);
        bare.presence.token.clear();
        bare.description.reset();
        choose(bare);
        QString words = labelsOf(*m_card);
        QVERIFY2(words.contains(QStringLiteral("none of yours")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("not reported")), qPrintable(words));
        // Since the start it did not come: which token it has is not known.
        bare.presence.state = domain::PresenceState::NotObserved;
        apply({bare});
        words = labelsOf(*m_card);
        QVERIFY2(!words.contains(QStringLiteral("Token")), qPrintable(words));
        QVERIFY2(words.contains(QStringLiteral("192.0.2.7:51234, not connected now")), qPrintable(words));
    }

    void isApprovedFromTheCard()
    {
        choose(waiting(1));
        press("Approve");
        QMessageBox *box = question();
        QVERIFY(box);
        QCOMPARE(box->text(), QStringLiteral("Approve gw-1?"));
        box->button(QMessageBox::Cancel)->click();
        QCOMPARE(m_operations->admitAsked.count(), 0);
        QTRY_VERIFY(!question());
        press("Approve");
        buttonOf(*question(), QStringLiteral("Approve"))->click();
        QCOMPARE(m_operations->admitAsked.lastAbout(), QStringLiteral("approved"));
        QTRY_VERIFY(!question());
        // Sent is not done: until the gateway is told anew it waits.
        QVERIFY(m_card->isVisible());
        m_operations->admitAsked.answerLast(app::Nothing{});
        QVERIFY(m_card->isVisible());
        domain::Gateway approved = gatewayOf(1);
        approved.admitted = domain::AdmissionGround{domain::AdmittedBy::Operator, {}, someTime};
        apply({approved});
        QVERIFY(!m_card->isVisible());
        QVERIFY(labelsOf(*m_page).contains(QStringLiteral("by hand")));
    }

    void rejectingAndItsFailure()
    {
        choose(waiting(1));
        press("Reject");
        QMessageBox *box = question();
        QVERIFY(box);
        QCOMPARE(box->defaultButton(), box->button(QMessageBox::Cancel));
        buttonOf(*box, QStringLiteral("Reject"))->click();
        QCOMPARE(m_operations->admitAsked.lastAbout(), QStringLiteral("rejected"));
        QTRY_VERIFY(!question());
        m_operations->admitAsked.answerLast(app::failed(app::FailureCode::StoreFailed, QStringLiteral("disk full")));
        QVERIFY(question());
        QVERIFY(question()->text().contains(QStringLiteral("disk full")));
        question()->accept();
        QTRY_VERIFY(!question());

        domain::Gateway rejected = waiting(1);
        rejected.admission = Admission::Rejected;
        rejected.admitted = domain::AdmissionGround{domain::AdmittedBy::Operator, {}, someTime};
        apply({rejected});
        QVERIFY(labelsOf(*m_card).contains(QStringLiteral("Rejected just now")));
        QVERIFY(buttonOf(*m_card, QStringLiteral("Approve")));
        QVERIFY(!buttonOf(*m_card, QStringLiteral("Reject")));
    }

    void saysWhatItWasAdmittedBy_data()
    {
        QTest::addColumn<int>("by");
        QTest::addColumn<QString>("expected");
        const auto row = [](domain::AdmittedBy by, const char *expected) {
            QTest::addRow("%s", expected) << static_cast<int>(by) << QString::fromLatin1(expected);
        };
        row(domain::AdmittedBy::SameUser, "by itself: same user on this computer");
        row(domain::AdmittedBy::Loopback, "by itself: it came in by a loopback address");
        row(domain::AdmittedBy::Token, "by itself: its token edge approves");
        row(domain::AdmittedBy::Setting, "by itself: the setting approves all");
        row(domain::AdmittedBy::Operator, "by hand");
    }
    void saysWhatItWasAdmittedBy()
    {
        QFETCH(int, by);
        QFETCH(QString, expected);
        domain::Gateway gateway = gatewayOf(1);
        choose(gateway);
        QVERIFY(!labelsOf(*m_page).contains(QStringLiteral("Approved"))); // it was not written down
        gateway.admitted =
            domain::AdmissionGround{static_cast<domain::AdmittedBy>(by), QStringLiteral("edge"), someTime};
        apply({gateway});
        QVERIFY2(labelsOf(*m_page).contains(expected), qPrintable(labelsOf(*m_page)));
    }

    void aGhostIsLinked()
    {
        domain::Gateway gone = waiting(1);
        gone.admission = Admission::Approved;
        gone.presence.state = domain::PresenceState::Lost;
        gone.presence.lastSeen = someTime - domain::milliseconds(60'000);
        domain::Gateway now = waiting(2);
        now.admission = Admission::Approved;
        auto *card = m_page->findChild<ui::GhostCard *>();
        QVERIFY(card);
        apply({gatewayOf(3), gone});
        choose(now);
        QVERIFY(card->isVisible());
        QVERIFY2(labelsOf(*card).contains(QStringLiteral("had the same host and service")),
                 qPrintable(labelsOf(*card)));
        buttonOf(*card, QStringLiteral("Link"))->click();
        QMessageBox *box = question();
        QVERIFY(box);
        QVERIFY(box->text().contains(domain::uuidText(gone.id)));
        buttonOf(*box, QStringLiteral("Link"))->click();
        QCOMPARE(m_operations->linkAsked.lastAbout(), gone.id.hex() + u' ' + now.id.hex());
        QTRY_VERIFY(!question());
        QVERIFY(card->isVisible()); // asked is not done
        m_operations->linkAsked.answerLast(app::failed(app::FailureCode::WrongState, QStringLiteral("it is here")));
        QVERIFY(question());
        QVERIFY(question()->text().contains(QStringLiteral("it is here")));
        question()->accept();
        QTRY_VERIFY(!question());

        buttonOf(*card, QStringLiteral("They are two"))->click();
        QVERIFY(!card->isVisible());
        apply({now});
        QVERIFY(!card->isVisible());
        // The one that is back was never gone.
        choose(gatewayOf(3));
        QVERIFY(!card->isVisible());
    }

private:
    void apply(std::vector<domain::Gateway> gateways)
    {
        app::FleetDelta delta;
        for (domain::Gateway &gateway : gateways)
            delta.changed.push_back(share(std::move(gateway)));
        m_workspace->applyFleet(delta);
    }
    void choose(const domain::Gateway &gateway)
    {
        apply({gateway});
        m_page->choose(gateway.id);
    }
    void press(const char *button)
    {
        QAbstractButton *found = buttonOf(*m_card, QString::fromLatin1(button));
        QVERIFY(found);
        found->setFocus();
        QTest::keyClick(found, Qt::Key_Space);
    }
    QMessageBox *question() const { return m_page->findChild<QMessageBox *>(); }

    QTranslator m_english;
    ManualClock m_clock;
    std::unique_ptr<FakeOperations> m_operations;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<ui::FleetPage> m_page;
    QTableView *m_table = nullptr;
    ui::ApprovalBar *m_bar = nullptr;
    ui::AdmissionCard *m_card = nullptr;
};

QTEST_MAIN(TestApproval)
#include "tst_approval.moc"
