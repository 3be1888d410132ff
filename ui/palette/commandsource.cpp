// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/commandsource.h"

#include "ui/common/visibletext.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTextDocument>
#include <QTextDocumentFragment>

namespace flowgate::ui {

using Kind = models::Command::Kind;

namespace {

/// A button that is a part of another widget: the arrows of a tab bar, the cross in a field.
bool isPart(const QAbstractButton &button)
{
    const QWidget *parent = button.parentWidget();
    return qobject_cast<const QLineEdit *>(parent) || qobject_cast<const QTabBar *>(parent) ||
           button.inherits("QTableCornerButton") || button.inherits("QDockWidgetTitleButton");
}

/// Why something is off: what its tool tip says; tool tips of ours are marked up.
QString reason(bool enabled, const QString &toolTip)
{
    if (enabled)
        return {};
    const QString text =
        (Qt::mightBeRichText(toolTip) ? QTextDocumentFragment::fromHtml(toolTip).toPlainText() : toolTip).simplified();
    return text.isEmpty() ? CommandSource::tr("it does not apply at the moment.") : text;
}

} // namespace

QString bareText(QString text)
{
    const QString both = QStringLiteral("&&");
    text.replace(both, QStringLiteral("\u0001")).remove(u'&').replace(u'\u0001', u'&');
    while (text.endsWith(u'…'))
        text.chop(1);
    return text.trimmed();
}

void CommandSource::add(models::Command command, std::function<void()> run)
{
    command.key = QString::number(m_runs.size());
    m_runs.push_back(std::move(run));
    m_commands.push_back(std::move(command));
}

void CommandSource::addMenus(const QMenuBar &bar)
{
    for (QAction *action : bar.actions()) {
        if (QMenu *menu = action->menu(); menu && action->isVisible())
            addMenu(*menu, bareText(action->text()));
    }
}

void CommandSource::addMenu(QMenu &menu, const QString &path)
{
    Q_EMIT menu.aboutToShow(); // some are filled only then
    for (QAction *action : menu.actions()) {
        if (action->isSeparator() || !action->isVisible())
            continue;
        const QString title = bareText(action->text());
        if (QMenu *inner = action->menu()) {
            addMenu(*inner, path + QStringLiteral(" › ") + title);
            continue;
        }
        // An action without a tip of its own answers with its text.
        const QString tip = bareText(action->toolTip()) == title ? QString() : action->toolTip();
        add({Kind::Action,
             title,
             path,
             action->shortcut().toString(QKeySequence::NativeText),
             reason(action->isEnabled(), tip),
             {}},
            [action = QPointer(action)] {
                if (action)
                    action->trigger();
            });
    }
}

void CommandSource::addPage(const QString &name, QWidget &page, std::function<void()> show)
{
    for (QAbstractButton *button : page.findChildren<QAbstractButton *>()) {
        if (button->isVisibleTo(&page) && !isPart(*button))
            addButton(*button, name, show);
    }
    for (QTabWidget *tabs : page.findChildren<QTabWidget *>()) {
        if (tabs->isVisibleTo(&page))
            addTabs(*tabs, name, show);
    }
}

void CommandSource::addButton(QAbstractButton &button, const QString &page, const std::function<void()> &show)
{
    // One that was made for ears says more than a sign, or than "Reset".
    const QString title = button.accessibleName().isEmpty() ? bareText(button.text()) : button.accessibleName();
    if (title.isEmpty())
        return;
    add({Kind::Action,
         common::oneLine(title, 200),
         page,
         button.shortcut().toString(QKeySequence::NativeText),
         reason(button.isEnabled(), button.toolTip()),
         {}},
        [show, target = QPointer(&button)] {
            show();
            if (target)
                target->click();
        });
}

void CommandSource::addTabs(QTabWidget &tabs, const QString &page, const std::function<void()> &show)
{
    for (int tab = 0; tab < tabs.count(); ++tab) {
        add({Kind::Page,
             bareText(tabs.tabText(tab)),
             page,
             {},
             reason(tabs.isTabEnabled(tab), tabs.tabToolTip(tab)),
             {}},
            [show, tab, target = QPointer(&tabs)] {
                show();
                if (!target || tab >= target->count())
                    return;
                target->setCurrentIndex(tab);
                target->tabBar()->setFocus();
            });
    }
}

void CommandSource::addConfigs(const models::ConfigListModel &configs)
{
    for (const models::ConfigRow &row : configs.rows()) {
        const QString detail =
            row.config.latest == 0 ? tr("config, never saved") : tr("config, version %1").arg(row.config.latest);
        m_commands.push_back({Kind::Config, row.config.name, detail, {}, {}, row.config.name});
    }
}

void CommandSource::addGateways(const models::GatewayModel &fleet)
{
    for (const models::GatewayRow &row : fleet.rows()) {
        const domain::GatewayId &id = row.gateway->id;
        const QString uuid = domain::uuidText(id);
        m_commands.push_back(
            {Kind::Gateway, row.name, row.labels.isEmpty() ? uuid : row.labels + u' ' + uuid, {}, {}, id.hex()});
    }
}

void CommandSource::run(const models::Command &command)
{
    switch (command.kind) {
    case Kind::Page:
    case Kind::Action:
        // A copy: what it runs may gather anew.
        if (const size_t place = command.key.toULongLong(); place < m_runs.size()) {
            const std::function<void()> run = m_runs[place];
            run();
        }
        break;
    case Kind::Config:
        Q_EMIT configChosen(command.key);
        break;
    case Kind::Gateway:
        Q_EMIT gatewayChosen(domain::GatewayId(QByteArray::fromHex(command.key.toLatin1())));
        break;
    }
}

} // namespace flowgate::ui
