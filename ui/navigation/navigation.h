// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

namespace flowgate::ui {

/// The pages of the window, slim, on the left; a quiet number behind those that have one.
class Navigation final : public QListWidget
{
    Q_OBJECT
public:
    explicit Navigation(QWidget *parent = nullptr);

    void addPage(const QString &icon, const QString &name);
    /// @param count  below 0: none
    void setCount(int page, int count);
};

} // namespace flowgate::ui
