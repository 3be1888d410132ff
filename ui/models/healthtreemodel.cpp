// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/healthtreemodel.h"

#include "ui/common/visibletext.h"

namespace flowgate::models {

using common::oneLine;
using common::Tone;
using domain::ComponentHealth;

struct HealthTreeModel::Node
{
    Node *parent = nullptr;
    int row = 0;
    QString key;
    QString name;
    Tone tone = Tone::Unknown;
    QString error;
    QString status;
    std::vector<std::unique_ptr<Node>> children;
};

namespace {

bool isPassing(const QString &status)
{
    return status == u"StatusStarting" || status == u"StatusStopping";
}

bool saysError(const ComponentHealth &health, int levels)
{
    if (!health.healthy && (!health.lastError.isEmpty() || health.status.endsWith(u"Error")))
        return true;
    return levels > 0 && std::ranges::any_of(health.components, [levels](const auto &child) {
               return !child.second.healthy && saysError(child.second, levels - 1);
           });
}

/// Unhealthy without any error is what a component says before it was started: not an alarm.
Tone toneOf(const ComponentHealth &health, bool isRoot, int levels)
{
    if (health.healthy)
        return isRoot && health.startTimeUnixNano == 0 ? Tone::Attention : Tone::Good;
    if (saysError(health, levels))
        return Tone::Bad;
    return isPassing(health.status) ? Tone::UnderWay : Tone::Unknown;
}

/// "StatusPermanentError" -> "permanent error": words of the collector's own events.
QString statusText(const QString &status)
{
    QString rest = status.startsWith(u"Status") ? status.mid(6) : status;
    QString text;
    for (qsizetype i = 0; i < rest.size() && i < 200; ++i) {
        const QChar c = rest.at(i);
        const bool boundary = i > 0 && c.isUpper() && rest.at(i - 1).isLower();
        if (boundary)
            text += u' ';
        text += boundary || i == 0 ? c.toLower() : c;
    }
    return text == u"oK" ? QString() : oneLine(text);
}

} // namespace

HealthTreeModel::HealthTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

HealthTreeModel::~HealthTreeModel() = default;

void HealthTreeModel::show(const QByteArray &key, const QString &name, const ComponentHealth *health)
{
    if (key != m_key || !health || !m_root) {
        beginResetModel();
        m_key = key;
        m_root = health ? std::make_unique<Node>() : nullptr;
        endResetModel();
        if (!health)
            return;
        beginInsertRows({}, 0, 0); // a fresh root is not there for rowCount() before it has a name
        m_root->key = QStringLiteral("/");
        endInsertRows();
    }
    m_root->name = oneLine(name, 200);
    take(*m_root, *health, 0);
}

void HealthTreeModel::take(Node &node, const ComponentHealth &health, int depth)
{
    const Tone tone = toneOf(health, depth == 0, deepest - depth);
    const QString error = health.lastError.left(20'000);
    const QString status = statusText(health.status);
    if (node.tone != tone || node.error != error || node.status != status || depth == 0) {
        node.tone = tone;
        node.error = error;
        node.status = status;
        const QModelIndex at = indexOf(node);
        Q_EMIT dataChanged(at, at);
    }

    // Both sides are in the order of the map's keys.
    auto it = depth < deepest ? health.components.cbegin() : health.components.cend();
    size_t row = 0;
    const auto renumber = [&node](size_t from) {
        for (size_t i = from; i < node.children.size(); ++i)
            node.children[i]->row = static_cast<int>(i);
    };
    while (it != health.components.cend() && row < widest) {
        while (row < node.children.size() && node.children[row]->key < it->first) {
            beginRemoveRows(indexOf(node), static_cast<int>(row), static_cast<int>(row));
            node.children.erase(node.children.begin() + static_cast<std::ptrdiff_t>(row));
            renumber(row);
            endRemoveRows();
        }
        if (row >= node.children.size() || node.children[row]->key != it->first) {
            beginInsertRows(indexOf(node), static_cast<int>(row), static_cast<int>(row));
            auto child = std::make_unique<Node>();
            child->parent = &node;
            child->key = it->first;
            child->name = oneLine(it->first, 200);
            node.children.insert(node.children.begin() + static_cast<std::ptrdiff_t>(row), std::move(child));
            renumber(row);
            endInsertRows();
        }
        take(*node.children[row], it->second, depth + 1);
        ++row;
        ++it;
    }
    if (row < node.children.size()) {
        beginRemoveRows(indexOf(node), static_cast<int>(row), static_cast<int>(node.children.size()) - 1);
        node.children.resize(row);
        endRemoveRows();
    }
}

QModelIndex HealthTreeModel::failing() const
{
    const Node *node = m_root.get();
    if (!node || node->tone != Tone::Bad)
        return {};
    while (true) {
        const auto worse =
            std::ranges::find_if(node->children, [](const auto &child) { return child->tone == Tone::Bad; });
        if (worse == node->children.end())
            return indexOf(*node);
        node = worse->get();
    }
}

HealthTreeModel::Node *HealthTreeModel::nodeAt(const QModelIndex &at) const
{
    return at.isValid() ? static_cast<Node *>(at.internalPointer()) : nullptr;
}

QModelIndex HealthTreeModel::indexOf(const Node &node) const
{
    return createIndex(node.row, 0, &node);
}

QModelIndex HealthTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return indexOf(parent.isValid() ? *nodeAt(parent)->children[size_t(row)] : *m_root);
}

QModelIndex HealthTreeModel::parent(const QModelIndex &child) const
{
    const Node *node = nodeAt(child);
    return node && node->parent ? indexOf(*node->parent) : QModelIndex();
}

int HealthTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return m_root && !m_root->key.isEmpty() ? 1 : 0;
    return parent.column() == 0 ? static_cast<int>(nodeAt(parent)->children.size()) : 0;
}

int HealthTreeModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant HealthTreeModel::data(const QModelIndex &at, int role) const
{
    const Node *node = nodeAt(at);
    if (!node)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case SortRole:
        return node->name;
    case ToneRole:
        return static_cast<int>(node->tone);
    case QuietRole:
        return node->error.isEmpty() ? node->status : oneLine(node->error, 400);
    case ErrorRole:
        return node->error;
    case IdRole:
        return node->key;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(node->name, node->error.isEmpty() ? node->status : oneLine(node->error));
    case Qt::ToolTipRole:
        // Escaped: a tool tip guesses rich text otherwise.
        return node->error.isEmpty() ? QVariant() : QVariant(common::toolTip(node->error));
    default:
        return {};
    }
}

} // namespace flowgate::models
