// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tokens/tokentextdialog.h"

#include "ui/common/metrics.h"
#include "ui/common/relativetime.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace flowgate::ui {

namespace {

/// Managers of the clipboard that know this hint do not keep what was copied.
void copySecret(const QString &text)
{
    auto *data = new QMimeData;
    data->setText(text);
    data->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
    QGuiApplication::clipboard()->setMimeData(data);
}

QString whoseItIs(domain::TokenScope scope)
{
    switch (scope) {
    case domain::TokenScope::Shared:
        break;
    case domain::TokenScope::PerGateway:
        return TokenTextDialog::tr("For one gateway: the first that uses it.");
    case domain::TokenScope::Bootstrap:
        return TokenTextDialog::tr("For any number of gateways. Each is given a token of its own, and nothing else "
                                   "until it comes with that.");
    }
    return TokenTextDialog::tr("For any number of gateways.");
}

QString whatItDoes(const domain::Token &token)
{
    return QStringList{whoseItIs(token.scope),
                       token.approves ? TokenTextDialog::tr("New gateways that bring it are approved.")
                                      : TokenTextDialog::tr("New gateways that bring it wait for approval."),
                       token.expiresAt ? TokenTextDialog::tr("It expires: %1.").arg(common::exactTime(*token.expiresAt))
                                       : TokenTextDialog::tr("It does not expire.")}
        .join(u' ');
}

} // namespace

QString supervisorLines(const QString &tokenText)
{
    return QStringLiteral("server:\n  headers:\n    Authorization: \"Bearer %1\"").arg(tokenText);
}

TokenTextDialog::TokenTextDialog(const app::MadeToken &made, QWidget *parent)
    : QDialog(parent)
    , m_told(new PlainLabel(this, TextKind::Quiet))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New token"));
    auto *head =
        new PlainLabel(tr("Token %1 was made").arg(common::oneLine(made.token.name, 100)), TextKind::Title, this);
    auto *does = new PlainLabel(whatItDoes(made.token), TextKind::Quiet, this);
    does->setWordWrap(true);
    auto *warning = new QFrame(this);
    setLook(warning, Look::AttentionCard);
    auto *words = new PlainLabel(tr("Its text is shown here and never again. Copy it now, to where only those see it "
                                    "who may: whoever has it gets in."),
                                 TextKind::Normal, warning);
    words->setWordWrap(true);
    auto *warningLayout = new QVBoxLayout(warning);
    warningLayout->addWidget(words);
    const QString lines = supervisorLines(made.text);
    auto *where = new PlainLabel(tr("In the gateway's supervisor.yaml, beside the endpoint in the section server:"),
                                 TextKind::Normal, this);
    where->setWordWrap(true);
    QPushButton *copyText = makeCopy(tr("Copy token"), made.text, tr("The token is on the clipboard."));
    setLook(copyText, Look::Primary);
    copyText->setDefault(true); // Enter must not lose the text
    auto *close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_told, 1);
    foot->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::large, common::space::large, common::space::large, common::space::large);
    layout->setSpacing(common::space::small);
    for (QWidget *widget : std::initializer_list<QWidget *>{head, does, warning})
        layout->addWidget(widget);
    auto *grid = new QGridLayout; // fields as wide as each other, and buttons too
    grid->setSpacing(common::space::small);
    grid->addWidget(makeField(made.text, tr("Text of the token"), 1), 0, 0);
    grid->addWidget(copyText, 0, 1, Qt::AlignTop);
    grid->addWidget(where, 1, 0, 1, 2);
    grid->addWidget(makeField(lines, tr("Lines for supervisor.yaml"), 3), 2, 0);
    grid->addWidget(makeCopy(tr("Copy lines"), lines, tr("The lines are on the clipboard.")), 2, 1, Qt::AlignTop);
    layout->addLayout(grid);
    layout->addStretch(1);
    layout->addLayout(foot);
    connect(close, &QPushButton::clicked, this, &TokenTextDialog::reject);
    // In whatever way: by a button, or chosen and copied by hand.
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this,
            [this, text = made.text] { m_copied = m_copied || QGuiApplication::clipboard()->text().contains(text); });
    copyText->setFocus();
}

QWidget *TokenTextDialog::makeField(const QString &text, const QString &name, int lines)
{
    auto *field = new QPlainTextEdit(this);
    field->setFont(common::codeFont(font()));
    field->setUndoRedoEnabled(false);
    field->setReadOnly(true);
    field->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    field->setTabChangesFocus(true);
    field->setLineWrapMode(QPlainTextEdit::NoWrap);
    field->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    field->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    field->setPlainText(text);
    field->setAccessibleName(name);
    const QFontMetrics metrics(field->font());
    int widest = 0;
    for (const QString &line : text.split(u'\n'))
        widest = std::max(widest, metrics.horizontalAdvance(line));
    // The border and the room inside of it are the style sheet's.
    constexpr int beside = 2 * (common::space::small + 1);
    constexpr int above = 2 * 6;
    const int margins = 2 * static_cast<int>(field->document()->documentMargin());
    field->setMinimumWidth(widest + margins + beside + metrics.averageCharWidth());
    field->setFixedHeight(lines * metrics.lineSpacing() + margins + above);
    return field;
}

QPushButton *TokenTextDialog::makeCopy(const QString &verb, const QString &text, const QString &done)
{
    auto *button = new QPushButton(verb, this);
    connect(button, &QPushButton::clicked, this, [this, text, done] {
        copySecret(text);
        m_copied = true;
        m_told->setText(done);
    });
    return button;
}

void TokenTextDialog::reject()
{
    if (m_copied)
        return QDialog::reject();
    ask(this,
        {tr("New token"), tr("Close without a copy of the token?"),
         tr("Its text cannot be shown again. A token that nobody has is of no use: revoke it, and make another."),
         tr("Close"), true},
        [this] { QDialog::reject(); });
}

} // namespace flowgate::ui
