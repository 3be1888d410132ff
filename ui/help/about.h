// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

class QWidget;

namespace flowgate::ui {

/// Something that this program is made with.
struct Component
{
    QString name;
    QString version; ///< that runs now, or that was built with; empty where it does not say
    QString licence;
};
[[nodiscard]] std::vector<Component> components();

/// Version, licence, and what it is made with; does not block.
void showAbout(QWidget &window);

} // namespace flowgate::ui
