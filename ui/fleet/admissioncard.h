// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "ui/widgets/card.h"

namespace flowgate::ui {

class FactList;

/// That a gateway waits for approval, or was rejected, with what is known of it to decide by. Hides itself where it is
/// approved.
class AdmissionCard final : public Card
{
    Q_OBJECT
public:
    explicit AdmissionCard(QWidget *parent = nullptr);

    void show(const domain::Gateway &gateway, domain::WallTime now);

Q_SIGNALS:
    void admissionRequested(flowgate::domain::Admission admission);

private:
    PlainLabel *m_note = nullptr;
    FactList *m_facts = nullptr;
    QPushButton *m_approve = nullptr;
    QPushButton *m_reject = nullptr;
};

} // namespace flowgate::ui
