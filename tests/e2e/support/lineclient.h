// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QProcess>

namespace flowgate::tests {

/// A stranger's client as a process: commands go in, a line each; events come out, a JSON object a line with "event".
/// Ends with the object.
class LineClient
{
public:
    ~LineClient();

    [[nodiscard]] bool start(const QString &program, const QStringList &arguments);
    /// Gives it a command and waits until it says that it took effect.
    [[nodiscard]] bool tell(const QByteArray &command);
    /// The newest event of that name, or an empty object.
    [[nodiscard]] QJsonObject last(const QString &event);
    [[nodiscard]] QList<QJsonObject> all(const QString &event);
    /// Says that it may end; the exit code, -1 if it does not end.
    int quit();

private:
    void write(const QByteArray &line);
    void read();

    QProcess m_process;
    QList<QJsonObject> m_events;
};

} // namespace flowgate::tests
