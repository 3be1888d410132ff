// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/failure.h"
#include "domain/moment.h"
#include "ui/models/gatewayfiltermodel.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QStackedWidget;
class QTableView;

namespace flowgate::ui {

class EmptyState;
class MomentBar;
class PartChips;
class PlainLabel;
class Workspace;

/// The fleet at a minute of the past. Nothing in it is live, and it has nothing that could change a gateway.
class PastView final : public QWidget
{
    Q_OBJECT
public:
    explicit PastView(Workspace &workspace, QWidget *parent = nullptr);

    /// Begins anew at the last minute.
    void start();

Q_SIGNALS:
    void backRequested();

private:
    void ask();
    void show(const domain::FleetMoment &moment);
    void count();
    void tellWhatIsMissing();
    void tellLate();
    void fail(const app::Failure &failure);
    void tellChosen();

    Workspace &m_workspace;
    models::GatewayModel m_then;
    models::GatewayFilterModel m_shown;
    QTimer m_askSoon;
    QTimer m_late; ///< an answer that takes so long is told of
    bool m_isWaiting = false;
    bool m_hasFailed = false;             ///< the moment that was asked for last could not be read
    std::optional<domain::WallTime> m_at; ///< the moment that the rows are of; nothing: none was read yet
    int m_unknown = 0;                    ///< gateways of today that were not known then
    MomentBar *m_bar = nullptr;
    QLineEdit *m_filter = nullptr;
    PartChips *m_chips = nullptr;
    PlainLabel *m_count = nullptr;
    PlainLabel *m_trouble = nullptr;
    PlainLabel *m_chosen = nullptr;
    QStackedWidget *m_stack = nullptr;
    QTableView *m_table = nullptr;
    EmptyState *m_empty = nullptr;
};

} // namespace flowgate::ui
