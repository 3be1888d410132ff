// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tokens/newtokendialog.h"

#include "domain/names.h"
#include "ui/common/errortext.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/common/visibletext.h"
#include "ui/models/tokenmodel.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/look.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>

namespace flowgate::ui {

using domain::TokenScope;
using std::chrono::days;

NewTokenDialog::NewTokenDialog(const models::TokenModel &known, QWidget *parent)
    : QDialog(parent)
    , m_known(known)
    , m_name(new QLineEdit(this))
    , m_expires(new QComboBox(this))
    , m_for(new QComboBox(this))
    , m_approves(new QCheckBox(tr("&Approve new gateways that bring it"), this))
    , m_note(new PlainLabel(this, TextKind::Quiet))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New token"));
    setMinimumWidth(common::scaled(460, font()));
    m_name->setMaxLength(100);
    m_name->setPlaceholderText(tr("Such as the place where it is used"));
    const std::pair<QString, days> lives[] = {{tr("Never, until it is revoked"), days(0)},
                                              {tr("In 1 day"), days(1)},
                                              {tr("In 7 days"), days(7)},
                                              {tr("In 30 days"), days(30)},
                                              {tr("In 90 days"), days(90)},
                                              {tr("In 1 year"), days(365)}};
    for (const auto &[word, length] : lives)
        m_expires->addItem(word, static_cast<int>(length.count()));
    const std::pair<QString, TokenScope> scopes[] = {
        {tr("Any number of gateways"), TokenScope::Shared},
        {tr("One gateway: the first that uses it"), TokenScope::PerGateway},
        {tr("Bootstrap: each gateway gets one of its own"), TokenScope::Bootstrap}};
    for (const auto &[word, scope] : scopes)
        m_for->addItem(word, static_cast<int>(scope));
    auto *approving = new PlainLabel(
        tr("They get the configs of rollouts that cover them, which may hold secrets. Otherwise they wait for you."),
        TextKind::Quiet, this);
    approving->setWordWrap(true);
    m_approves->setAccessibleDescription(approving->text());
    m_note->setWordWrap(true);

    auto *form = new QFormLayout;
    form->setSpacing(common::space::small);
    const auto addRow = [form](const QString &name, QWidget *field) {
        form->addRow(name, field);
        field->setAccessibleName(QString(name).remove(u'&'));
    };
    addRow(tr("&Name"), m_name);
    addRow(tr("&Expires"), m_expires);
    addRow(tr("&For"), m_for);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_create = buttons->addButton(tr("Create token"), QDialogButtonBox::ActionRole);
    setLook(m_create, Look::Primary);
    m_create->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::large, common::space::large, common::space::large, common::space::large);
    layout->setSpacing(common::space::small);
    layout->addLayout(form);
    layout->addSpacing(common::space::tiny);
    layout->addWidget(m_approves);
    layout->addWidget(approving);
    layout->addSpacing(common::space::tiny);
    layout->addWidget(m_note);
    layout->addStretch(1);
    layout->addWidget(buttons);

    connect(m_name, &QLineEdit::textChanged, this, &NewTokenDialog::judge);
    connect(m_create, &QPushButton::clicked, this, &NewTokenDialog::send);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    judge();
    m_name->setFocus();
}

/// Why this cannot be made; empty: it can.
QString NewTokenDialog::objection() const
{
    const QString name = m_name->text();
    if (name.isEmpty())
        return tr("By its name it is found in this list and in the events. Gateways do not learn it.");
    if (!domain::isConfigName(name))
        return tr("A name has letters, digits, '.', '_' and '-'.");
    return m_known.isTaken(name) ? tr("A token is called %1 already.").arg(common::oneLine(name, 60)) : QString();
}

app::TokenWish NewTokenDialog::wish() const
{
    app::TokenWish wish;
    wish.name = m_name->text();
    if (const int length = m_expires->currentData().toInt(); length > 0)
        wish.lifetime = days(length);
    wish.scope = static_cast<TokenScope>(m_for->currentData().toInt());
    wish.approves = m_approves->isChecked();
    return wish;
}

void NewTokenDialog::judge()
{
    const QString objects = objection();
    m_create->setEnabled(objects.isEmpty() && !m_asked);
    ui::setLook(m_note, objects.isEmpty() || m_name->text().isEmpty() ? Look::Quiet : Look::Bad);
    m_note->setText(!objects.isEmpty() ? objects : tr("Its text is shown once, after it was made."));
}

void NewTokenDialog::send()
{
    m_asked = true;
    m_create->setEnabled(false);
    ui::setLook(m_note, Look::Quiet);
    m_note->setText(tr("Being made…"));
    Q_EMIT wished(wish());
}

void NewTokenDialog::refuse(const app::Failure &failure)
{
    m_asked = false;
    judge();
    ui::setLook(m_note, Look::Bad);
    m_note->setText(common::text(failure));
}

} // namespace flowgate::ui
