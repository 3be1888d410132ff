// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/roles.h"

#include <QAbstractListModel>

#include <optional>
#include <utility>
#include <vector>

namespace flowgate::models {

/// One setting as a person sees it, whoever keeps it: the window or the control plane.
struct Setting
{
    enum class Kind { Switch, Choice, Number, Text };

    QString key;   ///< "listen.path"; unique
    QString group; ///< heading it stands under
    QString title;
    QString description; ///< what it does
    Kind kind = Kind::Text;
    QVariant value;
    QVariant standard; ///< what it is where nobody chose
    qint64 least = 0;  ///< of a number
    qint64 most = 0;
    int step = 1;
    QString unit;                                      ///< behind the number; may be empty
    std::vector<std::pair<QVariant, QString>> choices; ///< value, word
    QString effect;                                    ///< when a change counts: "At once"
    QString trouble;                                   ///< why the last change was refused; empty: it was not

    friend bool operator==(const Setting &, const Setting &) = default;
};

/// Settings of several keepers in one list, in the order of their groups. The value of each changes in place.
class SettingModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        GroupRole = OwnRole,
        DescriptionRole,
        ValueRole,
        IsStandardRole, ///< bool
    };

    using QAbstractListModel::QAbstractListModel;

    /// Puts these in the place of all whose key begins with @p prefix.
    void setSettings(const QString &prefix, const std::vector<Setting> &settings);
    void setValue(const QString &key, const QVariant &value);
    void setTrouble(const QString &key, const QString &trouble);
    [[nodiscard]] const std::vector<Setting> &settings() const { return m_settings; }
    [[nodiscard]] const Setting *find(const QString &key) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &at, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] int rowOf(const QString &key) const;

    std::vector<Setting> m_settings;
};

/// Whether each word of @p pattern is in the title, description, group, key or a choice, whatever the case.
[[nodiscard]] bool fits(const Setting &setting, const QString &pattern);

} // namespace flowgate::models
