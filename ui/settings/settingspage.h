// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/settingmodel.h"

#include <QWidget>

class QLineEdit;
class QScrollArea;
class QTabWidget;
class QVBoxLayout;

namespace flowgate::ui {

class EmptyState;
class PlainLabel;
class SettingRow;
class TokensPage;
class Workspace;

/// Every setting with what it does and when it counts, found by typing. There is no button
/// to save: a change counts when it is made, or says when. Beside them, the tokens that let gateways in.
class SettingsPage final : public QWidget
{
    Q_OBJECT
public:
    explicit SettingsPage(Workspace &workspace, QWidget *parent = nullptr);

    /// Shows the tokens, and asks for a new one.
    void makeToken();

private:
    void makeGeneral();
    [[nodiscard]] std::vector<models::Setting> ownNotices() const;
    void takePlane();
    void build();
    void refresh(int row);
    void filter(const QString &pattern);
    void change(const QString &key, const QVariant &value);

    struct Group
    {
        PlainLabel *heading = nullptr;
        QString name;
    };

    Workspace &m_workspace;
    models::SettingModel m_model;
    QTabWidget *m_tabs = nullptr;
    QWidget *m_general = nullptr;
    TokensPage *m_tokens = nullptr;
    QScrollArea *m_scroll = nullptr;
    QLineEdit *m_search = nullptr;
    PlainLabel *m_count = nullptr;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_list = nullptr;
    EmptyState *m_none = nullptr;
    std::vector<SettingRow *> m_rows; ///< as the model has them
    std::vector<Group> m_groups;
};

} // namespace flowgate::ui
