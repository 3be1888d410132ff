// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tokens/tokens.h"
#include "ui/models/tokenmodel.h"

#include <QWidget>

class QCheckBox;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace flowgate::ui {

class EmptyState;
class PlainLabel;
class Workspace;

/// The credentials that gateways bring: all that were made, and who is connected with each; makes and revokes them.
class TokensPage final : public QWidget
{
    Q_OBJECT
public:
    explicit TokensPage(Workspace &workspace, QWidget *parent = nullptr);

    /// Asks what the new one is to be, makes it, and shows its text.
    void makeNew();

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *makeBar();
    void refresh();
    void tick();
    void showState();
    void create(const app::TokenWish &wish, QWidget *dialog);
    void revoke();
    void showMenu(const QPoint &at);
    [[nodiscard]] const models::TokenRow *chosen() const;

    Workspace &m_workspace;
    models::TokenFilterModel m_shown;
    bool m_asked = false;
    int m_seconds = 0;
    QCheckBox *m_ended = nullptr;
    PlainLabel *m_count = nullptr;
    QPushButton *m_revoke = nullptr;
    QStackedWidget *m_stack = nullptr;
    QTableView *m_table = nullptr;
    EmptyState *m_empty = nullptr;
};

/// What revoking it does, in sentences, with who is connected with it now.
[[nodiscard]] QString revokingText(const models::TokenRow &row);

} // namespace flowgate::ui
