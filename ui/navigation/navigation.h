// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QButtonGroup;
class QVBoxLayout;

namespace flowgate::ui {

class PageButton;

/// The pages of the window, slim, at the side: an icon and a word each, a quiet number behind those that have one.
/// The arrow keys move between pages.
class Navigation final : public QWidget
{
    Q_OBJECT
public:
    enum class Place { Top, Foot };

    explicit Navigation(QWidget *parent = nullptr);

    /// Pages count from 0 in the order they are added.
    void addPage(const QString &icon, const QString &name, Place place = Place::Top);
    /// @param count  below 0: none
    void setCount(int page, int count);
    [[nodiscard]] int count() const { return static_cast<int>(m_pages.size()); }
    [[nodiscard]] QString name(int page) const;
    [[nodiscard]] int current() const;
    void setCurrent(int page);

Q_SIGNALS:
    void currentChanged(int page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QButtonGroup *m_group = nullptr;
    QVBoxLayout *m_top = nullptr;
    QVBoxLayout *m_foot = nullptr;
    std::vector<PageButton *> m_pages;
};

} // namespace flowgate::ui
