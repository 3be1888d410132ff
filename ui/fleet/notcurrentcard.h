// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "ui/widgets/card.h"

namespace flowgate::ui {

/// Says that the health below it is the last one that was reported, and not the one of now. Hidden where it is current
/// or none was reported.
class NotCurrentCard final : public Card
{
    Q_OBJECT
public:
    explicit NotCurrentCard(QWidget *parent = nullptr);

    void show(const domain::Gateway &gateway, domain::WallTime now);

private:
    PlainLabel *m_note = nullptr;
};

} // namespace flowgate::ui
