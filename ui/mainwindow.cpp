// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "ui/configs/configspage.h"
#include "ui/events/eventspage.h"
#include "ui/fleet/fleetpage.h"
#include "ui/navigation/navigation.h"
#include "ui/navigation/statusline.h"
#include "ui/rollouts/rolloutdialog.h"
#include "ui/rollouts/rolloutspage.h"
#include "ui/widgets/appearance.h"
#include "ui/widgets/asking.h"
#include "ui/workspace.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenuBar>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>

namespace flowgate::ui {

namespace {

/// Bumped when columns or panes change, so that an old layout is not forced on them.
constexpr int layoutVersion = 1;

QString layoutKey(const QObject &object)
{
    return QStringLiteral("layout%1/%2").arg(layoutVersion).arg(object.objectName());
}

} // namespace

MainWindow::MainWindow(Workspace &workspace, const QStringList &endpoints, QSettings &settings, Appearance &appearance)
    : m_workspace(workspace)
    , m_settings(settings)
    , m_navigation(new Navigation(this))
    , m_pages(new QStackedWidget(this))
    , m_fleet(new FleetPage(workspace, endpoints, this))
    , m_configs(new ConfigsPage(workspace, this))
    , m_rollouts(new RolloutsPage(workspace, this))
    , m_events(new EventsPage(workspace, this))
    , m_status(new StatusLine(workspace, endpoints, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Flowgate"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/flowgate.svg")));
    // Frame included, it fits a screen of 1280 x 800.
    resize(1270, 740);
    addPage(QStringLiteral("fleet"), tr("Fleet"), m_fleet);
    addPage(QStringLiteral("configs"), tr("Configs"), m_configs);
    addPage(QStringLiteral("rollouts"), tr("Rollouts"), m_rollouts);
    addPage(QStringLiteral("events"), tr("Events"), m_events);
    auto *centre = new QWidget(this);
    auto *layout = new QHBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_navigation);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);
    setStatusBar(m_status);
    makeMenus(appearance);

    connect(m_navigation, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_fleet, &FleetPage::rollOutRequested, this, &MainWindow::rollOut);
    connect(m_configs, &ConfigsPage::rollOutRequested, this, &MainWindow::rollOut);
    connect(m_rollouts, &RolloutsPage::rollOutRequested, this, [this] { rollOut({}, {}); });
    connect(m_fleet, &FleetPage::openConfigRequested, this, [this](const QString &config, int version) {
        m_navigation->setCurrentRow(Configs);
        m_configs->openConfig(config, version);
    });
    connect(&workspace, &Workspace::second, this, &MainWindow::updateCounts);
    updateCounts();
    m_navigation->setCurrentRow(Fleet);
    restoreLayout();
    // However it ends: the window was closed, or the system asked.
    connect(QCoreApplication::instance(), &QCoreApplication::aboutToQuit, this, &MainWindow::saveLayout);
}

void MainWindow::addPage(const QString &icon, const QString &name, QWidget *page)
{
    m_navigation->addPage(icon, name);
    m_pages->addWidget(page);
}

void MainWindow::makeMenus(Appearance &appearance)
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    QAction *newConfig = file->addAction(tr("&New config…"), this, [this] {
        m_navigation->setCurrentRow(Configs);
        m_configs->makeNew();
    });
    newConfig->setShortcut(QKeySequence::New);
    file->addSeparator();
    file->addAction(tr("&Quit"), this, &QWidget::close)->setShortcut(QKeySequence::Quit);

    QMenu *view = menuBar()->addMenu(tr("&View"));
    for (int page = 0; page < m_navigation->count(); ++page) {
        QAction *go = view->addAction(m_navigation->item(page)->text(), this,
                                      [this, page] { m_navigation->setCurrentRow(page); });
        go->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page)));
    }
    view->addSeparator();
    QAction *details = m_fleet->detailsAction();
    details->setText(tr("&Details of the chosen gateway"));
    details->setShortcut(QKeySequence(Qt::Key_F9));
    view->addAction(details);
    QMenu *look = view->addMenu(tr("&Appearance"));
    auto *group = new QActionGroup(this);
    for (const auto &[choice, text] :
         {std::pair(Appearance::Choice::System, tr("As the &system")),
          std::pair(Appearance::Choice::Light, tr("&Light")), std::pair(Appearance::Choice::Dark, tr("&Dark"))}) {
        QAction *action = look->addAction(text, this, [&appearance, choice = choice] { appearance.choose(choice); });
        action->setCheckable(true);
        action->setChecked(appearance.choice() == choice);
        group->addAction(action);
    }
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&About Flowgate"), this, [this] {
        tell(this, tr("About Flowgate"),
             tr("Flowgate %1, a control plane for OpenTelemetry gateways.\nLicence: GPL-3.0-or-later.")
                 .arg(QStringLiteral(FLOWGATE_VERSION)));
    });
}

void MainWindow::rollOut(const QString &config, const QString &selector)
{
    auto *dialog = new RolloutDialog(m_workspace, config, selector, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RolloutDialog::started, this, [this](const QString &id) {
        m_navigation->setCurrentRow(Rollouts);
        m_rollouts->choose(id);
    });
    dialog->open();
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

void MainWindow::closeEvent(QCloseEvent *event)
{
    const QStringList drafts = m_configs->drafts();
    if (!drafts.isEmpty() && !m_closing) {
        event->ignore();
        ask(this,
            {tr("Unsaved changes"), tr("Quit without saving %1?").arg(drafts.join(QStringLiteral(", "))),
             tr("What was typed there is lost. Gateways stay as they are, and reconnect when Flowgate runs again."),
             tr("Quit"), true},
            [this] {
                m_closing = true;
                close();
            });
        return;
    }
    event->accept();
}

void MainWindow::restoreLayout()
{
    restoreGeometry(m_settings.value(layoutKey(*this)).toByteArray());
    for (QSplitter *splitter : findChildren<QSplitter *>()) {
        if (!splitter->objectName().isEmpty())
            splitter->restoreState(m_settings.value(layoutKey(*splitter)).toByteArray());
    }
    for (QHeaderView *header : findChildren<QHeaderView *>()) {
        // A state of another number of columns is from another version.
        if (m_settings.contains(layoutKey(*header)) && !header->objectName().isEmpty() &&
            m_settings.value(layoutKey(*header) + QStringLiteral("Columns")).toInt() == header->count())
            header->restoreState(m_settings.value(layoutKey(*header)).toByteArray());
    }
    m_fleet->setObjectName(QStringLiteral("fleetPage"));
    m_fleet->restoreDocks(m_settings.value(layoutKey(*m_fleet)).toByteArray());
    m_navigation->setCurrentRow(
        std::clamp(m_settings.value(QStringLiteral("page")).toInt(), 0, m_navigation->count() - 1));
}

void MainWindow::saveLayout()
{
    m_settings.setValue(layoutKey(*this), saveGeometry());
    for (const QSplitter *splitter : findChildren<QSplitter *>()) {
        if (!splitter->objectName().isEmpty())
            m_settings.setValue(layoutKey(*splitter), splitter->saveState());
    }
    for (const QHeaderView *header : findChildren<QHeaderView *>()) {
        if (header->objectName().isEmpty())
            continue;
        m_settings.setValue(layoutKey(*header), header->saveState());
        m_settings.setValue(layoutKey(*header) + QStringLiteral("Columns"), header->count());
    }
    m_settings.setValue(layoutKey(*m_fleet), m_fleet->saveState());
    m_settings.setValue(QStringLiteral("page"), m_navigation->currentRow());
}

} // namespace flowgate::ui
