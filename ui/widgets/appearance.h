// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QObject>
#include <QPalette>
#include <QTimer>

#include <functional>

namespace flowgate::ui {

class Preferences;

/// Dresses the application: light or dark as the operator chose or the system's palette is, and text in the chosen
/// size. Follows both while the program runs.
class Appearance final : public QObject
{
    Q_OBJECT
public:
    /// What the system's palette is now.
    using SystemPalette = std::function<QPalette()>;

    /// @param preferences  outlive this
    explicit Appearance(const Preferences &preferences, SystemPalette system = systemPalette,
                        QObject *parent = nullptr);

    ~Appearance() override; ///< text has the system's size again

    /// The palette that the platform gives where nobody has set one.
    [[nodiscard]] static QPalette systemPalette();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void dress();

    const Preferences &m_preferences;
    SystemPalette m_system;
    QFont m_font; ///< the system's, at 100 %
    QTimer m_soon;
    bool m_dressing = false;
};

} // namespace flowgate::ui
