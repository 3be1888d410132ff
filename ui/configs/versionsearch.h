// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/hitmodel.h"

#include <QDialog>
#include <QTimer>

class QLineEdit;
class QTableView;

namespace flowgate::ui {

class PlainLabel;
class Workspace;

/// Finds lines in all versions of all configs, while a text is typed; a chosen line opens its version there.
class VersionSearch final : public QDialog
{
    Q_OBJECT
public:
    VersionSearch(Workspace &workspace, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &config, int version, const QString &file, int line);

private:
    void search();
    void choose();

    Workspace &m_workspace;
    models::HitModel m_hits;
    QTimer m_soon;
    QString m_asked; ///< what the answer is awaited for: others are late
    QLineEdit *m_text = nullptr;
    QTableView *m_table = nullptr;
    PlainLabel *m_count = nullptr;
};

} // namespace flowgate::ui
