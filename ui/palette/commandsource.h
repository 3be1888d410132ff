// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/commandmodel.h"
#include "ui/models/configlistmodel.h"
#include "ui/models/gatewaymodel.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QAbstractButton;
class QAction;
class QMenu;
class QMenuBar;
class QTabWidget;
class QWidget;

namespace flowgate::ui {

/// Gathers what the palette offers, and runs it: entries of menus, buttons and tabs of pages, configs, gateways.
/// A snapshot: what is gone by the time it is chosen does nothing.
class CommandSource final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Every entry of every menu, those that are filled when they are opened too.
    void addMenus(const QMenuBar &bar);
    /// @param show  brings the page to the front
    void addPage(const QString &name, QWidget &page, std::function<void()> show);
    void addConfigs(const models::ConfigListModel &configs);
    void addGateways(const models::GatewayModel &fleet);

    [[nodiscard]] std::vector<models::Command> take() { return std::move(m_commands); }
    void run(const models::Command &command);

Q_SIGNALS:
    void configChosen(const QString &name);
    void gatewayChosen(const flowgate::domain::GatewayId &id);

private:
    void addMenu(QMenu &menu, const QString &path);
    void addButton(QAbstractButton &button, const QString &page, const std::function<void()> &show);
    void addTabs(QTabWidget &tabs, const QString &page, const std::function<void()> &show);
    void add(models::Command command, std::function<void()> run);

    std::vector<models::Command> m_commands;
    std::vector<std::function<void()>> m_runs; ///< of pages and actions; their key is the place in here
};

/// A text without mnemonic and closing ellipsis.
[[nodiscard]] QString bareText(QString text);

} // namespace flowgate::ui
