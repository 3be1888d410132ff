// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace flowgate::ui {

class PlainLabel;

/// What a page shows while there is nothing to show: what it is for and what to do next.
class EmptyState final : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);

    /// @param action  what the button says; empty: no button
    void show(const QString &title, const QString &next, const QString &action = {});
    /// Something to copy, in the monospace font; empty: nothing.
    void setCode(const QString &code);

Q_SIGNALS:
    void activated();

private:
    PlainLabel *m_title = nullptr;
    PlainLabel *m_next = nullptr;
    PlainLabel *m_code = nullptr;
    QPushButton *m_action = nullptr;
};

} // namespace flowgate::ui
