// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tablelook.h"

#include "ui/widgets/statusdelegate.h"
#include "ui/workspace.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>
#include <QTimer>
#include <QTreeView>

#include <cmath>

namespace flowgate::ui {

namespace {

/// Follows the font of one view, which follows the application's.
class Follower final : public QObject
{
public:
    Follower(QAbstractItemView *view, Workspace &workspace)
        : QObject(view)
        , m_view(view)
        , m_workspace(workspace)
        , m_points(common::textSizes(view->font()).normal)
    {
        view->installEventFilter(this);
        connect(&workspace.preferences(), &Preferences::changed, this, &Follower::follow);
        if (auto *delegate = view->itemDelegate())
            connect(delegate, &QAbstractItemDelegate::sizeHintChanged, this, &Follower::follow);
        follow();
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::FontChange)
            QTimer::singleShot(0, this, &Follower::follow); // the view takes the font first
        return QObject::eventFilter(watched, event);
    }

private:
    void follow()
    {
        const WindowLook &look = m_workspace.preferences().look();
        int height = common::rowHeight(m_view->fontMetrics(), look.density);
        if (auto *delegate = qobject_cast<StatusDelegate *>(m_view->itemDelegate())) {
            if (delegate->hasTwoLines())
                height += m_view->fontMetrics().height();
            delegate->setLook(height, look.exactTimes);
        }
        if (auto *table = qobject_cast<QTableView *>(m_view)) {
            table->verticalHeader()->setMinimumSectionSize(height);
            table->verticalHeader()->setDefaultSectionSize(height);
            widen(*table->horizontalHeader());
        } else if (auto *tree = qobject_cast<QTreeView *>(m_view)) {
            tree->doItemsLayout();
        }
        m_view->viewport()->update();
    }

    /// A column holds as many letters as before.
    void widen(QHeaderView &header)
    {
        const qreal points = common::textSizes(m_view->font()).normal;
        const qreal ratio = points / std::exchange(m_points, points);
        if (std::abs(ratio - 1) < 0.01)
            return;
        for (int column = 0; column < header.count(); ++column) {
            if (!header.isSectionHidden(column))
                header.resizeSection(column, static_cast<int>(std::lround(header.sectionSize(column) * ratio)));
        }
    }

    QAbstractItemView *m_view;
    Workspace &m_workspace;
    qreal m_points;
};

} // namespace

void followLook(QAbstractItemView *view, Workspace &workspace)
{
    new Follower(view, workspace);
    QObject::connect(&workspace, &Workspace::second, view, [view] {
        if (view->isVisible())
            view->viewport()->update();
    });
}

} // namespace flowgate::ui
