// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "domain/configset.h"
#include "ui/models/offermodel.h"

#include <QWidget>

class QCheckBox;
class QPushButton;
class QSplitter;
class QTableView;
class QTableWidget;

namespace flowgate::ui {

class PlainLabel;
class StatusLabel;
class Workspace;
class YamlEditor;

/// What a gateway should run and what it says it runs, with the differences.
class ConfigTab final : public QWidget
{
    Q_OBJECT
public:
    explicit ConfigTab(Workspace &workspace, QWidget *parent = nullptr);

    void show(const app::GatewayPtr &gateway);

Q_SIGNALS:
    void openConfigRequested(const QString &config, int version);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// What one of the two views shows.
    struct Side
    {
        domain::ConfigHash hash; ///< that was asked for; none: there is nothing to show
        std::optional<domain::ConfigSet> files;
        QString trouble;    ///< why there are none
        QStringList others; ///< files that are no part of what runs
    };
    void adopt();
    void showState();
    void showDifferences();
    void loadWanted();
    void loadEffective();
    void clear(Side &side);
    void showTexts();
    void markLines();

    Workspace &m_workspace;
    app::GatewayPtr m_gateway;
    Side m_wantedSide;
    Side m_effectiveSide;
    std::optional<domain::Containment> m_containmentShown;
    StatusLabel *m_state = nullptr;
    PlainLabel *m_why = nullptr;
    PlainLabel *m_notCompared = nullptr;
    QCheckBox *m_reveal = nullptr;
    QPushButton *m_compare = nullptr;
    QPushButton *m_adopt = nullptr;
    PlainLabel *m_legend = nullptr;
    models::OfferModel m_offers;
    QTableView *m_offerTable = nullptr;
    QSplitter *m_both = nullptr;
    QTableWidget *m_differences = nullptr;
    PlainLabel *m_wantedTitle = nullptr;
    PlainLabel *m_effectiveTitle = nullptr;
    YamlEditor *m_wanted = nullptr;
    YamlEditor *m_effective = nullptr;
};

} // namespace flowgate::ui
