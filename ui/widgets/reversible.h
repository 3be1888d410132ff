// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUndoCommand>

#include <functional>

namespace flowgate::ui {

/// Something asked of the control plane that can be taken back by asking for @p Act the other way round.
template<typename Act>
class Reversible final : public QUndoCommand
{
public:
    /// @param carryOut  asks the control plane, and tells what it refuses
    Reversible(const QString &text, Act act, Act back, std::function<void(const Act &)> carryOut)
        : QUndoCommand(text)
        , m_act(std::move(act))
        , m_back(std::move(back))
        , m_carryOut(std::move(carryOut))
    {
    }

    void redo() override { m_carryOut(m_act); }
    void undo() override { m_carryOut(m_back); }

private:
    Act m_act;
    Act m_back;
    std::function<void(const Act &)> m_carryOut;
};

} // namespace flowgate::ui
