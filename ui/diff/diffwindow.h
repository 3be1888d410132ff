// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/configtree.h"
#include "ui/models/diffmodel.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QTableView;

namespace flowgate::ui {

class PlainLabel;
class Workspace;

/// One side of a comparison.
struct DiffSide
{
    QString name; ///< "base @3", "effective of lab-1"
    domain::ConfigSet files;
    /// What a gateway runs: what it has beside the other side is by design, unless it is not as wanted.
    bool isEffective = false;
};

/// Two configs beside each other, by text or by what they mean. Passwords and the like are hidden until asked for.
class DiffWindow final : public QWidget
{
    Q_OBJECT
public:
    DiffWindow(Workspace &workspace, DiffSide before, DiffSide after, QWidget *parent = nullptr);

    [[nodiscard]] models::DiffModel &model() { return m_model; }

private:
    void refresh();
    void step(int by);
    void copyPatch();
    [[nodiscard]] QByteArray textOf(const DiffSide &side) const;
    [[nodiscard]] QByteArray joined(const domain::ConfigSet &files) const;
    [[nodiscard]] collector::ConfigTree treeOf(const DiffSide &side) const;
    [[nodiscard]] QString countText() const;

    void expect();

    DiffSide m_before;
    DiffSide m_after;
    QSet<int> m_byDesign;      ///< lines of the newer text
    QStringList m_differences; ///< paths that are not as wanted
    bool m_isExpected = false; ///< what differs is by design, but for m_differences
    bool m_isHalf = false;     ///< one side could not be read to its end, so its structure is not known
    QString m_notCompared;     ///< what could not be compared, in words; empty: all was
    models::DiffModel m_model;
    QComboBox *m_mode = nullptr;
    QCheckBox *m_whole = nullptr;
    QCheckBox *m_reveal = nullptr;
    PlainLabel *m_count = nullptr;
    QTableView *m_table = nullptr;
};

} // namespace flowgate::ui
