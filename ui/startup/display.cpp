// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/startup/display.h"

#include <QtGlobal>

#include <cstdio>
#include <cstdlib>

namespace flowgate::ui {

namespace {

QtMessageHandler before = nullptr;

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (type != QtFatalMsg)
        return before(type, context, message);
    std::fprintf(stderr,
                 "flowgate: the display cannot be used (%s). Start flowgated for the control plane without a window.\n",
                 message.simplified().toLocal8Bit().constData());
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
}

} // namespace flowgate::ui
