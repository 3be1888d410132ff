// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/configset.h"
#include "ui/models/comparemodel.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QTableView;

namespace flowgate::ui {

class PlainLabel;
class Workspace;

/// A window with 2 to 20 gateways side by side, as they were when it was opened.
class CompareWindow final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int fewest = 2;
    static constexpr int most = 20;

    CompareWindow(Workspace &workspace, const std::vector<app::GatewayPtr> &gateways, QWidget *parent);

private:
    void addConfig(int number, const domain::ConfigSet &config);
    void updateCount();

    models::CompareModel m_model;
    models::CompareFilterModel m_shown;
    QLineEdit *m_filter = nullptr;
    QCheckBox *m_only = nullptr;
    PlainLabel *m_count = nullptr;
    QTableView *m_table = nullptr;
};

} // namespace flowgate::ui
