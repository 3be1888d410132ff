// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controlplane.h"
#include "ui/models/configlistmodel.h"
#include "ui/models/problemmodel.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace flowgate::ui {

class YamlEditor;

/// The library: configs on the left, the text of the chosen one, its problems below.
class ConfigsPage final : public QWidget
{
    Q_OBJECT
public:
    explicit ConfigsPage(app::ControlPlane &plane, QWidget *parent = nullptr);

    void setConfigs(const std::vector<app::ConfigSummary> &configs) { m_configs.apply(configs); }

Q_SIGNALS:
    void rollOutRequested(const QString &config);

private:
    void open(const QString &name);
    void makeNew();
    void save();
    void check();
    void updateTitle();

    app::ControlPlane &m_plane;
    models::ConfigListModel m_configs;
    models::ProblemModel m_problems;
    QString m_name;     ///< of the config in the editor; empty: none
    QString m_fileName; ///< of its one file
    QTimer m_checkSoon;
    QTableView *m_list = nullptr;
    QLabel *m_title = nullptr;
    YamlEditor *m_editor = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_rollOut = nullptr;
};

} // namespace flowgate::ui
