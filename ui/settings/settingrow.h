// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/settingmodel.h"

#include <QWidget>

#include <functional>

class QPushButton;

namespace flowgate::ui {

class PlainLabel;

/// One setting on the page: its name and what it does on the left, what it is on the right.
class SettingRow final : public QWidget
{
    Q_OBJECT
public:
    SettingRow(const models::Setting &setting, QWidget *parent = nullptr);

    /// Another value or trouble of the same setting; what is being typed stays as long as the value did not change.
    void show(const models::Setting &setting);
    [[nodiscard]] const QString &key() const { return m_key; }

Q_SIGNALS:
    void changed(const QString &key, const QVariant &value);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fitEditor();
    [[nodiscard]] QWidget *makeEditor(const models::Setting &setting);

    QString m_key;
    QVariant m_standard;
    bool m_showing = false; ///< the value comes from the model, not from a person
    std::function<void(const QVariant &)> m_setEditor;
    QWidget *m_editor = nullptr;
    PlainLabel *m_foot = nullptr;
    QPushButton *m_reset = nullptr;
};

} // namespace flowgate::ui
