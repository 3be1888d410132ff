// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/asking.h"

#include "ui/common/errortext.h"
#include "ui/common/theme.h"
#include "ui/widgets/look.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace flowgate::ui {

namespace {

struct Asking
{
    Q_DECLARE_TR_FUNCTIONS(flowgate::Asking)
};

QMessageBox *plainBox(QWidget *parent, const QString &title, const QString &text)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(title);
    box->setTextFormat(Qt::PlainText); // names come from gateways
    box->setText(text);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return box;
}

} // namespace

void ask(QWidget *parent, const Question &question, std::function<void()> yes, std::function<void()> other)
{
    QMessageBox *box = plainBox(parent, question.title, question.text);
    // The informative text has no format of its own: it takes the box's.
    box->setInformativeText(question.consequence);
    QPushButton *verb = box->addButton(question.verb, QMessageBox::AcceptRole);
    setLook(verb, question.destructive ? Look::Danger : Look::Primary);
    if (!question.other.isEmpty()) {
        QPushButton *second = box->addButton(question.other, QMessageBox::AcceptRole);
        QObject::connect(second, &QPushButton::clicked, parent, [other = std::move(other)] { other(); });
    }
    QPushButton *cancel = box->addButton(QMessageBox::Cancel);
    box->setDefaultButton(question.destructive ? cancel : verb);
    QObject::connect(verb, &QPushButton::clicked, parent, [yes = std::move(yes)] { yes(); });
    box->open();
}

void askText(QWidget *parent, const TextQuestion &question, std::function<void(const QString &)> then)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(question.title);
    dialog->setMinimumWidth(420);
    auto *label = new QLabel(question.text, dialog);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    auto *field = new QLineEdit(question.value, dialog);
    field->setPlaceholderText(question.hint);
    field->setAccessibleName(question.text);
    field->setMaxLength(2000);
    label->setBuddy(field);
    auto *why = new QLabel(dialog);
    why->setTextFormat(Qt::PlainText);
    why->setWordWrap(true);
    setLook(why, Look::Quiet);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, dialog);
    QPushButton *verb = buttons->addButton(question.verb, QDialogButtonBox::AcceptRole);
    setLook(verb, Look::Primary);
    verb->setDefault(true);
    auto *layout = new QVBoxLayout(dialog);
    layout->setSpacing(common::space::small);
    for (QWidget *widget : std::initializer_list<QWidget *>{label, field, why, buttons})
        layout->addWidget(widget);

    const auto judge = [field, why, verb, wrong = question.wrong] {
        const QString text = wrong(field->text());
        why->setText(text);
        verb->setEnabled(text.isEmpty());
    };
    QObject::connect(field, &QLineEdit::textChanged, dialog, judge);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(dialog, &QDialog::accepted, parent, [field, then = std::move(then)] { then(field->text()); });
    judge();
    dialog->open();
}

void tell(QWidget *parent, const QString &title, const app::Failure &failure)
{
    tell(parent, title, common::text(failure));
}

void tell(QWidget *parent, const QString &title, const QString &text)
{
    QMessageBox *box = plainBox(parent, title, text);
    box->setIcon(QMessageBox::Warning);
    box->addButton(QMessageBox::Ok);
    box->open();
}

} // namespace flowgate::ui
