// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/shots/admissionshots.h"

#include "ui/fleet/approvalbar.h"
#include "ui/fleet/fleetpage.h"
#include "ui/tokens/tokentextdialog.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryFile>
#include <QTest>

#include <cstdio>

namespace flowgate::shots {

namespace {

constexpr int fleetPage = 0;
constexpr int settingsPage = 5;
constexpr int patience = 60'000;

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

app::TokenWish named(const char *name, std::optional<domain::milliseconds> lifetime = {})
{
    app::TokenWish wish;
    wish.name = text(name);
    wish.lifetime = lifetime;
    return wish;
}

} // namespace

AdmissionShots::~AdmissionShots()
{
    if (m_waiting.state() == QProcess::NotRunning)
        return;
    m_waiting.terminate();
    m_waiting.waitForFinished(5000);
}

/// @return its text; empty: it was not made
QString AdmissionShots::makeToken(const app::TokenWish &wish)
{
    std::optional<QString> made;
    m_stage.operations().createToken(&m_stage.window(), wish, [&made](const app::Outcome<app::MadeToken> &outcome) {
        made = outcome ? outcome->text : QString();
    });
    const bool answered = QTest::qWaitFor([&made] { return made.has_value(); }, patience);
    return answered ? *made : QString();
}

QString AdmissionShots::prepare(int waiting)
{
    using namespace std::chrono_literals;
    app::TokenWish site = named("edge-ams");
    site.approves = true;
    app::TokenWish image = named("image", 24h * 30);
    image.scope = domain::TokenScope::Bootstrap;
    app::TokenWish own = named("lab-1");
    own.scope = domain::TokenScope::PerGateway;
    const QString edge = makeToken(named("edge", 24h * 90));
    bool made = !edge.isEmpty();
    for (const app::TokenWish &wish : {site, own, image, named("edge-ber", 24h * 30), named("summer-2025")})
        made = !makeToken(wish).isEmpty() && made;
    if (!made)
        return text("no tokens");
    bool isDone = false;
    m_stage.operations().revokeToken(&m_stage.window(), text("summer-2025"),
                                     [&isDone](const auto &) { isDone = true; });
    bool isSet = false;
    m_stage.operations().setSetting(&m_stage.window(), text("admission.automatic"), text("token"),
                                    [&isSet](const auto &) { isSet = true; });
    if (!QTest::qWaitFor([&] { return isDone && isSet; }, patience))
        return text("no setting");
    if (waiting == 0)
        return {};
    QTemporaryFile token; // read at the start of the program, which the wait below is behind
    if (!token.open() || token.write(edge.toUtf8()) < 0 || !token.flush())
        return text("no file for the token");
    m_waiting.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_waiting.start(text(FLOWGATE_FLEETSIM),
                    {text("--endpoint"), m_stage.endpoint(), text("--count"), QString::number(waiting), text("--seed"),
                     text("99"), text("--token-file"), token.fileName()});
    const auto *bar = m_stage.window().findChild<ui::ApprovalBar *>();
    m_stage.showPage(fleetPage);
    return QTest::qWaitFor([bar] { return bar->isVisible(); }, patience) ? QString() : text("nobody waits");
}

void AdmissionShots::showTokens(bool shown)
{
    m_stage.showPage(settingsPage);
    m_stage.window().findChild<QTabWidget *>(text("settingsTabs"))->setCurrentIndex(shown ? 1 : 0);
    QTest::qWait(200);
}

void AdmissionShots::takeEmpty(const Keep &keep)
{
    showTokens(true);
    keep(m_stage.picture(), text("tokens-none"));
    showTokens(false); // others take pictures of the page too
}

void AdmissionShots::take(const Keep &keep, bool withGateways)
{
    showTokens(true);
    auto *table = m_stage.window().findChild<QTableView *>(text("tokensTable"));
    table->selectRow(0);
    QTest::qWait(100);
    keep(m_stage.picture(), text("tokens"));
    for (QCheckBox *box : table->window()->findChildren<QCheckBox *>()) {
        if (!box->text().startsWith(text("Show")))
            continue;
        box->setChecked(true);
        keep(m_stage.picture(), text("tokens-ended"));
        box->setChecked(false);
    }
    if (QWidget *question = m_stage.openDialog(QStringLiteral("Revoke…"))) {
        keep(m_stage.picture(question), text("revoke-dialog"));
        question->close();
        QTest::qWait(50);
    }
    if (QWidget *dialog = m_stage.openDialog(text("New token"))) {
        dialog->findChild<QLineEdit *>()->setText(text("edge-muc"));
        QTest::qWait(50);
        keep(m_stage.picture(dialog), text("new-token-dialog"));
        dialog->close();
        QTest::qWait(50);
    }
    // No real text in a picture.
    domain::Token token;
    token.name = text("edge-muc");
    auto *shown = new ui::TokenTextDialog({token, text("fgt_this-is-no-token-but-it-is-as-long-as-one-is-000")},
                                          &m_stage.window());
    shown->open();
    QTest::qWait(100);
    keep(m_stage.picture(shown), text("token-dialog"));
    shown->accept();
    QTest::qWait(50);
    if (!withGateways)
        return;
    m_stage.showPage(fleetPage);
    auto *fleet = m_stage.window().findChild<ui::FleetPage *>();
    fleet->choosePart(models::FleetPart::ToApprove);
    m_stage.chooseGateways(1);
    QTest::qWait(400); // wrapped lines find their height
    keep(m_stage.picture(), text("fleet-to-approve"));
    fleet->choosePart(models::FleetPart::All);
    QTest::qWait(100);
    keep(m_stage.picture(), text("fleet-approval"));
}

} // namespace flowgate::shots
