// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/operations/operations.h"

#include <QStatusBar>

class QPushButton;

namespace flowgate::ui {

class StatusPart;
class Workspace;

/// The truth about the endpoint, the fleet and the database, always in sight.
class StatusLine final : public QStatusBar
{
    Q_OBJECT
public:
    /// @param endpoints  that are listened on; empty: on none
    StatusLine(Workspace &workspace, const QStringList &endpoints, QWidget *parent = nullptr);

    /// @param trouble  empty: the database takes what it is given
    void setStoreTrouble(const QString &trouble);
    /// @param hidden  gateways that the fleet's filter keeps from being seen
    void setHidden(int hidden);

Q_SIGNALS:
    void showAllRequested();
    /// What gateways are to connect to: the public address where one is set, else where it listens.
    void endpointsTold(const QStringList &endpoints);
    void findRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void tick();
    void askStatus();
    void takeStatus(const app::Status &status);
    void showEndpoint();
    void showFleet();
    void showDatabase();

    Workspace &m_workspace;
    QStringList m_endpoints;
    QString m_certificate;                              ///< in words
    QString m_refusals;                                 ///< the same
    std::optional<domain::WallTime> m_networkGoneSince; ///< as the control plane last told
    QString m_trouble;
    QString m_rateText;
    qint64 m_databaseBytes = -1;
    quint64 m_messages = 0;
    domain::milliseconds m_messagesAt{};
    domain::milliseconds m_askedAt{}; ///< of the question that was not answered yet; 0: none is open
    int m_seconds = 0;
    StatusPart *m_endpoint = nullptr;
    QPushButton *m_copy = nullptr;
    StatusPart *m_fleet = nullptr;
    QPushButton *m_hidden = nullptr;
    StatusPart *m_rate = nullptr;
    StatusPart *m_database = nullptr;
    QPushButton *m_find = nullptr;
};

} // namespace flowgate::ui
