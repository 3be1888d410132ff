// SPDX-License-Identifier: GPL-3.0-or-later
// The control plane with its window.
#include "app/controlplane.h"
#include "ui/common/theme.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QLocalSocket>
#include <QMessageBox>

#include <cstdio>

using namespace flowgate;

namespace {

void say(std::FILE *where, const QString &text)
{
    std::fprintf(where, "%s\n", text.toLocal8Bit().constData());
    std::fflush(where);
}

/// Asks the window that holds the folder to come to the front (docs/control-socket.md).
bool raiseOther(const QString &folder)
{
    QLocalSocket socket;
    socket.connectToServer(folder + QStringLiteral("/control.sock"));
    if (!socket.waitForConnected(3000))
        return false;
    socket.write("{\"verb\":\"window raise\",\"args\":{}}\n");
    return socket.waitForReadyRead(3000) && socket.readAll().contains("\"raised\":true");
}

} // namespace

int main(int argc, char **argv)
{
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
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        say(stderr,
            QStringLiteral("flowgate: there is no display. Start flowgated for the control plane without a window."));
        return 1;
    }

    int one = 1; // our own options are not Qt's
    QApplication application(one, argv);
    QApplication::setApplicationName(QStringLiteral("flowgate"));
    QApplication::setStyle(QStringLiteral("Fusion"));
    QApplication::setPalette(common::themeOf(QApplication::palette()).palette());
    const domain::SystemClock clock;
    app::ControlPlane plane(clock);
    const auto serving = plane.start(parsed->options);
    if (!serving) {
        const app::StartError &error = serving.error();
        if (error.kind == app::StartError::Kind::FolderHeld && error.holder == u"flowgate" &&
            raiseOther(parsed->options.folder))
            return 0;
        say(stderr, QStringLiteral("flowgate: ") + app::sentence(error));
        QMessageBox::critical(nullptr, QStringLiteral("Flowgate"), app::sentence(error));
        return app::exitCode(error);
    }
    ui::MainWindow window(plane);
    window.show();
    return QApplication::exec();
}
