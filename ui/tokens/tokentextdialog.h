// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/tokens/tokens.h"

#include <QDialog>

class QPushButton;

namespace flowgate::ui {

class PlainLabel;

/// Shows the text of a new token, this once. It is in the two fields of this dialog and nowhere else: in no label,
/// whose text is its accessible name, and on the clipboard only when somebody copies it.
class TokenTextDialog final : public QDialog
{
    Q_OBJECT
public:
    TokenTextDialog(const app::MadeToken &made, QWidget *parent);

    /// Asks before, where the text was not copied: there is no way back to it.
    void reject() override;

private:
    [[nodiscard]] QWidget *makeField(const QString &text, const QString &name, int lines);
    [[nodiscard]] QPushButton *makeCopy(const QString &verb, const QString &text, const QString &done);

    bool m_copied = false;
    PlainLabel *m_told = nullptr;
};

/// What a gateway's supervisor.yaml has for a token.
[[nodiscard]] QString supervisorLines(const QString &tokenText);

} // namespace flowgate::ui
