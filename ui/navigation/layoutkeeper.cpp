// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/navigation/layoutkeeper.h"

#include "ui/navigation/rowmemory.h"

#include <QDockWidget>
#include <QEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMainWindow>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>

namespace flowgate::ui {

namespace {

/// Bumped when columns or panes change, so that an old layout is not forced on them.
constexpr int layoutVersion = 2;
constexpr int soon = 1000; // ms
constexpr int longestFilter = 2000;

QString layoutKey(const QString &key)
{
    return QStringLiteral("layout%1/%2").arg(layoutVersion).arg(key);
}

} // namespace

LayoutKeeper::LayoutKeeper(QWidget &window, QSettings &settings, QObject *parent)
    : QObject(parent)
    , m_window(window)
    , m_settings(settings)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(soon);
    connect(&m_soon, &QTimer::timeout, this, &LayoutKeeper::save);
    window.installEventFilter(this);
    add(
        window.objectName(), [&window] { return window.saveGeometry(); },
        [&window](const QVariant &state) { window.restoreGeometry(state.toByteArray()); });
}

void LayoutKeeper::add(const QString &key, std::function<QVariant()> save,
                       std::function<void(const QVariant &)> restore)
{
    m_items.push_back({layoutKey(key), std::move(save), std::move(restore), {}, {}});
}

void LayoutKeeper::addDocks(QMainWindow &host, std::function<void(const QByteArray &)> restore)
{
    add(
        host.objectName(), [&host] { return host.saveState(); },
        [restore = std::move(restore)](const QVariant &state) { restore(state.toByteArray()); });
    // Before anything is restored: docks where the page put them, as wide as it likes.
    m_items.back().first = QByteArray();
    for (QDockWidget *dock : host.findChildren<QDockWidget *>()) {
        connect(dock, &QDockWidget::topLevelChanged, this, &LayoutKeeper::noteChange);
        connect(dock, &QDockWidget::dockLocationChanged, this, &LayoutKeeper::noteChange);
        connect(dock, &QDockWidget::visibilityChanged, this, &LayoutKeeper::noteChange);
        dock->installEventFilter(this);
    }
}

void LayoutKeeper::addNamed()
{
    // Parts of other widgets that Qt names itself are not ours to keep.
    const auto isNamed = [](const QObject &object) {
        return !object.objectName().isEmpty() && !object.objectName().startsWith(QStringLiteral("qt_"));
    };
    for (QSplitter *splitter : m_window.findChildren<QSplitter *>()) {
        if (isNamed(*splitter))
            addSplitter(*splitter);
    }
    for (QTabWidget *tabs : m_window.findChildren<QTabWidget *>()) {
        if (isNamed(*tabs))
            addTabs(*tabs);
    }
    for (QLineEdit *field : m_window.findChildren<QLineEdit *>()) {
        if (isNamed(*field))
            addField(*field);
    }
    for (QHeaderView *header : m_window.findChildren<QHeaderView *>()) {
        if (!isNamed(*header))
            continue;
        addHeader(*header);
        if (auto *table = qobject_cast<QTableView *>(header->parentWidget()))
            addRows(*table, header->objectName());
    }
}

void LayoutKeeper::addSplitter(QSplitter &splitter)
{
    add(
        splitter.objectName(), [&splitter] { return splitter.saveState(); },
        [&splitter](const QVariant &state) { splitter.restoreState(state.toByteArray()); });
    connect(&splitter, &QSplitter::splitterMoved, this, &LayoutKeeper::noteChange);
}

void LayoutKeeper::addHeader(QHeaderView &header)
{
    add(
        header.objectName(),
        [&header] {
            return QVariantList{header.count(), header.saveState()};
        },
        [&header](const QVariant &state) {
            // A state of another number of columns is from another version.
            const QVariantList parts = state.toList();
            if (parts.size() == 2 && parts.front().toInt() == header.count())
                header.restoreState(parts.back().toByteArray());
        });
    connect(&header, &QHeaderView::sectionResized, this, &LayoutKeeper::noteChange);
    connect(&header, &QHeaderView::sectionMoved, this, &LayoutKeeper::noteChange);
    connect(&header, &QHeaderView::sortIndicatorChanged, this, &LayoutKeeper::noteChange);
}

void LayoutKeeper::addTabs(QTabWidget &tabs)
{
    add(
        tabs.objectName(), [&tabs] { return tabs.currentIndex(); },
        [&tabs](const QVariant &state) { tabs.setCurrentIndex(std::clamp(state.toInt(), 0, tabs.count() - 1)); });
    connect(&tabs, &QTabWidget::currentChanged, this, &LayoutKeeper::noteChange);
}

void LayoutKeeper::addField(QLineEdit &field)
{
    add(
        field.objectName(), [&field] { return field.text().left(longestFilter); },
        [&field](const QVariant &state) { field.setText(state.toString().left(longestFilter)); });
    connect(&field, &QLineEdit::textChanged, this, &LayoutKeeper::noteChange);
}

void LayoutKeeper::addRows(QTableView &table, const QString &name)
{
    auto *memory = new RowMemory(table, this);
    add(
        name + QStringLiteral("Rows"), [memory] { return memory->state(); },
        [memory](const QVariant &state) { memory->recall(state); });
    connect(memory, &RowMemory::changed, this, &LayoutKeeper::noteChange);
}

void LayoutKeeper::restore()
{
    m_restoring = true;
    // All of them before the first is restored: what one brings back may change another.
    for (Item &item : m_items) {
        if (!item.first.isValid())
            item.first = item.save();
    }
    for (Item &item : m_items) {
        if (m_settings.contains(item.key)) {
            item.kept = m_settings.value(item.key);
            item.restore(item.kept);
        }
    }
    m_restoring = false;
}

void LayoutKeeper::reset()
{
    m_restoring = true;
    for (Item &item : m_items) {
        item.restore(item.first);
        item.kept = {};
        m_settings.remove(item.key);
    }
    m_restoring = false;
    noteChange();
}

void LayoutKeeper::noteChange()
{
    // Not put off by further changes: what happens all the time is written once a second.
    if (!m_restoring && !m_soon.isActive())
        m_soon.start();
}

void LayoutKeeper::save()
{
    m_soon.stop();
    bool changed = false;
    for (Item &item : m_items) {
        const QVariant now = item.save();
        if (now == item.kept)
            continue;
        item.kept = now;
        m_settings.setValue(item.key, now);
        changed = true;
    }
    if (changed)
        m_settings.sync();
}

bool LayoutKeeper::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::WindowStateChange:
        noteChange();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace flowgate::ui
