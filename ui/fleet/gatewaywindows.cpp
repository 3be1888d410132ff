// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/gatewaywindows.h"

#include "ui/common/visibletext.h"
#include "ui/compare/comparewindow.h"
#include "ui/fleet/gatewaydetails.h"
#include "ui/widgets/pagekey.h"
#include "ui/workspace.h"

#include <QMenu>
#include <QVBoxLayout>

namespace flowgate::ui {

GatewayWindows::GatewayWindows(Workspace &workspace, QWidget *owner)
    : QObject(owner)
    , m_workspace(workspace)
    , m_owner(owner)
{
}

void GatewayWindows::open(const app::GatewayPtr &gateway)
{
    if (QWidget *window = m_open.value(gateway->id)) {
        window->raise();
        return window->activateWindow();
    }
    auto *window = new QWidget(m_owner, Qt::Window);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setWindowTitle(common::oneLine(domain::displayName(*gateway), 100));
    window->resize(1000, 700);
    auto *details = new GatewayDetails(m_workspace, window);
    auto *layout = new QVBoxLayout(window);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(details);
    details->show(gateway, 1);
    connect(&m_workspace, &Workspace::fleetApplied, details,
            [details, window, id = gateway->id](const app::FleetDelta &delta) {
                for (const app::GatewayPtr &changed : delta.changed) {
                    if (changed->id != id)
                        continue;
                    details->show(changed, 1);
                    window->setWindowTitle(common::oneLine(domain::displayName(*changed), 100));
                }
                for (const domain::GatewayId &forgotten : delta.forgotten) {
                    if (forgotten == id)
                        window->close();
                }
            });
    connect(details, &GatewayDetails::rollOutRequested, this, &GatewayWindows::rollOutRequested);
    connect(details, &GatewayDetails::openConfigRequested, this, &GatewayWindows::openConfigRequested);
    connect(details, &GatewayDetails::filterRequested, this, &GatewayWindows::filterRequested);
    connect(details, &GatewayDetails::linkRequested, this, &GatewayWindows::linkRequested);
    connect(details, &GatewayDetails::admissionRequested, this, &GatewayWindows::admissionRequested);
    connect(details, &GatewayDetails::labelRequested, this,
            [this, details] { Q_EMIT labelRequested(details->gateway()); });
    addPageKey(*window, tr("Close this window"), QKeySequence(QKeySequence::Close), [window] { window->close(); });
    addPageKey(*window, tr("Close this window"), QKeySequence(Qt::Key_Escape), [window] { window->close(); });
    m_open.insert(gateway->id, window);
    window->show();
    details->open();
}

void GatewayWindows::compare(const Gateways &gateways)
{
    const auto count = static_cast<int>(gateways.size());
    if (count < CompareWindow::fewest || count > CompareWindow::most)
        return;
    (new CompareWindow(m_workspace, gateways, m_owner))->show();
}

void GatewayWindows::fill(QMenu &menu, const Gateways &gateways)
{
    const auto count = static_cast<int>(gateways.size());
    QAction *own = menu.addAction(tr("Open in a window"), this, [this, gateways] { open(gateways.front()); });
    own->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    own->setShortcutContext(Qt::WidgetShortcut); // shown here; the table has the key
    own->setEnabled(count == 1);
    if (count != 1)
        own->setToolTip(tr("Choose one gateway."));
    QAction *together = menu.addAction(count > 1 ? tr("Compare %1…").arg(count) : tr("Compare…"), this,
                                       [this, gateways] { compare(gateways); });
    together->setEnabled(count >= CompareWindow::fewest && count <= CompareWindow::most);
    if (!together->isEnabled())
        together->setToolTip(tr("Choose %1 to %2 gateways.").arg(CompareWindow::fewest).arg(CompareWindow::most));
}

} // namespace flowgate::ui
