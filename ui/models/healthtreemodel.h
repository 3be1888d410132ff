// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/health.h"
#include "ui/common/tone.h"
#include "ui/models/roles.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace flowgate::models {

/// The tree of a gateway's component health, as reported. A new report changes what differs: what is open in a view
/// stays open, what is chosen stays chosen.
class HealthTreeModel final : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role {
        SortRole = models::SortRole, ///< name
        ErrorRole = OwnRole,         ///< QString, the component's own error, whole
    };

    explicit HealthTreeModel(QObject *parent = nullptr);
    ~HealthTreeModel() override;

    /// @param key     what the tree is about (a gateway's id): another key makes a new tree
    /// @param name    of the root
    /// @param health  null: never reported; the model is empty then
    void show(const QByteArray &key, const QString &name, const domain::ComponentHealth *health);

    /// The component down the unhealthy branches that says most: where a person should look first. Invalid where
    /// nothing is bad.
    [[nodiscard]] QModelIndex failing() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &at, int role = Qt::DisplayRole) const override;

private:
    struct Node;

    [[nodiscard]] Node *nodeAt(const QModelIndex &at) const;
    [[nodiscard]] QModelIndex indexOf(const Node &node) const;
    void take(Node &node, const domain::ComponentHealth &health, int depth);

    static constexpr int deepest = 60;     ///< levels; below that nothing is shown
    static constexpr size_t widest = 2000; ///< children of one component

    std::unique_ptr<Node> m_root; ///< null: nothing to show
    QByteArray m_key;
};

} // namespace flowgate::models
