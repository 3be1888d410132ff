// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/changefeed.h"
#include "ui/models/sortfiltermodel.h"

#include <QAbstractTableModel>
#include <QMap>

#include <vector>

namespace flowgate::models {

/// Gateways side by side: a row each for what is known of them, a column each for a gateway behind the fact's name.
/// A cell that is not what most have carries the tone of attention.
class CompareModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        SortRole = models::SortRole, ///< QString
        DiffersRole = OwnRole,       ///< bool: the row's gateways do not agree
    };
    using Facts = QMap<QString, QString>; ///< by path: "host.name", "health/components/extensions/status"

    using QAbstractTableModel::QAbstractTableModel;

    void show(const std::vector<app::GatewayPtr> &gateways);
    /// More of gateway @p number, such as the keys of its effective config. Replaces what was added before.
    void addFacts(int number, const Facts &facts);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &at, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QString path;
        QString words;      ///< for people, of the path
        QStringList values; ///< null: not reported
        QString usual;      ///< what most have; meaningless unless hasUsual
        bool hasUsual = false;
        bool differs = false;
    };
    struct Side
    {
        QString name;
        Facts facts;
        Facts more;
    };
    void build();
    [[nodiscard]] static bool isOdd(const Row &row, const QString &value);

    std::vector<Side> m_sides;
    std::vector<Row> m_rows;
};

/// Rows that show a text and, if so wished, only those in which the gateways differ.
class CompareFilterModel final : public SortFilterModel
{
    Q_OBJECT
public:
    using SortFilterModel::SortFilterModel;

    void setOnlyDiffering(bool only);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool m_onlyDiffering = false;
};

/// Everything that is known of a gateway but moments and addresses, which always differ.
[[nodiscard]] CompareModel::Facts comparableFacts(const domain::Gateway &gateway);

} // namespace flowgate::models
