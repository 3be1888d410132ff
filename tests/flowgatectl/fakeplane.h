// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/patience.h"

#include <QJsonObject>
#include <QLocalServer>
#include <QLocalSocket>
#include <QPointer>
#include <QProcess>
#include <QTemporaryDir>

namespace flowgate::ctltest {

/// A control plane that says what the test wants to whoever asks. Lives on the test's thread.
class FakePlane final : public QObject
{
    Q_OBJECT
public:
    FakePlane();

    [[nodiscard]] QString folder() const { return m_folder.path(); }
    /// Sent for each request, then the connection is closed. Null: nothing is said and it stays open.
    void setAnswer(const QByteArray &bytes) { m_answer = bytes; }
    /// Keeps the connection open after the answer, as a stream does.
    void setStays(bool stays) { m_stays = stays; }
    [[nodiscard]] const QList<QJsonObject> &requests() const { return m_requests; }
    [[nodiscard]] QLocalSocket *client() const { return m_client; }
    void stop();

private:
    void accept();
    void read(QLocalSocket *socket);

    QTemporaryDir m_folder;
    QLocalServer m_server;
    QByteArray m_answer;
    bool m_stays = false;
    QList<QJsonObject> m_requests;
    QPointer<QLocalSocket> m_client;
};

/// What a run of the program left behind.
struct Ran
{
    int exit = -1; ///< -1: did not end by itself
    QByteArray out;
    QByteArray err;
};

/// Runs flowgatectl to its end.
[[nodiscard]] Ran runCtl(const QStringList &arguments, const QByteArray &input = {}, const QString &workingFolder = {});

} // namespace flowgate::ctltest
