// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/language/uses.h"

#include <QObject>

namespace flowgate::ui {

class ConfigEditor;

/// Goes to where a component is defined, lists where it is named, and gives it another name everywhere: F12, Shift+F12
/// and F2 in the text.
/// @thread gui
class Naming final : public QObject
{
    Q_OBJECT
public:
    explicit Naming(ConfigEditor &editor);

    void goToDefinition();
    void showUses();
    void rename();

private:
    /// The component at the cursor; says so where there is none.
    [[nodiscard]] std::optional<collector::IdUses> here() const;
    void say(const QString &text) const;

    ConfigEditor &m_editor;
};

} // namespace flowgate::ui
