// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/bundlemodel.h"
#include "ui/operations/operations.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QComboBox;
class QPushButton;

namespace flowgate::ui {

class PlainLabel;
class Workspace;

/// What is in a bundle, which parts of it to take, and what would come of it; importing only then. Not modal.
class ImportDialog final : public QDialog
{
    Q_OBJECT
public:
    ImportDialog(Workspace &workspace, const QString &path, QWidget *parent);

    [[nodiscard]] models::BundleModel &model() { return m_model; }

private:
    [[nodiscard]] app::BundleWish wish() const;
    void plan();
    void show(const app::Outcome<app::BundleReport> &report);
    void import();

    Workspace &m_workspace;
    QString m_path;
    models::BundleModel m_model;
    std::vector<std::pair<app::BundlePart, QCheckBox *>> m_parts;
    QComboBox *m_conflicts = nullptr;
    PlainLabel *m_head = nullptr;
    PlainLabel *m_note = nullptr;
    QPushButton *m_import = nullptr;
    int m_asked = 0; ///< the newest question: answers to older ones are late
};

} // namespace flowgate::ui
