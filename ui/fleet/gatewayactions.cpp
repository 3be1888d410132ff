// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/gatewayactions.h"

#include "ui/common/errortext.h"
#include "ui/common/visibletext.h"
#include "ui/models/labeledit.h"
#include "ui/notices/mutemenu.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/reversible.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPointer>
#include <QRegularExpression>

namespace flowgate::ui {

namespace {

constexpr domain::milliseconds restartPatience{60'000};

QString nameOf(const app::GatewayPtr &gateway)
{
    return common::oneLine(domain::displayName(*gateway), 100);
}

/// "lab-1", or "3 gateways".
QString named(const Gateways &gateways)
{
    return gateways.size() == 1 ? nameOf(gateways.front())
                                : GatewayActions::tr("%n gateway(s)", nullptr, static_cast<int>(gateways.size()));
}

/// The names in their order, up to some: "lab-1, lab-2 and 40 more".
QString namesOf(const Gateways &gateways)
{
    constexpr size_t most = 15;
    QStringList names;
    for (size_t i = 0; i < gateways.size() && i < most; ++i)
        names.append(nameOf(gateways[i]));
    const QString list = names.join(QStringLiteral(", "));
    return gateways.size() <= most
               ? list
               : GatewayActions::tr("%1 and %n more", nullptr, static_cast<int>(gateways.size() - most)).arg(list);
}

bool isConnected(const app::GatewayPtr &gateway)
{
    return gateway->presence.state == domain::PresenceState::Connected;
}

bool canRestart(const app::GatewayPtr &gateway)
{
    return gateway->capabilities.has(domain::Capability::AcceptsRestartCommand) && isConnected(gateway);
}

} // namespace

QString labelTrouble(const QString &text)
{
    static const QRegularExpression change(QStringLiteral("^[\\w./-]{1,128}(=.*|-)$"),
                                           QRegularExpression::UseUnicodePropertiesOption);
    const QStringList changes = models::labelParts(text);
    if (changes.isEmpty())
        return GatewayActions::tr("env=lab sets a label, env- removes it. Several with spaces between.");
    for (const QString &one : changes) {
        if (!change.match(one).hasMatch())
            return GatewayActions::tr("%1 is neither key=value nor key-").arg(common::oneLine(one, 60));
    }
    return {};
}

GatewayActions::GatewayActions(Workspace &workspace, QWidget *window)
    : QObject(window)
    , m_workspace(workspace)
    , m_window(window)
{
}

std::function<void(const QString &, const QString &)> GatewayActions::collector(const QString &title, int count)
{
    struct Gathered
    {
        int open = 0;
        QStringList failures;
    };
    auto gathered = std::make_shared<Gathered>();
    gathered->open = count;
    return [this, title, gathered](const QString &name, const QString &failure) {
        if (!failure.isEmpty())
            gathered->failures.append(QStringLiteral("%1: %2").arg(name, failure));
        if (--gathered->open > 0 || gathered->failures.isEmpty())
            return;
        const qsizetype more = gathered->failures.size() - 10;
        if (more > 0)
            gathered->failures = gathered->failures.first(10) << tr("… and %1 more").arg(more);
        tell(m_window, title, gathered->failures.join(u'\n'));
    };
}

void GatewayActions::label(const Gateways &gateways)
{
    if (gateways.empty())
        return;
    TextQuestion question;
    question.title = tr("Label");
    question.text = tr("Labels of %1").arg(named(gateways));
    question.verb = tr("Change");
    question.hint = QStringLiteral("env=lab site=ber old-");
    question.wrong = labelTrouble;
    askText(m_window, question, [this, gateways](const QString &text) { change(gateways, models::labelParts(text)); });
}

void GatewayActions::editLabels(const app::GatewayPtr &gateway, const QString &text)
{
    const QStringList changes = models::labelChanges(gateway->labels, text);
    if (changes.isEmpty())
        return;
    const QString trouble = labelTrouble(changes.join(u' '));
    if (!trouble.isEmpty())
        return tell(m_window, tr("Labels were not changed"), trouble);
    change({gateway}, changes);
}

void GatewayActions::change(const Gateways &gateways, const QStringList &changes)
{
    LabelEdits edits;
    LabelEdits back;
    for (const app::GatewayPtr &chosen : gateways) {
        // As it is now: the question may have stood open for a while.
        const app::GatewayPtr now = m_workspace.fleet().find(chosen->id);
        const app::GatewayPtr &gateway = now ? now : chosen;
        edits.push_back({gateway->id, nameOf(gateway), changes});
        back.push_back({gateway->id, nameOf(gateway), models::inverseOf(changes, gateway->labels)});
    }
    std::erase_if(back, [](const LabelEdit &edit) { return edit.changes.isEmpty(); });
    m_workspace.undo().push(
        new Reversible<LabelEdits>(tr("label %1 on %2").arg(common::oneLine(changes.join(u' '), 60), named(gateways)),
                                   std::move(edits), std::move(back), [self = QPointer(this)](const LabelEdits &list) {
                                       if (self)
                                           self->apply(list);
                                   }));
}

void GatewayActions::apply(const LabelEdits &edits)
{
    const auto note = collector(tr("Labels were not changed"), static_cast<int>(edits.size()));
    for (const LabelEdit &edit : edits) {
        m_workspace.operations().label(this, edit.id, edit.changes,
                                       [note, name = edit.name](const app::Outcome<app::Nothing> &outcome) {
                                           note(name, outcome ? QString() : common::text(outcome.error()));
                                       });
    }
}

void GatewayActions::restart(const Gateways &gateways)
{
    Gateways able;
    std::ranges::copy_if(gateways, std::back_inserter(able), canRestart);
    if (able.empty())
        return;
    ask(m_window,
        {tr("Restart"), tr("Restart the collector of %1?").arg(named(able)),
         tr("It takes no data until it is up again. Done means: it reported another start time."), tr("Restart"),
         false},
        [this, able] {
            const auto note = collector(tr("Restart"), static_cast<int>(able.size()));
            for (const app::GatewayPtr &gateway : able) {
                m_workspace.operations().restart(
                    this, gateway->id, restartPatience,
                    [note, name = nameOf(gateway)](const app::Outcome<app::Nothing> &outcome) {
                        note(name, outcome ? QString() : common::text(outcome.error()));
                    });
            }
        });
}

void GatewayActions::forget(const Gateways &gateways)
{
    if (gateways.empty())
        return;
    QStringList consequences;
    if (gateways.size() > 1)
        consequences.append(namesOf(gateways));
    consequences.append(tr("Labels, wanted config and history are deleted."));
    const auto connected = std::ranges::count_if(gateways, isConnected);
    if (connected > 0 && gateways.size() > 1)
        consequences.append(tr("Connected among them: %1. These come back as new gateways, without labels, wanted "
                               "config and history.")
                                .arg(connected));
    else
        consequences.append(tr("A gateway that still runs comes back as a new one, without them."));
    ask(m_window, {tr("Forget"), tr("Forget %1?").arg(named(gateways)), consequences.join(u'\n'), tr("Forget"), true},
        [this, gateways] {
            QList<domain::GatewayId> ids;
            for (const app::GatewayPtr &gateway : gateways)
                ids.append(gateway->id);
            m_workspace.operations().forget(this, ids,
                                            [note = collector(tr("Not forgotten"), 1),
                                             name = named(gateways)](const app::Outcome<app::Nothing> &outcome) {
                                                note(name, outcome ? QString() : common::text(outcome.error()));
                                            });
        });
}

void GatewayActions::copyIds(const Gateways &gateways)
{
    QStringList ids;
    for (const app::GatewayPtr &gateway : gateways)
        ids.append(domain::uuidText(gateway->id));
    QGuiApplication::clipboard()->setText(ids.join(u'\n'));
}

void GatewayActions::admit(const Gateways &gateways, domain::Admission admission)
{
    const auto go = [this, gateways, admission] {
        const auto note = collector(tr("Not changed"), static_cast<int>(gateways.size()));
        for (const app::GatewayPtr &gateway : gateways) {
            m_workspace.operations().admit(this, gateway->id, admission,
                                           [note, name = nameOf(gateway)](const app::Outcome<app::Nothing> &outcome) {
                                               note(name, outcome ? QString() : common::text(outcome.error()));
                                           });
        }
    };
    if (admission == domain::Admission::Approved)
        ask(m_window,
            {tr("Approve"), tr("Approve %1?").arg(named(gateways)),
             tr("It gets the configs of rollouts that cover it, which may hold secrets."), tr("Approve"), false},
            go);
    else
        ask(m_window,
            {tr("Reject"), tr("Reject %1?").arg(named(gateways)),
             tr("It gets nothing more, and is turned away whenever it comes."), tr("Reject"), true},
            go);
}

void GatewayActions::link(const app::GatewayPtr &gone, const app::GatewayPtr &gateway)
{
    if (!gone || !gateway)
        return;
    const auto go = [this, gone, gateway] {
        m_workspace.operations().link(
            this, gone->id, gateway->id,
            [note = collector(tr("Not linked"), 1), name = nameOf(gateway)](const app::Outcome<app::Nothing> &outcome) {
                note(name, outcome ? QString() : common::text(outcome.error()));
            });
    };
    ask(m_window,
        {tr("Link"), tr("Is %1 the gateway that was %2?").arg(named({gateway}), domain::uuidText(gone->id)),
         tr("Both histories become one, with the labels and the wanted config of the one that is gone, which is sent "
            "if it differs. This cannot be taken back."),
         tr("Link"), false},
        go);
}

/// Those of them to whom it would change anything.
void GatewayActions::fillAdmission(QMenu &menu, const Gateways &gateways)
{
    const auto add = [&](const QString &text, domain::Admission admission, const QString &why) {
        Gateways other;
        std::ranges::copy_if(gateways, std::back_inserter(other),
                             [admission](const app::GatewayPtr &gateway) { return gateway->admission != admission; });
        QAction *action = menu.addAction(text, this, [this, other, admission] { admit(other, admission); });
        action->setEnabled(!other.empty());
        action->setToolTip(other.empty() ? why : QString());
    };
    add(tr("Approve…"), domain::Admission::Approved, tr("It is approved already."));
    add(tr("Reject…"), domain::Admission::Rejected, tr("It is rejected already."));
}

void GatewayActions::fill(QMenu &menu, const Gateways &gateways)
{
    menu.setToolTipsVisible(true);
    menu.addAction(tr("Label…"), this, [this, gateways] { label(gateways); });
    QAction *again = menu.addAction(tr("Restart collector…"), this, [this, gateways] { restart(gateways); });
    if (std::ranges::none_of(gateways, canRestart)) {
        again->setEnabled(false);
        again->setToolTip(tr("It is not connected, or does not announce AcceptsRestartCommand."));
    }
    menu.addAction(lineIcon(QStringLiteral("copy")), gateways.size() > 1 ? tr("Copy ids") : tr("Copy id"), this,
                   [this, gateways] { copyIds(gateways); });
    std::vector<domain::GatewayId> ids;
    for (const app::GatewayPtr &gateway : gateways)
        ids.push_back(gateway->id);
    fillMuteMenu(*menu.addMenu(lineIcon(QStringLiteral("bell")), tr("Notices")), m_workspace, ids);
    menu.addSeparator();
    fillAdmission(menu, gateways);
    menu.addSeparator();
    const auto count = static_cast<int>(gateways.size());
    menu.addAction(count > 1 ? tr("Forget %n gateways…", nullptr, count) : tr("Forget…"), this,
                   [this, gateways] { forget(gateways); });
}

} // namespace flowgate::ui
