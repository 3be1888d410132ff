// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/shots/configshots.h"

#include <QProcess>

namespace flowgate::shots {

/// Tokens, and gateways that wait for approval. Both stay on the stage, so this comes last.
class AdmissionShots
{
public:
    explicit AdmissionShots(Stage &stage)
        : m_stage(stage)
    {
    }
    ~AdmissionShots();

    /// The page while there is no token.
    void takeEmpty(const Keep &keep);
    /// Makes tokens, and lets @p waiting gateways come that nobody approves. @return what is missing; empty: nothing
    [[nodiscard]] QString prepare(int waiting);
    void take(const Keep &keep, bool withGateways);

private:
    [[nodiscard]] QString makeToken(const app::TokenWish &wish);
    void showTokens(bool shown);

    Stage &m_stage;
    QProcess m_waiting;
};

} // namespace flowgate::shots
