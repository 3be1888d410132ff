// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logging.h"

#include "domain/clock.h"

#include <cstdio>

namespace flowgate::app {

Q_LOGGING_CATEGORY(eventsLog, "flowgate.events")
Q_LOGGING_CATEGORY(admissionLog, "flowgate.admission")
Q_LOGGING_CATEGORY(storeLog, "flowgate.store")
Q_LOGGING_CATEGORY(controlLog, "flowgate.control")

namespace {

const char *word(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return "error";
}

void write(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    QString line = text;
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = QChar::ReplacementCharacter;
    }
    const QString time = domain::rfc3339(domain::SystemClock().now());
    std::fprintf(stderr, "%s %s %s: %s\n", time.toLatin1().constData(), word(type),
                 context.category ? context.category : "default", line.toUtf8().constData());
    std::fflush(stderr);
}

} // namespace

void startLog()
{
    qInstallMessageHandler(write);
}

void setLogLevel(const QString &level)
{
    // What Qt says to itself at that level is for those who work on Qt.
    QString rules =
        level == u"debug" ? QStringLiteral("*.debug=true\nqt.*.debug=false\n") : QStringLiteral("*.debug=false\n");
    if (level == u"warning" || level == u"error")
        rules += QStringLiteral("*.info=false\n");
    if (level == u"error")
        rules += QStringLiteral("*.warning=false\n");
    QLoggingCategory::setFilterRules(rules);
}

} // namespace flowgate::app
