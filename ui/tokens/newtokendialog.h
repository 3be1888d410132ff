// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tokens/tokens.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace flowgate::models {
class TokenModel;
}

namespace flowgate::ui {

class PlainLabel;

/// Asks what a new token is to be: its name, how long it counts, for whom, and what it does for new gateways.
/// It only says what is wished; whoever makes the token closes it, or tells it why there is none.
class NewTokenDialog final : public QDialog
{
    Q_OBJECT
public:
    /// @param known  to see whether a name is taken
    NewTokenDialog(const models::TokenModel &known, QWidget *parent);

    /// It was not made: the wish can be mended.
    void refuse(const app::Failure &failure);

Q_SIGNALS:
    void wished(const flowgate::app::TokenWish &wish);

private:
    [[nodiscard]] QString objection() const;
    [[nodiscard]] app::TokenWish wish() const;
    void judge();
    void send();

    const models::TokenModel &m_known;
    bool m_asked = false; ///< a wish was sent and is not answered
    QLineEdit *m_name = nullptr;
    QComboBox *m_expires = nullptr;
    QComboBox *m_for = nullptr;
    QCheckBox *m_approves = nullptr;
    PlainLabel *m_note = nullptr;
    QPushButton *m_create = nullptr;
};

} // namespace flowgate::ui
