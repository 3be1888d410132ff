// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fillcolumn.h"

#include "ui/common/metrics.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>
#include <QTimer>

namespace flowgate::ui {

namespace {

/// Lives as long as its table.
class Filler final : public QObject
{
public:
    Filler(QTableView *table, int column, int least)
        : QObject(table)
        , m_table(table)
        , m_column(column)
        , m_least(least)
    {
        QHeaderView *header = table->horizontalHeader();
        header->setStretchLastSection(false);
        table->viewport()->installEventFilter(this);
        // Later: a header tells this from amid hiding a section, when it cannot bear to be changed again.
        m_soon.setSingleShot(true);
        m_soon.setInterval(0);
        connect(&m_soon, &QTimer::timeout, this, &Filler::fill);
        connect(header, &QHeaderView::sectionResized, this, [this] {
            if (!m_filling)
                m_soon.start();
        });
        connect(header, &QHeaderView::sectionCountChanged, &m_soon, qOverload<>(&QTimer::start));
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Resize)
            m_soon.start();
        return QObject::eventFilter(watched, event);
    }

private:
    void fill()
    {
        QHeaderView &header = *m_table->horizontalHeader();
        if (m_filling || header.isSectionHidden(m_column))
            return;
        const int others = header.length() - header.sectionSize(m_column);
        m_filling = true;
        header.resizeSection(m_column,
                             std::max(m_table->viewport()->width() - others, common::scaled(m_least, m_table->font())));
        m_filling = false;
    }

    QTableView *m_table;
    int m_column;
    int m_least;
    bool m_filling = false;
    QTimer m_soon;
};

} // namespace

void fillWith(QTableView *table, int column, int least)
{
    new Filler(table, column, least);
}

} // namespace flowgate::ui
