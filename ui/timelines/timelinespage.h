// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/gatewayfiltermodel.h"
#include "ui/models/timelinemodel.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QMenu;
class QSplitter;
class QStackedWidget;

namespace flowgate::ui {

class EmptyState;
class PastList;
class PlainLabel;
class TimelineFeed;
class TimelineView;
class Workspace;

/// The past of the whole fleet: a row a gateway, over the stretch of time that is looked at; what happened to the
/// chosen one in words below.
class TimelinesPage final : public QWidget
{
    Q_OBJECT
public:
    explicit TimelinesPage(Workspace &workspace, QWidget *parent = nullptr);

Q_SIGNALS:
    void gatewayRequested(const flowgate::domain::GatewayId &id);

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *makeBar();
    void applyFilter();
    void chooseFacts();
    void sortBy(int section);
    void listGateways();
    void showChosen();
    void showEmpty();
    void openChosen();
    void fillExport(QMenu &menu);
    void askForFile(const QString &suffix);
    void savePicture(const QString &path);
    void saveTable(const QString &path);
    void tellSaved(const QString &path, const QString &trouble);
    [[nodiscard]] models::TimelineRow rowOf(const domain::Gateway &gateway) const;

    Workspace &m_workspace;
    models::GatewayFilterModel m_shown;
    models::TimelineModel m_rows;
    QTimer m_listSoon;
    domain::SpanKind m_fact = domain::SpanKind::Health; ///< what "Now" is about
    QLineEdit *m_filter = nullptr;
    QComboBox *m_facts = nullptr;
    PlainLabel *m_note = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    QSplitter *m_parts = nullptr;
    TimelineView *m_view = nullptr;
    TimelineFeed *m_feed = nullptr;
    PlainLabel *m_chosen = nullptr;
    PastList *m_past = nullptr;
};

} // namespace flowgate::ui
