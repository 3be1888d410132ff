// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/event.h"
#include "ui/models/eventfiltermodel.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace flowgate::ui {

class EmptyState;
class PlainLabel;
class Workspace;

/// Who did what and what happened, newest first. Follows what comes while its beginning is looked at; else it holds
/// still and says how many came.
class EventsPage final : public QWidget
{
    Q_OBJECT
public:
    explicit EventsPage(Workspace &workspace, QWidget *parent = nullptr);

Q_SIGNALS:
    /// What an event is about, to be opened.
    void gatewayRequested(const flowgate::domain::GatewayId &id);
    void rolloutRequested(const QString &id);
    void configRequested(const QString &name, int version);

private:
    [[nodiscard]] QLayout *makeBar();
    void updateCounts();
    void addKinds(int first, int last);
    void noteInserted(int first, int last);
    void noteScrolled();
    void goToNewest();
    void copy();
    void saveAs();
    void openObject();
    void showMenu(const QPoint &at);
    [[nodiscard]] domain::Event current() const;
    [[nodiscard]] std::vector<domain::Event> chosenOrShown() const;
    [[nodiscard]] QString rolloutOf(const domain::Event &event) const;

    Workspace &m_workspace;
    models::EventFilterModel m_shown;
    int m_new = 0; ///< that came while something else was looked at
    QLineEdit *m_filter = nullptr;
    QComboBox *m_kind = nullptr;
    QPushButton *m_follow = nullptr;
    PlainLabel *m_count = nullptr;
    QStackedWidget *m_stack = nullptr;
    QTableView *m_table = nullptr;
    EmptyState *m_empty = nullptr;
};

} // namespace flowgate::ui
