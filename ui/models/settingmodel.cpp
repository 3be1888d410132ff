// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/settingmodel.h"

#include <QStringList>

#include <algorithm>

namespace flowgate::models {

void SettingModel::setSettings(const QString &prefix, const std::vector<Setting> &settings)
{
    beginResetModel();
    const auto isOld = [&prefix](const Setting &setting) { return setting.key.startsWith(prefix); };
    const auto place = std::ranges::find_if(m_settings, isOld) - m_settings.begin();
    std::erase_if(m_settings, isOld);
    m_settings.insert(m_settings.begin() + place, settings.begin(), settings.end());
    endResetModel();
}

int SettingModel::rowOf(const QString &key) const
{
    const auto found = std::ranges::find(m_settings, key, &Setting::key);
    return found == m_settings.end() ? -1 : static_cast<int>(found - m_settings.begin());
}

const Setting *SettingModel::find(const QString &key) const
{
    const int row = rowOf(key);
    return row < 0 ? nullptr : &m_settings[size_t(row)];
}

void SettingModel::setValue(const QString &key, const QVariant &value)
{
    const int row = rowOf(key);
    if (row < 0)
        return;
    Setting &setting = m_settings[size_t(row)];
    if (setting.value == value && setting.trouble.isEmpty())
        return;
    setting.value = value;
    setting.trouble.clear();
    Q_EMIT dataChanged(index(row), index(row));
}

void SettingModel::setTrouble(const QString &key, const QString &trouble)
{
    const int row = rowOf(key);
    if (row < 0)
        return;
    m_settings[size_t(row)].trouble = trouble;
    Q_EMIT dataChanged(index(row), index(row));
}

int SettingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_settings.size());
}

QVariant SettingModel::data(const QModelIndex &at, int role) const
{
    if (!checkIndex(at, CheckIndexOption::IndexIsValid))
        return {};
    const Setting &setting = m_settings[size_t(at.row())];
    switch (role) {
    case Qt::DisplayRole:
    case SortRole:
        return setting.title;
    case Qt::ToolTipRole:
    case DescriptionRole:
        return setting.description;
    case IdRole:
        return setting.key;
    case GroupRole:
        return setting.group;
    case ValueRole:
        return setting.value;
    case IsStandardRole:
        return setting.value == setting.standard;
    default:
        return {};
    }
}

bool fits(const Setting &setting, const QString &pattern)
{
    QStringList texts{setting.title, setting.description, setting.group, setting.key, setting.unit};
    for (const auto &[value, word] : setting.choices)
        texts.append(word);
    const QString all = texts.join(u'\n');
    return std::ranges::all_of(pattern.split(u' ', Qt::SkipEmptyParts),
                               [&](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace flowgate::models
