// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controlplane.h"
#include "ui/models/previewmodel.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace flowgate::ui {

/// Asks what to roll out to whom, and shows before it starts whom it reaches and why not.
class RolloutDialog final : public QDialog
{
    Q_OBJECT
public:
    RolloutDialog(app::ControlPlane &plane, const QStringList &configs, const QString &config, const QString &selector,
                  QWidget *parent = nullptr);

private:
    void preview();
    void begin();
    void updateButton();

    app::ControlPlane &m_plane;
    models::PreviewModel m_plan;
    QTimer m_soon;
    QComboBox *m_config = nullptr;
    QLineEdit *m_selector = nullptr;
    QLineEdit *m_waves = nullptr;
    QSpinBox *m_soak = nullptr;
    QSpinBox *m_timeout = nullptr;
    QCheckBox *m_putBack = nullptr;
    QCheckBox *m_force = nullptr;
    QLabel *m_words = nullptr;
    QPushButton *m_start = nullptr;
};

} // namespace flowgate::ui
