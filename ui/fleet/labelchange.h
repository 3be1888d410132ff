// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/ids.h"

#include <QStringList>
#include <QUndoCommand>

#include <functional>
#include <vector>

namespace flowgate::ui {

/// Changes to one gateway's labels: "k=v" sets, "k-" removes.
struct LabelEdit
{
    domain::GatewayId id;
    QString name; ///< for a message
    QStringList changes;
};
using LabelEdits = std::vector<LabelEdit>;

/// A change of labels that can be taken back.
class LabelChange final : public QUndoCommand
{
public:
    /// @param apply  asks the control plane, and tells what it refuses
    LabelChange(const QString &text, LabelEdits edits, LabelEdits back, std::function<void(const LabelEdits &)> apply)
        : QUndoCommand(text)
        , m_edits(std::move(edits))
        , m_back(std::move(back))
        , m_apply(std::move(apply))
    {
    }

    void redo() override { m_apply(m_edits); }
    void undo() override { m_apply(m_back); }

private:
    LabelEdits m_edits;
    LabelEdits m_back;
    std::function<void(const LabelEdits &)> m_apply;
};

} // namespace flowgate::ui
