// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/previewmodel.h"
#include "ui/models/sortfiltermodel.h"
#include "ui/operations/operations.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;
class QTableView;

namespace flowgate::ui {

class PlainLabel;
class Workspace;

/// Asks what to roll out to whom, and shows before anything starts whom it reaches, with a verdict each.
class RolloutDialog final : public QDialog
{
    Q_OBJECT
public:
    /// @param config    "base@4", "base" (its newest version) or empty (the first config)
    /// @param selector  may be empty
    RolloutDialog(Workspace &workspace, const QString &config, const QString &selector, QWidget *parent = nullptr);

Q_SIGNALS:
    void started(const QString &rolloutId);

private:
    void makeFields(QFormLayout &form);
    void takeDefaults(const domain::RolloutOptions &defaults);
    void loadVersions();
    void changed();
    void preview();
    void showPlan(const app::Outcome<std::vector<app::PlannedTarget>> &plan);
    void updateButton();
    void updateVerdicts();
    void updateWaves();
    void showChanges();
    void begin();
    [[nodiscard]] QString config() const;
    /// The options as typed; nothing where one cannot be read: @p trouble says which.
    [[nodiscard]] std::optional<domain::RolloutOptions> options(QString &trouble) const;

    Workspace &m_workspace;
    models::PreviewModel m_plan;
    models::PreviewFilterModel m_sorted;
    QTimer m_soon;
    QTimer m_again;         ///< the fleet moved: the plan may differ
    quint64 m_question = 0; ///< counts up: an answer to an earlier one is late
    bool m_planned = false; ///< what is shown is about what is typed
    bool m_starting = false;
    int m_wantedVersion = 0;
    QTableView *m_table = nullptr;
    QPushButton *m_changes = nullptr;
    QComboBox *m_config = nullptr;
    QComboBox *m_version = nullptr;
    QLineEdit *m_selector = nullptr;
    QLineEdit *m_waves = nullptr;
    QLineEdit *m_soak = nullptr;
    QLineEdit *m_timeout = nullptr;
    QCheckBox *m_putBack = nullptr;
    QCheckBox *m_force = nullptr;
    PlainLabel *m_counts = nullptr;
    PlainLabel *m_waveHint = nullptr;
    QLineEdit *m_search = nullptr;
    QComboBox *m_verdict = nullptr;
    PlainLabel *m_trouble = nullptr;
    QPushButton *m_start = nullptr;
};

} // namespace flowgate::ui
