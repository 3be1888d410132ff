// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSettings>
#include <QTimer>

#include <functional>
#include <vector>

class QHeaderView;
class QLineEdit;
class QMainWindow;
class QSplitter;
class QTableView;
class QTabWidget;
class QWidget;

namespace flowgate::ui {

/// Remembers how the window is arranged: what is written soon after each change survives a crash too. The file is
/// replaced as a whole (QSettings does so), never half written.
///
/// A widget that has an objectName() is remembered: splitters, headers of tables (widths, order, sorting, hidden
/// columns), tab widgets, filter fields, and the chosen row of a table whose header has a name.
class LayoutKeeper final : public QObject
{
    Q_OBJECT
public:
    /// @param settings  outlive this
    LayoutKeeper(QWidget &window, QSettings &settings, QObject *parent = nullptr);

    /// Anything else. Call noteChange() when it changed.
    /// @param restore  gets what save gave, or what an older version wrote: to be judged there
    void add(const QString &key, std::function<QVariant()> save, std::function<void(const QVariant &)> restore);
    /// Docks of @p host, by its objectName().
    void addDocks(QMainWindow &host, std::function<void(const QByteArray &)> restore);
    /// Every named widget below the window.
    void addNamed();

    /// Once, when all is added.
    void restore();
    /// All as it was before anything was restored, now and after the next start.
    void reset();
    void noteChange();
    /// Without waiting.
    void save();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Item
    {
        QString key;
        std::function<QVariant()> save;
        std::function<void(const QVariant &)> restore;
        QVariant first; ///< before anything was restored
        QVariant kept;  ///< what the settings hold
    };
    void addSplitter(QSplitter &splitter);
    void addHeader(QHeaderView &header);
    void addTabs(QTabWidget &tabs);
    void addField(QLineEdit &field);
    void addRows(QTableView &table, const QString &name);

    QWidget &m_window;
    QSettings &m_settings;
    std::vector<Item> m_items;
    QTimer m_soon;
    bool m_restoring = false;
};

} // namespace flowgate::ui
