// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/commandmodel.h"

#include <algorithm>

namespace flowgate::models {

void CommandModel::setCommands(std::vector<Command> commands)
{
    beginResetModel();
    m_commands = std::move(commands);
    m_texts.clear();
    m_texts.reserve(m_commands.size());
    for (const Command &command : m_commands)
        m_texts.push_back(folded(command.title + u' ' + command.detail));
    m_fitting.clear();
    for (size_t i = 0; i < m_commands.size(); ++i)
        m_fitting.push_back({i, 0});
    rank();
    endResetModel();
}

void CommandModel::setPattern(const QString &pattern)
{
    const QString wanted = folded(pattern.simplified());
    if (wanted == m_pattern)
        return;
    beginResetModel();
    // With more letters nothing can fit that did not before.
    if (m_pattern.isEmpty() || !wanted.startsWith(m_pattern)) {
        m_fitting.clear();
        for (size_t i = 0; i < m_commands.size(); ++i)
            m_fitting.push_back({i, 0});
    }
    m_pattern = wanted;
    rank();
    endResetModel();
}

void CommandModel::rank()
{
    if (m_pattern.isEmpty())
        return;
    std::vector<Fit> fitting;
    for (const Fit &fit : m_fitting) {
        const auto match = fuzzyMatch(m_pattern, m_texts[fit.command]);
        if (!match)
            continue;
        // Letters of the title say more than those of the detail.
        const auto inTitle =
            std::ranges::count_if(match->positions, [&](int at) { return at < m_commands[fit.command].title.size(); });
        fitting.push_back({fit.command, match->score + 3 * static_cast<int>(inTitle)});
    }
    const auto better = [](const Fit &a, const Fit &b) {
        return a.score != b.score ? a.score > b.score : a.command < b.command;
    };
    const auto shown = fitting.begin() + std::min<qsizetype>(mostShown, static_cast<qsizetype>(fitting.size()));
    std::partial_sort(fitting.begin(), shown, fitting.end(), better);
    m_fitting = std::move(fitting);
}

const Command *CommandModel::commandAt(const QModelIndex &at) const
{
    return checkIndex(at, CheckIndexOption::IndexIsValid) ? &m_commands[m_fitting[size_t(at.row())].command] : nullptr;
}

int CommandModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : std::min(mostShown, fittingCount());
}

QVariant CommandModel::data(const QModelIndex &at, int role) const
{
    const Command *command = commandAt(at);
    if (!command)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return command->title;
    case Qt::AccessibleTextRole: {
        QStringList parts{command->title, command->detail, command->shortcut, command->whyNot};
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    case KindRole:
        return static_cast<int>(command->kind);
    case DetailRole:
        return command->detail;
    case ShortcutRole:
        return command->shortcut;
    case WhyNotRole:
        return command->whyNot;
    case PositionsRole: {
        QList<int> positions;
        if (const auto match = fuzzyMatch(m_pattern, m_texts[m_fitting[size_t(at.row())].command])) {
            for (const int position : match->positions) {
                if (position < command->title.size())
                    positions.append(position);
            }
        }
        return QVariant::fromValue(positions);
    }
    default:
        return {};
    }
}

} // namespace flowgate::models
