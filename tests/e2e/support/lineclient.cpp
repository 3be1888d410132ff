// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/support/lineclient.h"

#include "tests/e2e/support/processes.h"

#include <QJsonDocument>

namespace flowgate::tests {

LineClient::~LineClient()
{
    m_process.kill();
    m_process.waitForFinished(flowgate::tests::patience);
}

bool LineClient::start(const QString &program, const QStringList &arguments)
{
    bindToParent(m_process);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program, arguments);
    return m_process.waitForStarted(flowgate::tests::patience);
}

bool LineClient::tell(const QByteArray &command)
{
    const auto done = [this] { return all(QStringLiteral("done")).size(); };
    const qsizetype before = done();
    write(command);
    return eventually([&] { return done() > before; });
}

void LineClient::write(const QByteArray &line)
{
    m_process.write(line + '\n');
    m_process.waitForBytesWritten();
}

QJsonObject LineClient::last(const QString &event)
{
    const QList<QJsonObject> found = all(event);
    return found.isEmpty() ? QJsonObject() : found.last();
}

QList<QJsonObject> LineClient::all(const QString &event)
{
    read();
    QList<QJsonObject> found;
    for (const QJsonObject &one : std::as_const(m_events)) {
        if (one.value(QStringLiteral("event")) == event)
            found.append(one);
    }
    return found;
}

int LineClient::quit()
{
    write("quit");
    return m_process.waitForFinished(patience) ? m_process.exitCode() : -1;
}

void LineClient::read()
{
    m_process.waitForReadyRead(1);
    while (m_process.canReadLine())
        m_events.append(QJsonDocument::fromJson(m_process.readLine()).object());
}

} // namespace flowgate::tests
