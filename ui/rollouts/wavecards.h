// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/rollout.h"
#include "ui/widgets/look.h"

#include <QWidget>

class QFrame;
class QProgressBar;

namespace flowgate::ui {

class PlainLabel;
class StatusLabel;

/// How far a rollout is: a banner for the whole and a card a wave.
class WaveCards final : public QWidget
{
    Q_OBJECT
public:
    explicit WaveCards(QWidget *parent = nullptr);

    void show(const domain::Rollout &rollout);

private:
    struct Card
    {
        QFrame *frame = nullptr;
        StatusLabel *title = nullptr;
        PlainLabel *detail = nullptr;
    };
    [[nodiscard]] Card makeCard(Look look);
    void showWaves(const domain::Rollout &rollout, int waves);

    static constexpr int mostCards = 6;

    Card m_banner;
    QProgressBar *m_progress = nullptr;
    QWidget *m_row = nullptr;
    std::vector<Card> m_cards;
    PlainLabel *m_more = nullptr;
};

/// The last wave that has targets; 1 at least.
[[nodiscard]] int waveCount(const domain::Rollout &rollout);

} // namespace flowgate::ui
