// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desk.h"

#include <QStatusBar>

namespace flowgate::ui {

class PlainLabel;
class StatusLabel;
class Workspace;

/// The truth about the endpoint and the database, always in sight.
class StatusLine final : public QStatusBar
{
    Q_OBJECT
public:
    StatusLine(Workspace &workspace, const QStringList &endpoints, QWidget *parent = nullptr);

    /// @param trouble  empty: the database takes what it is given
    void setStoreTrouble(const QString &trouble);

private:
    void askStatus();
    void showStatus(const app::Status &status);
    void showDatabase();

    Workspace &m_workspace;
    QString m_trouble;
    qint64 m_databaseBytes = -1;
    quint64 m_messages = 0;
    domain::milliseconds m_messagesAt{};
    int m_seconds = 0;
    StatusLabel *m_endpoint = nullptr;
    PlainLabel *m_connected = nullptr;
    PlainLabel *m_rate = nullptr;
    StatusLabel *m_database = nullptr;
};

} // namespace flowgate::ui
