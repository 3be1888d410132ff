// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/gatewayfacts.h"

#include <QLineEdit>

class QCompleter;
class QStringListModel;

namespace flowgate::ui {

/// The field for a filter of the fleet. Offers the keys and values that gateways have as a selector is typed; Return
/// takes the marked one, and where none is marked goes on as ever.
class FilterField final : public QLineEdit
{
    Q_OBJECT
public:
    /// @param fleet  outlives the field
    explicit FilterField(const models::GatewayModel &fleet, QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void offer();
    void take(const QString &text);

    const models::GatewayModel &m_fleet;
    models::Completions m_offered;
    QStringListModel *m_texts = nullptr;
    QCompleter *m_completer = nullptr;
};

} // namespace flowgate::ui
