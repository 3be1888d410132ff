// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/shots/stage.h"

#include "tools/shots/seedhistory.h"
#include "tools/shots/seedtelemetry.h"
#include "ui/configs/configspage.h"
#include "ui/fleet/fleetpage.h"
#include "ui/fleet/grouppanel.h"
#include "ui/rollouts/rolloutspage.h"
#include "ui/travel/fleetplace.h"
#include "ui/travel/momentbar.h"

#include <QAbstractButton>
#include <QAction>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

#include <cstdio>

namespace flowgate::shots {

namespace {

constexpr int patience = 60'000;
constexpr int laboratory = 12; ///< so many gateways get the label that is rolled out to

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

QByteArray config(const QByteArray &limit, const QByteArray &receiver = "otlp")
{
    return "receivers:\n  otlp:\n    protocols:\n      grpc:\n        endpoint: 127.0.0.1:4317\n" +
           (receiver == "otlp" ? QByteArray() : "  " + receiver + ":\n    brokers: [kafka-1:9092]\n") +
           "\nprocessors:\n  memory_limiter:\n    check_interval: 1s\n    limit_mib: " + limit +
           "\n  batch: {}\n\nexporters:\n  debug:\n    verbosity: normal\n\nservice:\n  pipelines:\n    logs:\n"
           "      receivers: [" +
           receiver + "]\n      processors: [memory_limiter, batch]\n      exporters: [debug]\n";
}

} // namespace

Stage::Stage(int gateways)
    : m_gateways(gateways)
{
}

Stage::~Stage()
{
    m_window.reset();
    if (m_fleet.state() != QProcess::NotRunning) {
        m_fleet.terminate();
        m_fleet.waitForFinished(5000);
    }
    m_plane.stop();
}

QString Stage::prepare()
{
    app::Options options;
    options.folder = m_folder.filePath(text("data"));
    options.listen = {{QHostAddress(QHostAddress::LocalHost), 0}};
    options.program = text("flowgate");
    const auto serving = m_plane.start(options);
    if (!serving)
        return app::sentence(serving.error());
    m_settings = std::make_unique<QSettings>(m_folder.filePath(text("window.ini")), QSettings::IniFormat);
    m_operations = std::make_unique<ui::PlaneOperations>(m_plane);
    m_workspace = std::make_unique<ui::Workspace>(*m_operations, m_clock);
    m_workspace->preferences().keepIn(*m_settings);
    m_appearance = std::make_unique<ui::Appearance>(m_workspace->preferences());
    m_window = std::make_unique<ui::MainWindow>(*m_workspace, serving->endpoints, *m_settings);
    m_workspace->follow(m_plane);
    m_window->show();
    if (m_gateways == 0) {
        QTest::qWait(1200); // the status bar asks once a second
        return {};
    }
    for (const auto step : {&Stage::startFleet, &Stage::makeConfigs, &Stage::rollOut}) {
        if (const QString missing = (this->*step)(); !missing.isEmpty())
            return missing;
    }
    std::vector<app::GatewayPtr> gateways;
    for (const models::GatewayRow &row : m_workspace->fleet().rows())
        gateways.push_back(row.gateway);
    if (seedHistory(m_plane, gateways, m_clock.now()) == 0)
        return text("no history");
    chooseTroubled();
    QTest::qWait(1500);
    return {};
}

QString Stage::startFleet()
{
    m_fleet.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_fleet.start(text(FLOWGATE_FLEETSIM), {text("--endpoint"), m_plane.serving().endpoints.front(), text("--count"),
                                            QString::number(m_gateways), text("--seed"), text("7"), text("--behaviour"),
                                            text("mixed"), text("--apply"), text("500ms")});
    const bool came =
        QTest::qWaitFor([this] { return m_workspace->fleet().connectedCount() == m_gateways; }, 2 * patience);
    if (!came)
        return text("%1 gateways connected").arg(m_workspace->fleet().connectedCount());
    int open = 0;
    int number = 0;
    for (const models::GatewayRow &row : m_workspace->fleet().rows()) {
        if (++number > laboratory)
            break;
        ++open;
        m_operations->label(m_window.get(), row.gateway->id,
                            {text("env=lab"), number % 2 == 0 ? text("site=ber") : text("site=muc")},
                            [&open](const app::Outcome<app::Nothing> &) { --open; });
    }
    return QTest::qWaitFor([&open] { return open == 0; }, patience) ? QString() : text("no labels");
}

QString Stage::makeConfigs()
{
    const std::vector<std::tuple<QString, QByteArray, QString>> versions{
        {text("base"), config("200"), text("first")},
        {text("base"), config("400"), text("memory limit 400")},
        {text("core"), config("800"), text("first")},
        {text("mirror"), config("400"), text("adopted from edge-ams-01")},
        {text("base"), config("400", "kafka"), text("kafka in")}};
    for (const auto &[name, body, message] : versions) {
        domain::ConfigSet files;
        files.files[name + text(".yaml")] = {body, {}};
        bool saved = false;
        m_operations->saveConfig(m_window.get(), name, files, message,
                                 [&saved](const app::Outcome<ui::Operations::Added> &added) { saved = bool(added); });
        if (!QTest::qWaitFor([&saved] { return saved; }, patience))
            return name + text(" is not saved");
    }
    bool tagged = false;
    m_operations->actOnConfig(m_window.get(), {app::ConfigAct::Kind::Tag, text("core"), {text("prod"), text("eu")}},
                              [&tagged](const auto &outcome) { tagged = bool(outcome); });
    return QTest::qWaitFor([&tagged] { return tagged; }, patience) ? QString() : text("no tags");
}

/// One that succeeds or ends with failures, then one that is under way.
QString Stage::rollOut()
{
    const auto start = [this](const QString &what, const domain::RolloutOptions &options) {
        app::RolloutWish wish{what, text("env=lab"), options, text("operator")};
        QString id;
        m_operations->startRollout(m_window.get(), wish, [&id](const app::Outcome<QString> &started) {
            id = started ? *started : text("refused");
        });
        const bool answered = QTest::qWaitFor([&id] { return !id.isEmpty(); }, patience);
        return answered ? id : QString();
    };
    domain::RolloutOptions quick;
    quick.waves = {{100, true}};
    quick.soak = domain::milliseconds(1000);
    quick.timeout = domain::milliseconds(8000);
    const QString first = start(text("base@2"), quick);
    const bool ended = QTest::qWaitFor(
        [&] {
            const auto rollout = m_workspace->rollouts().find(first);
            return rollout && rollout->state != domain::RolloutState::Running;
        },
        patience);
    if (!ended)
        return text("the first rollout goes on and on: ") + first;
    domain::RolloutOptions slow;
    slow.soak = domain::milliseconds(3'600'000);
    slow.waves = {{3, false}, {50, true}, {100, true}};
    const QString second = start(text("core@1"), slow);
    if (second.isEmpty())
        return text("no second rollout");
    QTest::qWait(2500);
    m_window->findChild<ui::RolloutsPage *>()->choose(second);
    return {};
}

/// The gateway with most to say.
void Stage::chooseTroubled()
{
    const models::GatewayRow *best = &m_workspace->fleet().rows().front();
    for (const models::GatewayRow &row : m_workspace->fleet().rows()) {
        const bool worse = row.gateway->health.state == domain::HealthState::Unhealthy ||
                           row.gateway->config.state == domain::ConfigState::Failed;
        if (worse && row.gateway->labels.contains(text("env"))) {
            best = &row;
            break;
        }
    }
    if (m_seeded != best->gateway->id) {
        m_seeded = best->gateway->id;
        QUrl base(m_plane.serving().endpoints.front());
        base.setScheme(text("http"));
        if (!seedTelemetry(base, m_seeded, m_clock.now()))
            std::fprintf(stderr, "no telemetry\n");
    }
    m_window->findChild<ui::FleetPage *>()->choose(best->gateway->id);
    m_window->findChild<ui::ConfigsPage *>()->openConfig(text("base"));
}

void Stage::chooseGateways(int count)
{
    if (count == 0)
        return chooseTroubled();
    auto *table = m_window->findChild<QTableView *>(text("fleetTable"));
    table->clearSelection();
    for (int row = 0; row < count; ++row)
        table->selectionModel()->select(table->model()->index(row, 0),
                                        QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QTest::qWait(50);
}

QString Stage::exportBundle()
{
    const QString path = m_folder.filePath(text("all.flowgate"));
    bool answered = false;
    bool done = false;
    m_operations->exportBundle(m_window.get(), path, [&](const app::Outcome<app::Nothing> &outcome) {
        answered = true;
        done = bool(outcome);
    });
    const bool came = QTest::qWaitFor([&answered] { return answered; }, patience);
    return came && done ? path : QString();
}

void Stage::searchSettings(const QString &words)
{
    for (QLineEdit *field : m_window->findChildren<QLineEdit *>()) {
        if (field->accessibleName() == u"Search settings")
            field->setText(words);
    }
    QTest::qWait(50);
}

void Stage::group(const QString &label)
{
    m_window->findChild<ui::FleetPage *>()->groups().setKey(label);
    QTest::qWait(100);
}

void Stage::setLook(bool dark, QSize size)
{
    ui::WindowLook look = m_workspace->preferences().look();
    look.theme = dark ? ui::WindowLook::Theme::Dark : ui::WindowLook::Theme::Light;
    m_workspace->preferences().setLook(look);
    m_window->resize(size);
    QTest::qWait(50);
}

void Stage::setText(int percent)
{
    ui::WindowLook look = m_workspace->preferences().look();
    look.textPercent = percent;
    m_workspace->preferences().setLook(look);
}

void Stage::lookBack(domain::milliseconds length)
{
    m_workspace->timeWindow().showLast(length);
    QTest::qWait(600);
}

void Stage::goBack(domain::milliseconds ago)
{
    m_window->findChild<ui::FleetPlace *>()->pastAction()->setChecked(ago.count() > 0);
    if (ago.count() > 0) {
        m_window->findChild<ui::MomentBar *>()->setMoment(m_clock.now() - ago);
        auto *table = m_window->findChild<QTableView *>(text("pastTable"));
        QTest::qWait(200);
        (void)QTest::qWaitFor([table] { return table->isVisible(); }, 20'000); // thousands take a moment
        table->selectRow(0);
        QTest::qWait(100);
    }
}

void Stage::showPage(int page)
{
    m_window->findChild<ui::Navigation *>()->setCurrent(page);
    QTest::qWait(250);
}

QWidget *Stage::openDialog(const QString &begin)
{
    for (const QAction *menu : m_window->menuBar()->actions())
        Q_EMIT menu->menu()->aboutToShow();
    const auto fits = [&begin](QString shown) { return shown.remove(u'&').startsWith(begin); };
    QAction *chosen = nullptr;
    for (QAction *action : m_window->findChildren<QAction *>()) {
        if (!chosen && fits(action->text()) && action->isEnabled())
            chosen = action;
    }
    QAbstractButton *pressed = nullptr;
    for (QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
        if (!pressed && fits(button->text()) && button->isVisible() && button->isEnabled())
            pressed = button;
    }
    if (chosen)
        chosen->trigger();
    else if (pressed)
        pressed->click();
    QTest::qWait(600); // a plan is asked for
    for (QDialog *dialog : m_window->findChildren<QDialog *>()) {
        if (dialog->isVisible())
            return dialog;
    }
    for (QWidget *window : m_window->findChildren<QWidget *>()) {
        if (window->windowType() == Qt::Window && window->isVisible())
            return window;
    }
    return nullptr;
}

QPixmap Stage::picture(QWidget *dialog)
{
    QPixmap picture = m_window->grab();
    if (!dialog)
        return picture;
    QPainter painter(&picture);
    painter.fillRect(picture.rect(), QColor(0, 0, 0, 60));
    const QPixmap top = dialog->grab();
    painter.drawPixmap((picture.width() - top.width()) / 2, std::max((picture.height() - top.height()) / 3, 0), top);
    return picture;
}

} // namespace flowgate::shots
