// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSettings;

namespace flowgate::ui {

/// Dresses the application in the light or the dark theme: as the system's palette is, or as the operator chose.
class Appearance final : public QObject
{
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };

    /// @param settings  where the choice is kept; outlives this
    explicit Appearance(QSettings &settings, QObject *parent = nullptr);

    [[nodiscard]] Choice choice() const { return m_choice; }
    void choose(Choice choice);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void dress();

    QSettings &m_settings;
    Choice m_choice = Choice::System;
    bool m_dressing = false;
};

} // namespace flowgate::ui
