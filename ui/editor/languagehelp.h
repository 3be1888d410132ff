// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QStringList>

namespace flowgate::ui {

class Workspace;
class YamlEditor;

/// Completion while a config is typed, and what a word means on hover or by key. What it knows comes from the shipped
/// schema, from the text itself and from what gateways report.
/// @thread gui; texts over 256 KiB get none, so that typing stays quick
class LanguageHelp final : public QObject
{
    Q_OBJECT
public:
    LanguageHelp(YamlEditor &editor, Workspace &workspace, QObject *parent);

    /// Asks for the types that this config's gateways have: they are offered first.
    void knowGateways(const QString &config);

    /// Offers what may stand at the cursor. @param asked  by key: also where nothing is typed yet
    void complete(bool asked);
    /// Says in a tool tip what stands at the cursor.
    void explainHere();
    /// The words for it; empty: nothing is known.
    [[nodiscard]] QString explanation(int line, int column) const;

private:
    [[nodiscard]] QStringList lines() const;

    YamlEditor &m_editor;
    Workspace &m_workspace;
    QString m_config; ///< whose gateways were asked for
    QHash<QString, QStringList> m_reported;
    bool m_offersKeys = false; ///< what the list has now
};

} // namespace flowgate::ui
