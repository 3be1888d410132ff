// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "ui/bundles/bundleactions.h"
#include "ui/configs/configspage.h"
#include "ui/events/eventspage.h"
#include "ui/fleet/fleetpage.h"
#include "ui/fleet/grouppanel.h"
#include "ui/help/about.h"
#include "ui/help/shortcuts.h"
#include "ui/navigation/dockmenu.h"
#include "ui/navigation/statusline.h"
#include "ui/palette/commandpalette.h"
#include "ui/palette/commandsource.h"
#include "ui/rollouts/rolloutdialog.h"
#include "ui/rollouts/rolloutspage.h"
#include "ui/settings/settingspage.h"
#include "ui/timelines/timelinespage.h"
#include "ui/travel/fleetplace.h"
#include "ui/widgets/asking.h"
#include "ui/widgets/cellcopier.h"
#include "ui/workspace.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QDockWidget>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QStackedWidget>

namespace flowgate::ui {

MainWindow::MainWindow(Workspace &workspace, const QStringList &endpoints, QSettings &settings)
    : m_workspace(workspace)
    , m_navigation(new Navigation(this))
    , m_pages(new QStackedWidget(this))
    , m_fleet(new FleetPage(workspace, endpoints, this))
    , m_place(new FleetPlace(workspace, *m_fleet, this))
    , m_configs(new ConfigsPage(workspace, this))
    , m_rollouts(new RolloutsPage(workspace, this))
    , m_events(new EventsPage(workspace, this))
    , m_timelines(new TimelinesPage(workspace, this))
    , m_settings(new SettingsPage(workspace, this))
    , m_status(new StatusLine(workspace, endpoints, this))
    , m_layout((setObjectName(QStringLiteral("mainWindow")), *this), settings)
{
    setWindowTitle(tr("Flowgate"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/flowgate.svg")));
    // Frame included, it fits a screen of 1280 x 800.
    resize(1270, 740);
    addPage(QStringLiteral("fleet"), tr("Fleet"), m_place, Navigation::Place::Top);
    addPage(QStringLiteral("configs"), tr("Configs"), m_configs, Navigation::Place::Top);
    addPage(QStringLiteral("rollouts"), tr("Rollouts"), m_rollouts, Navigation::Place::Top);
    addPage(QStringLiteral("events"), tr("Events"), m_events, Navigation::Place::Top);
    addPage(QStringLiteral("timelines"), tr("Timelines"), m_timelines, Navigation::Place::Top);
    addPage(QStringLiteral("settings"), tr("Settings"), m_settings, Navigation::Place::Foot);
    auto *centre = new QWidget(this);
    auto *layout = new QHBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_navigation);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);
    setStatusBar(m_status);
    new CellCopier(this);
    makeMenus();
    connectPages();
    updateCounts();
    m_navigation->setCurrent(Fleet);
    m_configs->keepDraftsIn(QFileInfo(settings.fileName()).absolutePath() + QStringLiteral("/drafts"));
    rememberLayout();
    m_navigation->setFocus();
}

void MainWindow::addPage(const QString &icon, const QString &name, QWidget *page, Navigation::Place place)
{
    m_icons.append(icon);
    m_navigation->addPage(icon, name, place);
    m_pages->addWidget(page);
}

void MainWindow::connectPages()
{
    connect(m_navigation, &Navigation::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_fleet, &FleetPage::rollOutRequested, this, &MainWindow::rollOut);
    connect(m_configs, &ConfigsPage::rollOutRequested, this, &MainWindow::rollOut);
    connect(m_rollouts, &RolloutsPage::rollOutRequested, this, [this] { rollOut({}, {}); });
    connect(m_fleet, &FleetPage::openConfigRequested, this, [this](const QString &config, int version) {
        m_navigation->setCurrent(Configs);
        m_configs->openConfig(config, version);
    });
    connect(m_status, &StatusLine::endpointsTold, m_fleet, &FleetPage::setEndpoints);
    connect(m_rollouts, &RolloutsPage::gatewayRequested, this, &MainWindow::openGateway);
    connect(m_events, &EventsPage::gatewayRequested, this, &MainWindow::openGateway);
    connect(m_timelines, &TimelinesPage::gatewayRequested, this, &MainWindow::openGateway);
    connect(m_events, &EventsPage::rolloutRequested, this, &MainWindow::openRollout);
    connect(m_events, &EventsPage::configRequested, this, [this](const QString &name, int version) {
        m_navigation->setCurrent(Configs);
        m_configs->openConfig(name, version);
    });
    connect(m_fleet, &FleetPage::hiddenChanged, m_status, &StatusLine::setHidden);
    connect(m_status, &StatusLine::findRequested, this, &MainWindow::find);
    connect(m_status, &StatusLine::showAllRequested, this, [this] { openPart(models::FleetPart::All); });
    connect(&m_workspace, &Workspace::second, this, &MainWindow::updateCounts);
}

void MainWindow::makeMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    QAction *newConfig = file->addAction(tr("&New config…"), this, [this] {
        m_navigation->setCurrent(Configs);
        m_configs->makeNew();
    });
    newConfig->setShortcut(QKeySequence::New);
    file->addAction(tr("New &token…"), this, [this] {
        m_navigation->setCurrent(Settings);
        m_settings->makeToken();
    });
    file->addSeparator();
    (new BundleActions(m_workspace, this))->fillMenu(*file);
    file->addSeparator();
    file->addAction(tr("&Quit"), this, &MainWindow::quit)->setShortcut(QKeySequence::Quit);

    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    QAction *undo = m_workspace.undo().createUndoAction(this, tr("Undo"));
    QAction *redo = m_workspace.undo().createRedoAction(this, tr("Redo"));
    undo->setShortcut(QKeySequence::Undo);
    redo->setShortcut(QKeySequence::Redo);
    for (QAction *action : {undo, redo}) {
        // The editor has an undo of its own under the same keys.
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_fleet->addAction(action);
        edit->addAction(action);
    }

    fillViewMenu(*menuBar()->addMenu(tr("&View")));

    QMenu *gateway = menuBar()->addMenu(tr("&Gateway"));
    gateway->setToolTipsVisible(true);
    connect(gateway, &QMenu::aboutToShow, this, [this, gateway] {
        gateway->clear();
        if (m_place->isPast())
            gateway->addAction(tr("In the past nothing can be changed"))->setEnabled(false);
        else
            m_fleet->fillActions(*gateway);
    });

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Keyboard shortcuts"), this, [this] { showShortcuts(*this); })
        ->setShortcut(QKeySequence::HelpContents);
    help->addAction(tr("&About Flowgate"), this, [this] { showAbout(*this); });
}

void MainWindow::fillViewMenu(QMenu &view)
{
    QAction *anything = view.addAction(tr("&Find anything…"), this, &MainWindow::find);
    anything->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_K));
    view.addSeparator();
    for (int page = 0; page < m_navigation->count(); ++page) {
        QAction *go = view.addAction(m_navigation->name(page), this, [this, page] { m_navigation->setCurrent(page); });
        go->setShortcut(page == Settings ? QKeySequence(Qt::CTRL | Qt::Key_Comma)
                                         : QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page)));
    }
    view.addSeparator();
    view.addAction(m_place->pastAction());
    connect(m_place->pastAction(), &QAction::triggered, this, [this] { m_navigation->setCurrent(Fleet); });
    QAction *details = m_fleet->detailsAction();
    details->setText(tr("&Details of the chosen gateway"));
    details->setShortcut(QKeySequence(Qt::Key_F9));
    view.addAction(details);
    addDockMenu(view, tr("&Place of the details"), *m_fleet, *m_fleet->detailsDock());
    view.addAction(tr("&Reset the layout"), this, [this] { m_layout.reset(); });
    view.addSeparator();
    constexpr int step = 10;
    view.addAction(tr("&Larger text"), this, [this] { growText(step); })->setShortcut(QKeySequence::ZoomIn);
    view.addAction(tr("&Smaller text"), this, [this] { growText(-step); })->setShortcut(QKeySequence::ZoomOut);
}

void MainWindow::growText(int percent)
{
    WindowLook look = m_workspace.preferences().look();
    look.textPercent += percent;
    m_workspace.preferences().setLook(look);
}

void MainWindow::find()
{
    if (findChild<CommandPalette *>())
        return;
    auto *source = new CommandSource;
    source->addMenus(*menuBar());
    for (int page = 0; page < m_navigation->count(); ++page)
        source->addPage(m_navigation->name(page), *m_pages->widget(page),
                        [this, page] { m_navigation->setCurrent(page); });
    source->addConfigs(m_workspace.configs());
    source->addGateways(m_workspace.fleet());
    connect(source, &CommandSource::configChosen, this, [this](const QString &name) {
        m_navigation->setCurrent(Configs);
        m_configs->openConfig(name);
    });
    connect(source, &CommandSource::gatewayChosen, this, &MainWindow::openGateway);
    auto *palette = new CommandPalette(source->take(), this);
    source->setParent(palette);
    connect(palette, &CommandPalette::chosen, source, &CommandSource::run);
    palette->show();
}

/// As it is now.
void MainWindow::goToFleet()
{
    m_navigation->setCurrent(Fleet);
    m_place->showNow();
}

void MainWindow::rollOut(const QString &config, const QString &selector)
{
    auto *dialog = new RolloutDialog(m_workspace, config, selector, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RolloutDialog::started, this, &MainWindow::openRollout);
    dialog->open();
}

void MainWindow::openGateway(const domain::GatewayId &id)
{
    goToFleet();
    m_fleet->choose(id);
}

void MainWindow::openRollout(const QString &id)
{
    m_navigation->setCurrent(Rollouts);
    if (!id.isEmpty())
        m_rollouts->choose(id);
}

void MainWindow::openPart(models::FleetPart part)
{
    goToFleet();
    m_fleet->showAll();
    m_fleet->choosePart(part);
}

void MainWindow::updateCounts()
{
    m_navigation->setCount(Fleet, m_workspace.fleet().rowCount());
    m_navigation->setCount(Configs, m_workspace.configs().rowCount());
    const int open = m_workspace.rollouts().openCount();
    m_navigation->setCount(Rollouts, open > 0 ? open : -1);
}

void MainWindow::setStoreTrouble(const QString &trouble)
{
    m_status->setStoreTrouble(trouble);
}

void MainWindow::comeToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

/// Hidden in the tray it is not the last window to close: it has to be said.
void MainWindow::quit()
{
    m_quitting = true;
    if (close())
        QCoreApplication::exit(0);
    else if (!isVisible())
        comeToFront(); // it asks something
    m_quitting = false;
}

/// Drafts are kept and come back with the next start: there is nothing to ask unless the disk does not take them.
void MainWindow::closeEvent(QCloseEvent *event)
{
    m_layout.save();
    if (!m_closing && !m_configs->draftsAreKept()) {
        event->ignore();
        ask(this,
            {tr("Unsaved changes"), tr("Quit without saving %1?").arg(m_configs->drafts().join(QStringLiteral(", "))),
             tr("The drafts cannot be written to the data folder, so what was typed there is lost. Gateways stay as "
                "they are, and reconnect when Flowgate runs again."),
             tr("Quit"), true},
            [this] {
                m_closing = true;
                quit();
            });
        return;
    }
    event->accept();
}

void MainWindow::rememberLayout()
{
    // Columns of labels and attributes first: the header's state is about them too.
    m_layout.add(
        QStringLiteral("fleetKeys"), [this] { return m_fleet->columnKeys(); },
        [this](const QVariant &keys) {
            m_fleet->setColumnKeys(keys.toStringList().first(std::min<qsizetype>(keys.toStringList().size(), 40)));
        });
    m_layout.add(
        QStringLiteral("fleetPart"), [this] { return static_cast<int>(m_fleet->part()); },
        [this](const QVariant &part) {
            const int last = static_cast<int>(models::FleetPart::Count) - 1;
            m_fleet->choosePart(static_cast<models::FleetPart>(std::clamp(part.toInt(), 0, last)));
        });
    m_layout.add(
        QStringLiteral("fleetGroup"), [this] { return m_fleet->groups().key(); },
        [this](const QVariant &key) { m_fleet->groups().setKey(key.toString().left(300)); });
    connect(m_fleet, &FleetPage::viewChanged, &m_layout, &LayoutKeeper::noteChange);
    m_layout.addNamed();
    m_layout.addDocks(*m_fleet, [this](const QByteArray &state) { m_fleet->restoreDocks(state); });
    m_layout.add(
        QStringLiteral("page"), [this] { return m_icons.at(m_navigation->current()); },
        [this](const QVariant &icon) {
            m_navigation->setCurrent(std::max(static_cast<int>(m_icons.indexOf(icon.toString())), 0));
        });
    connect(m_navigation, &Navigation::currentChanged, &m_layout, &LayoutKeeper::noteChange);
    m_layout.restore();
    // However it ends: the window was closed, or the system asked.
    connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, this, [this] {
        m_layout.save();
        // Nobody is there to be asked: what can be kept is.
        static_cast<void>(m_configs->draftsAreKept());
    });
}

} // namespace flowgate::ui
