// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/navigation.h"

#include "ui/common/theme.h"
#include "ui/navigation/pagebutton.h"
#include "ui/widgets/icons.h"

#include <QButtonGroup>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace flowgate::ui {

Navigation::Navigation(QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
    , m_top(new QVBoxLayout)
    , m_foot(new QVBoxLayout)
{
    setObjectName(QStringLiteral("navigation"));
    setAccessibleName(tr("Pages"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(common::space::small, common::space::small, common::space::small, common::space::small);
    layout->setSpacing(0);
    m_top->setSpacing(0);
    m_foot->setSpacing(0);
    layout->addLayout(m_top);
    layout->addStretch(1);
    layout->addLayout(m_foot);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int page, bool checked) {
        if (!checked)
            return;
        // Where the focus is among the pages, it goes along; also while another window has it, and gives it back.
        const QWidget *focused = window()->focusWidget();
        if (std::ranges::any_of(m_pages, [focused](const PageButton *one) { return one == focused; }))
            m_pages.at(size_t(page))->setFocus();
        setFocusProxy(m_pages.at(size_t(page)));
        Q_EMIT currentChanged(page);
    });
}

void Navigation::addPage(const QString &icon, const QString &name, Place place)
{
    auto *button = new PageButton(lineIcon(icon), name, this);
    m_group->addButton(button, count());
    (place == Place::Top ? m_top : m_foot)->addWidget(button);
    m_pages.push_back(button);
}

void Navigation::setCount(int page, int count)
{
    m_pages.at(size_t(page))->setCount(count);
}

QString Navigation::name(int page) const
{
    return m_pages.at(size_t(page))->text();
}

int Navigation::current() const
{
    return m_group->checkedId();
}

void Navigation::setCurrent(int page)
{
    m_pages.at(size_t(page))->setChecked(true);
}

void Navigation::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const common::Theme &theme = common::themeOf(palette());
    painter.fillRect(rect(), theme.panel);
    painter.setPen(theme.line);
    const int edge = layoutDirection() == Qt::LeftToRight ? width() - 1 : 0;
    painter.drawLine(edge, 0, edge, height());
}

} // namespace flowgate::ui
