// SPDX-License-Identifier: GPL-3.0-or-later
// The control plane without a window.
#include "app/controlplane.h"
#include "app/logging.h"
#include "flowgated/signals.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace flowgate;

namespace {

void say(std::FILE *where, const QString &text)
{
    std::fprintf(where, "%s\n", text.toLocal8Bit().constData());
    std::fflush(where);
}

void announce(const app::Serving &serving)
{
    const QJsonObject line{{QStringLiteral("ready"), true},
                           {QStringLiteral("version"), QStringLiteral(FLOWGATE_VERSION)},
                           {QStringLiteral("pid"), QCoreApplication::applicationPid()},
                           {QStringLiteral("endpoints"), QJsonArray::fromStringList(serving.endpoints)},
                           {QStringLiteral("control"), serving.controlSocket}};
    say(stdout, QString::fromUtf8(QJsonDocument(line).toJson(QJsonDocument::Compact)));
}

} // namespace

int main(int argc, char **argv)
{
    app::startLog();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("flowgated"));
    const auto parsed = app::parseOptions(QStringLiteral("flowgated"), QCoreApplication::arguments().mid(1));
    if (!parsed) {
        say(stderr, QStringLiteral("flowgated: ") + parsed.error());
        return 2;
    }
    if (parsed->next == app::ParsedOptions::Next::ShowHelp) {
        say(stdout, parsed->help);
        return 0;
    }
    if (parsed->next == app::ParsedOptions::Next::ShowVersion) {
        say(stdout, QStringLiteral("flowgated " FLOWGATE_VERSION));
        return 0;
    }

    app::setLogLevel(parsed->options.logLevel.isEmpty() ? QStringLiteral("warning") : parsed->options.logLevel);
    const domain::SystemClock clock;
    app::ControlPlane plane(clock);
    if (!onTermination(&application, [] { QCoreApplication::quit(); })) {
        say(stderr, QStringLiteral("flowgated: the system gives no pipe for signals"));
        return 1;
    }
    const auto serving = plane.start(parsed->options);
    if (!serving) {
        say(stderr, QStringLiteral("flowgated: ") + app::sentence(serving.error()));
        return app::exitCode(serving.error());
    }
    announce(*serving);
    const int code = QCoreApplication::exec();
    plane.stop();
    return code;
}
