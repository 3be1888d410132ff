// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/startup/display.h"

#include <QString>
#include <QtGlobal>

#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

namespace flowgate::ui {

namespace {

QtMessageHandler before = nullptr;
std::vector<std::pair<QtMsgType, QString>> held; // said if it works all the same

void handle(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type != QtFatalMsg) {
        held.emplace_back(type, message);
        return;
    }
    // Qt's last words are about reinstalling; the first ones say what was wrong.
    const QString why = held.empty() ? message : held.front().second;
    std::fprintf(stderr,
                 "flowgate: the display cannot be used: %s. Start flowgated for the control plane without a window.\n",
                 why.simplified().toLocal8Bit().constData());
    std::fflush(stderr);
    std::_Exit(1);
}

} // namespace

QString displayTrouble()
{
#ifdef Q_OS_LINUX
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        return QStringLiteral("there is no display. Start flowgated for the control plane without a window.");
#endif
    return {};
}

void watchForDisplay()
{
    before = qInstallMessageHandler(handle);
}

void displayWorks()
{
    qInstallMessageHandler(before);
    for (const auto &[type, message] : std::exchange(held, {}))
        qt_message_output(type, QMessageLogContext(), message);
}

} // namespace flowgate::ui
