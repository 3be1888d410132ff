// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/fuzzymatch.h"
#include "ui/models/roles.h"

#include <QAbstractListModel>

namespace flowgate::models {

/// Something that can be run, or a place to jump to.
struct Command
{
    enum class Kind { Page, Action, Config, Gateway };

    Kind kind = Kind::Action;
    QString title;    ///< text of a gateway is one line by now
    QString detail;   ///< where it is, or what tells it from others of its title
    QString shortcut; ///< as people read it; may be empty
    QString whyNot;   ///< empty: it can be run now
    QString key;      ///< what it is to whoever made the list

    friend bool operator==(const Command &, const Command &) = default;
};

/// What fits the typed pattern, best first; all in their order for an empty one. What is in the list is folded once,
/// when it is set: a keystroke compares and sorts, and looks at no more than what the letters before it left over.
class CommandModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        KindRole = OwnRole, ///< int of Command::Kind
        DetailRole,
        ShortcutRole,
        WhyNotRole,
        PositionsRole, ///< QList<int> into the title
    };
    /// More rows than anybody reads. The best are shown.
    static constexpr int mostShown = 200;

    using QAbstractListModel::QAbstractListModel;

    void setCommands(std::vector<Command> commands);
    void setPattern(const QString &pattern);
    /// How many fit, shown or not.
    [[nodiscard]] int fittingCount() const { return static_cast<int>(m_fitting.size()); }
    [[nodiscard]] const Command *commandAt(const QModelIndex &at) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &at, int role = Qt::DisplayRole) const override;

private:
    struct Fit
    {
        size_t command = 0;
        int score = 0;
    };
    void rank();

    std::vector<Command> m_commands;
    std::vector<QString> m_texts; ///< folded title and detail of each
    QString m_pattern;            ///< folded
    std::vector<Fit> m_fitting;   ///< the first mostShown in their order
};

} // namespace flowgate::models
