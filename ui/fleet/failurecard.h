// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/gateway.h"
#include "telemetry/records.h"
#include "ui/widgets/card.h"

namespace flowgate::ui {

/// What went wrong at a gateway: what, when, in whose words, and the way back. Hides itself where nothing did.
class FailureCard final : public Card
{
    Q_OBJECT
public:
    explicit FailureCard(QWidget *parent = nullptr);

    void show(const domain::Gateway &gateway, domain::WallTime now);
    /// What the gateway itself logged around that time; none: nothing is said of it.
    void showNear(const std::vector<telemetry::LogLine> &lines);
    /// The focus to the reason, where it can be read, copied, and left for the way back with Tab.
    void goToReason();

Q_SIGNALS:
    /// Roll this version ("base@4") out to this gateway again.
    void putBackRequested(const QString &config);
    void openConfigRequested(const QString &config, int version);

private:
    void showWords(const QString &words);
    void showFailedConfig(const domain::Gateway &gateway, domain::WallTime now);
    void showUnhealthy(const domain::Gateway &gateway, domain::WallTime now);

    std::optional<domain::ConfigRef> m_back;
    std::optional<domain::ConfigRef> m_failed;
    PlainLabel *m_words = nullptr;
    PlainLabel *m_note = nullptr;
    PlainLabel *m_nearTitle = nullptr;
    PlainLabel *m_near = nullptr;
    QPushButton *m_putBack = nullptr;
    QPushButton *m_open = nullptr;
};

} // namespace flowgate::ui
