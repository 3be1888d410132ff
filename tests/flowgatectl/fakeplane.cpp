// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/flowgatectl/fakeplane.h"

#include <QJsonDocument>
#include <QSignalSpy>

namespace flowgate::ctltest {

FakePlane::FakePlane()
{
    if (!m_server.listen(m_folder.filePath(QStringLiteral("control.sock"))))
        qFatal("cannot listen: %s", qPrintable(m_server.errorString()));
    connect(&m_server, &QLocalServer::newConnection, this, &FakePlane::accept);
}

void FakePlane::stop()
{
    m_server.close();
    if (m_client)
        m_client->abort();
}

void FakePlane::accept()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        m_client = socket;
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
    }
}

void FakePlane::read(QLocalSocket *socket)
{
    if (!socket->canReadLine())
        return;
    m_requests.append(QJsonDocument::fromJson(socket->readLine()).object());
    if (m_answer.isNull())
        return;
    socket->write(m_answer);
    if (!m_stays)
        socket->disconnectFromServer();
}

Ran runCtl(const QStringList &arguments, const QByteArray &input, const QString &workingFolder)
{
    QProcess process;
    if (!workingFolder.isEmpty())
        process.setWorkingDirectory(workingFolder);
    QSignalSpy ended(&process, &QProcess::finished);
    process.start(QStringLiteral(FLOWGATE_CTL), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (ended.isEmpty() && !ended.wait(60'000)) {
        process.kill();
        process.waitForFinished(flowgate::tests::patience);
        return {};
    }
    const int exit = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return {exit, process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace flowgate::ctltest
