// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/commandpalette.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/palette/commanddelegate.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/labels.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QTimer>
#include <QVBoxLayout>

namespace flowgate::ui {

CommandPalette::CommandPalette(std::vector<models::Command> commands, QWidget *parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint)
    , m_field(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_foot(new PlainLabel(this, TextKind::Quiet))
{
    setObjectName(QStringLiteral("palette"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Find anything"));
    m_field->setPlaceholderText(tr("An action, a page, a config, a gateway"));
    m_field->setAccessibleName(tr("Find anything"));
    m_field->addAction(lineIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_field->installEventFilter(this);
    m_list->setAccessibleName(tr("What fits"));
    m_list->setFocusPolicy(Qt::NoFocus); // keys go through the field
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setModel(&m_model);
    m_foot->setMinimumWidth(40);
    m_foot->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::page, common::space::page, common::space::page, common::space::page);
    layout->setSpacing(common::space::small);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_foot);

    m_model.setCommands(std::move(commands));
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::typed);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &CommandPalette::showReason);
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
    typed({});

    const QSize room = parent->size();
    resize(std::min(common::scaled(620, font()), room.width() - 2 * common::space::large),
           std::min(common::scaled(460, font()), room.height() - 2 * common::space::large));
}

/// In the middle of the window, not far from its top, where eyes are.
void CommandPalette::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (const int row = m_list->sizeHintForRow(0); row > 0) {
        layout()->activate();
        resize(width(), height() - m_list->viewport()->height() % row); // no row is cut
    }
    const QRect window(parentWidget()->mapToGlobal(QPoint(0, 0)), parentWidget()->size());
    move(window.x() + (window.width() - width()) / 2,
         window.y() + std::min(window.height() - height(), window.height() / 8));
    m_field->setFocus();
}

void CommandPalette::typed(const QString &text)
{
    m_model.setPattern(text);
    m_list->setCurrentIndex(m_model.index(0, 0));
    m_list->scrollToTop();
    showReason();
}

void CommandPalette::showReason()
{
    const models::Command *command = m_model.commandAt(m_list->currentIndex());
    const int more = m_model.fittingCount() - m_model.rowCount();
    if (!command)
        m_foot->setText(tr("Nothing fits. Try fewer letters."));
    else if (!command->whyNot.isEmpty())
        m_foot->setText(tr("Not now: %1").arg(command->whyNot));
    else if (more > 0)
        m_foot->setText(tr("%n more fit(s). More letters narrow it down.", nullptr, more));
    else
        m_foot->setText(tr("Enter runs it or goes there, Escape closes."));
}

void CommandPalette::run()
{
    const models::Command *found = m_model.commandAt(m_list->currentIndex());
    if (!found || !found->whyNot.isEmpty())
        return;
    const models::Command command = *found;
    hide();
    Q_EMIT chosen(command);
    close();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const int row = m_list->currentIndex().row();
    const int page = std::max(m_list->height() / std::max(m_list->sizeHintForRow(0), 1) - 1, 1);
    int to = row;
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run();
        return true;
    case Qt::Key_Down:
        to = row + 1;
        break;
    case Qt::Key_Up:
        to = row - 1;
        break;
    case Qt::Key_PageDown:
        to = row + page;
        break;
    case Qt::Key_PageUp:
        to = row - page;
        break;
    default:
        return QDialog::eventFilter(watched, event);
    }
    m_list->setCurrentIndex(m_model.index(std::clamp(to, 0, std::max(m_model.rowCount() - 1, 0)), 0));
    return true;
}

void CommandPalette::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isVisible() && !isActiveWindow())
        QTimer::singleShot(0, this, &QDialog::close);
}

} // namespace flowgate::ui
