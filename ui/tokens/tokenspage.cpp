// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tokens/tokenspage.h"

#include "ui/common/theme.h"
#include "ui/tokens/newtokendialog.h"
#include "ui/tokens/tokentextdialog.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/fillcolumn.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"
#include "ui/widgets/pagekey.h"
#include "ui/widgets/tables.h"
#include "ui/workspace.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

namespace flowgate::ui {

using domain::TokenState;
using models::TokenColumn;
using models::TokenRow;

TokensPage::TokensPage(Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(this))
{
    m_shown.setSourceModel(&workspace.tokens());
    m_table = makeTable(&m_shown, tr("Tokens"), workspace, this);
    m_table->setObjectName(QStringLiteral("tokensTable"));
    m_table->horizontalHeader()->setObjectName(QStringLiteral("tokensHeader"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(static_cast<int>(TokenColumn::Name), Qt::AscendingOrder);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    setWidths(m_table, {180, 96, 108, 100, 180, 140, 100, 92});
    fillWith(m_table, static_cast<int>(TokenColumn::Name), 160);
    offerColumns(m_table);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_stack, 1);

    const auto fresh = [this] { showState(); };
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_shown, signal, this, fresh);
    connect(&workspace.tokens(), &QAbstractItemModel::rowsInserted, this, fresh);
    connect(&workspace.tokens(), &QAbstractItemModel::dataChanged, this, fresh);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, fresh);
    connect(m_table, &QTableView::customContextMenuRequested, this, &TokensPage::showMenu);
    connect(m_empty, &EmptyState::activated, this, &TokensPage::makeNew);
    connect(&workspace, &Workspace::second, this, &TokensPage::tick);
    addPageKey(
        *m_table, tr("Revoke the chosen token…"), QKeySequence::Delete, [this] { revoke(); }, Qt::WidgetShortcut);
    showState();
}

QWidget *TokensPage::makeBar()
{
    auto *bar = new QWidget(this);
    auto *what = new PlainLabel(tr("A gateway shows by a token that it belongs here. Addresses that other machines "
                                   "can reach ask for one, unless the program was started with --require-token=no."),
                                TextKind::Quiet, bar);
    what->setWordWrap(true);
    m_count = new PlainLabel(bar, TextKind::Quiet);
    m_ended = new QCheckBox(bar);
    m_revoke = new QPushButton(tr("Revoke…"), bar);
    auto *fresh = new QPushButton(tr("New token…"), bar);
    setLook(fresh, Look::Primary);
    auto *row = new QHBoxLayout;
    row->setSpacing(common::space::small);
    row->addWidget(m_count);
    row->addWidget(m_ended);
    row->addStretch(1);
    row->addWidget(m_revoke);
    row->addWidget(fresh);
    auto *layout = new QVBoxLayout(bar);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    layout->setSpacing(common::space::small);
    layout->addWidget(what);
    layout->addLayout(row);
    connect(m_ended, &QCheckBox::toggled, this, [this](bool shown) {
        m_shown.showEnded(shown);
        showState();
    });
    connect(m_revoke, &QPushButton::clicked, this, &TokensPage::revoke);
    connect(fresh, &QPushButton::clicked, this, &TokensPage::makeNew);
    return bar;
}

void TokensPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

/// When tokens were used is told nowhere else: while they are looked at, it is asked for now and then.
void TokensPage::tick()
{
    constexpr int every = 2; // seconds
    if (isVisible() && ++m_seconds % every == 0)
        refresh();
}

void TokensPage::refresh()
{
    if (std::exchange(m_asked, true))
        return;
    m_workspace.operations().tokens(this, [this](const app::Outcome<std::vector<domain::Token>> &tokens) {
        m_asked = false;
        if (tokens)
            m_workspace.applyTokens(*tokens);
    });
}

void TokensPage::showState()
{
    const models::TokenModel &tokens = m_workspace.tokens();
    const int all = tokens.rowCount();
    const int live = tokens.liveCount();
    m_count->setText(tr("%n valid", nullptr, live));
    m_ended->setText(tr("Show %n that ended", nullptr, all - live));
    m_ended->setVisible(all > live || m_ended->isChecked());
    if (all == 0)
        m_empty->show(tr("No token yet"),
                      tr("Make one, and put its text into the supervisor.yaml of the gateways that are to bring it."),
                      tr("New token…"));
    else
        m_empty->show(tr("No valid token"),
                      tr("All that were made are revoked or expired: nobody gets in with any of them."),
                      tr("New token…"));
    m_stack->setCurrentWidget(m_shown.rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_table);
    const TokenRow *row = chosen();
    m_revoke->setEnabled(row && !row->token.revokedAt);
    m_revoke->setToolTip(!row                   ? tr("Choose a token in the table first.")
                         : row->token.revokedAt ? tr("It is revoked already.")
                                                : QString());
}

const TokenRow *TokensPage::chosen() const
{
    const QModelIndexList rows = chosenIndexes(*m_table);
    return rows.isEmpty() ? nullptr : m_workspace.tokens().rowAt(m_shown.mapToSource(rows.front()));
}

void TokensPage::makeNew()
{
    auto *dialog = new NewTokenDialog(m_workspace.tokens(), this);
    connect(dialog, &NewTokenDialog::wished, this,
            [this, dialog](const app::TokenWish &wish) { create(wish, dialog); });
    dialog->open();
}

/// A token that was made has to be seen, also where its dialog was closed meanwhile.
void TokensPage::create(const app::TokenWish &wish, QWidget *dialog)
{
    m_workspace.operations().createToken(
        this, wish,
        [this, asking = QPointer(qobject_cast<NewTokenDialog *>(dialog))](const app::Outcome<app::MadeToken> &made) {
            if (!made && asking)
                return asking->refuse(made.error());
            if (!made)
                return tell(window(), tr("The token was not made"), made.error());
            if (asking)
                asking->accept();
            refresh();
            (new TokenTextDialog(*made, window()))->open();
        });
}

QString revokingText(const TokenRow &row)
{
    constexpr qsizetype mostNames = 5;
    const QString again = TokensPage::tr("It cannot be taken back: who is to come in again needs another token.");
    if (row.state == TokenState::Expired)
        return TokensPage::tr("It has expired, so nobody gets in with it. Its name becomes free.");
    const qsizetype count = row.users.size();
    if (count == 0)
        return TokensPage::tr("No gateway is connected with it now. Whoever brings it from now on is refused.") + u' ' +
               again;
    QString names = row.users.first(std::min(count, mostNames)).join(QStringLiteral(", "));
    if (count > mostNames)
        names = TokensPage::tr("%1 and %2 more").arg(names).arg(count - mostNames);
    return TokensPage::tr("%n gateway(s) connected with it now are cut off and refused from then on: %1.", nullptr,
                          static_cast<int>(count))
               .arg(names) +
           u' ' + again;
}

void TokensPage::revoke()
{
    const TokenRow *row = chosen();
    if (!row || row->token.revokedAt)
        return;
    const QString name = row->token.name;
    ask(this, {tr("Revoke"), tr("Revoke the token %1?").arg(name), revokingText(*row), tr("Revoke"), true},
        [this, name] {
            m_workspace.operations().revokeToken(this, name, [this](const app::Outcome<domain::Token> &revoked) {
                if (!revoked)
                    tell(window(), tr("The token was not revoked"), revoked.error());
                refresh();
            });
        });
}

void TokensPage::showMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addAction(tr("New token…"), this, &TokensPage::makeNew);
    QAction *end = menu->addAction(tr("Revoke…"), this, &TokensPage::revoke);
    end->setEnabled(m_revoke->isEnabled());
    end->setToolTip(m_revoke->toolTip());
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

} // namespace flowgate::ui
