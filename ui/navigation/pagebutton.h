// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace flowgate::ui {

/// One page in the navigation: icon, word, number.
class PageButton final : public QAbstractButton
{
    Q_OBJECT
public:
    PageButton(const QIcon &icon, const QString &name, QWidget *parent = nullptr);

    /// @param count  below 0: none
    void setCount(int count);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QString countText() const;

    int m_count = -1;
};

} // namespace flowgate::ui
