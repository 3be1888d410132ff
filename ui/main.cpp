// SPDX-License-Identifier: GPL-3.0-or-later
// The control plane with its window.
#include "app/controlplane.h"
#include "app/logging.h"
#include "ui/mainwindow.h"
#include "ui/notices/background.h"
#include "ui/notices/systemtray.h"
#include "ui/operations/planeoperations.h"
#include "ui/startup/display.h"
#include "ui/startup/instance.h"
#include "ui/startup/termination.h"
#include "ui/widgets/appearance.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QLocale>
#include <QMessageBox>
#include <QSettings>
#include <QTranslator>

#include <cstdio>

using namespace flowgate;

namespace {

void say(std::FILE *where, const QString &text)
{
    std::fprintf(where, "%s\n", text.toLocal8Bit().constData());
    std::fflush(where);
}

/// The reason why it cannot start, on stderr and in a box; its exit code.
int refuse(const app::StartError &error, const app::Options &options)
{
    using Kind = app::StartError::Kind;
    if (error.kind == Kind::FolderHeld && error.holder == u"flowgate" &&
        ui::raiseOtherWindow(options.folder + QStringLiteral("/control.sock")))
        return 0;
    say(stderr, QStringLiteral("flowgate: ") + app::sentence(error));
    QMessageBox box(QMessageBox::Critical, QStringLiteral("Flowgate"), {});
    box.setTextFormat(Qt::PlainText);
    box.setText(QApplication::translate("flowgate::Main", "Flowgate cannot start"));
    box.setInformativeText(app::sentence(error));
    box.open();
    QApplication::exec(); // until it is closed, or the system asks for the end
    return app::exitCode(error);
}

int run(QApplication &application, const app::Options &options)
{
    const domain::SystemClock clock;
    app::ControlPlane plane(clock);
    // Before anything is on the screen: SIGTERM means Close frames and pending writes, then exit 0.
    ui::onTermination(&application, [] { QApplication::exit(0); });
    const auto serving = plane.start(options);
    if (!serving)
        return refuse(serving.error(), options);

    QSettings settings(options.folder + QStringLiteral("/window.ini"), QSettings::IniFormat);
    ui::PlaneOperations operations(plane);
    ui::Workspace workspace(operations, clock);
    workspace.preferences().keepIn(settings);
    workspace.mutes().keepIn(settings);
    const ui::Appearance appearance(workspace.preferences());
    ui::MainWindow window(workspace, serving->endpoints, settings);
    ui::SystemTray tray;
    const ui::Background background(workspace, tray, window);
    workspace.follow(plane);
    QObject::connect(&plane, &app::ControlPlane::storeTroubleChanged, &window, &ui::MainWindow::setStoreTrouble);
    QObject::connect(&plane, &app::ControlPlane::raiseRequested, &window, &ui::MainWindow::comeToFront);
    window.show();
    const int code = QApplication::exec();
    plane.stop();
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    app::startLog();
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const auto parsed = app::parseOptions(QStringLiteral("flowgate"), arguments);
    if (!parsed) {
        say(stderr, QStringLiteral("flowgate: ") + parsed.error());
        return 2;
    }
    if (parsed->next == app::ParsedOptions::Next::ShowHelp) {
        say(stdout, parsed->help);
        return 0;
    }
    if (parsed->next == app::ParsedOptions::Next::ShowVersion) {
        say(stdout, QStringLiteral("flowgate " FLOWGATE_VERSION));
        return 0;
    }
    app::setLogLevel(parsed->options.logLevel.isEmpty() ? QStringLiteral("warning") : parsed->options.logLevel);
    if (const QString trouble = ui::displayTrouble(); !trouble.isEmpty()) {
        say(stderr, QStringLiteral("flowgate: ") + trouble);
        return 1;
    }
    int one = 1; // our options are not Qt's
    ui::watchForDisplay();
    QApplication application(one, argv);
    ui::displayWorks();
    QApplication::setApplicationName(QStringLiteral("flowgate"));
    QApplication::setApplicationDisplayName(QStringLiteral("Flowgate"));
    QApplication::setStyle(QStringLiteral("Fusion"));
    QTranslator english; // plural forms of the source language
    if (english.load(QStringLiteral(":/i18n/flowgate_en.qm")))
        QCoreApplication::installTranslator(&english);
    QTranslator translator;
    if (translator.load(QLocale(), QStringLiteral("flowgate"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&translator);
    return run(application, parsed->options);
}
