// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/commandmodel.h"

#include <QDialog>

class QLineEdit;
class QListView;

namespace flowgate::ui {

class PlainLabel;

/// A field and a list under it: type some letters of anything, Enter runs or jumps. Made for the keyboard alone.
/// Closes itself when something is run, with Escape, and when another window is looked at.
class CommandPalette final : public QDialog
{
    Q_OBJECT
public:
    explicit CommandPalette(std::vector<models::Command> commands, QWidget *parent);

Q_SIGNALS:
    /// The palette is gone from the screen by then.
    void chosen(const flowgate::models::Command &command);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void typed(const QString &text);
    void showReason();
    void run();

    models::CommandModel m_model;
    QLineEdit *m_field = nullptr;
    QListView *m_list = nullptr;
    PlainLabel *m_foot = nullptr;
};

} // namespace flowgate::ui
