// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/comparemodel.h"

#include "app/commands/gatewayjson.h"
#include "ui/common/tone.h"
#include "ui/common/visibletext.h"
#include "ui/models/comparewords.h"

#include <QJsonDocument>
#include <QSet>

namespace flowgate::models {

namespace {

constexpr qsizetype mostFacts = 3000; // a health tree may be of any size

bool alwaysDiffers(const QString &key)
{
    static const QSet<QString> keys{QStringLiteral("first_seen"),  QStringLiteral("last_seen"), QStringLiteral("since"),
                                    QStringLiteral("observed_at"), QStringLiteral("at"),        QStringLiteral("peer"),
                                    QStringLiteral("started_at")};
    return keys.contains(key);
}

QString scalarText(const QJsonValue &value)
{
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 15) : value.toString();
}

void flatten(const QJsonValue &value, const QString &path, CompareModel::Facts &facts)
{
    if (facts.size() >= mostFacts || value.isNull() || value.isUndefined())
        return;
    if (value.isObject()) {
        const QJsonObject members = value.toObject();
        for (auto it = members.begin(); it != members.end(); ++it) {
            if (!alwaysDiffers(it.key()))
                flatten(it.value(), path.isEmpty() ? it.key() : path + u'/' + it.key(), facts);
        }
        return;
    }
    if (value.isArray()) {
        QStringList items;
        for (const QJsonValue item : value.toArray())
            items.append(item.isObject()
                             ? QString::fromUtf8(QJsonDocument(item.toObject()).toJson(QJsonDocument::Compact))
                             : scalarText(item));
        facts.insert(path, items.join(QStringLiteral(", ")));
        return;
    }
    facts.insert(path, scalarText(value));
}

} // namespace

CompareModel::Facts comparableFacts(const domain::Gateway &gateway)
{
    QJsonObject object = app::toJson(gateway, true);
    const QJsonObject attributes = object.take(QStringLiteral("attributes")).toObject();
    CompareModel::Facts facts;
    for (const char *kind : {"identifying", "non_identifying"})
        flatten(attributes.value(QLatin1String(kind)), {}, facts);
    flatten(object, {}, facts);
    return facts;
}

void CompareModel::show(const std::vector<app::GatewayPtr> &gateways)
{
    beginResetModel();
    m_sides.clear();
    for (const app::GatewayPtr &gateway : gateways)
        m_sides.push_back({common::oneLine(domain::displayName(*gateway), 60), comparableFacts(*gateway), {}});
    build();
    endResetModel();
}

void CompareModel::addFacts(int number, const Facts &facts)
{
    if (number < 0 || number >= static_cast<int>(m_sides.size()))
        return;
    beginResetModel();
    m_sides[size_t(number)].more = facts;
    build();
    endResetModel();
}

void CompareModel::build()
{
    QMap<QString, QStringList> byPath;
    const auto sides = static_cast<qsizetype>(m_sides.size());
    for (qsizetype i = 0; i < sides; ++i) {
        for (const Facts *facts : {&m_sides[size_t(i)].facts, &m_sides[size_t(i)].more}) {
            for (auto it = facts->cbegin(); it != facts->cend(); ++it) {
                QStringList &values = byPath[it.key()];
                values.resize(sides);
                // Empty is a value, null is none.
                values[i] = it.value().isNull() ? QStringLiteral("") : it.value();
            }
        }
    }
    m_rows.clear();
    for (auto it = byPath.cbegin(); it != byPath.cend(); ++it) {
        Row row{it.key(), factWords(it.key()), it.value(), {}, false, false};
        QHash<QString, int> counts;
        int most = 0;
        bool tie = false;
        for (const QString &value : std::as_const(row.values)) {
            const int count = ++counts[value.isNull() ? QStringLiteral("n") : u'v' + value];
            tie = count == most;
            if (count > most) {
                most = count;
                row.usual = value;
            }
        }
        row.differs = counts.size() > 1;
        row.hasUsual = row.differs && !tie && most > 1;
        m_rows.push_back(std::move(row));
    }
}

bool CompareModel::isOdd(const Row &row, const QString &value)
{
    return row.differs && !(row.hasUsual && value == row.usual && value.isNull() == row.usual.isNull());
}

int CompareModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CompareModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sides.size()) + 1;
}

QVariant CompareModel::data(const QModelIndex &at, int role) const
{
    if (!checkIndex(at, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[size_t(at.row())];
    if (role == DiffersRole)
        return row.differs;
    if (role == MonoRole)
        return at.column() > 0 || row.words == row.path; // a name that it came with
    if (at.column() == 0 && role == Qt::ToolTipRole)
        return common::toolTip(row.path);
    const QString value = at.column() == 0 ? row.words : row.values.at(at.column() - 1);
    switch (role) {
    case Qt::DisplayRole:
    case SortRole:
        return value.isNull() ? QStringLiteral("\u2013") : common::oneLine(value, 300);
    case Qt::ToolTipRole:
        return value.isNull() ? tr("not reported") : common::toolTip(value);
    case ToneRole:
        return at.column() > 0 && isOdd(row, value) ? QVariant(static_cast<int>(common::Tone::Attention)) : QVariant();
    default:
        return {};
    }
}

QVariant CompareModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == 0 ? tr("Fact") : m_sides[size_t(section - 1)].name;
}

void CompareFilterModel::setOnlyDiffering(bool only)
{
    if (only == m_onlyDiffering)
        return;
    m_onlyDiffering = only;
    invalidateFilter();
}

bool CompareFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_onlyDiffering && !sourceModel()->index(row, 0, parent).data(CompareModel::DiffersRole).toBool())
        return false;
    return SortFilterModel::filterAcceptsRow(row, parent);
}

} // namespace flowgate::models
