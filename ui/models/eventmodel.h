// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/event.h"
#include "ui/models/targetmodel.h"

#include <deque>

namespace flowgate::models {

enum class EventColumn { At, Kind, Gateway, Text, By, Count };

/// Events, newest first; the oldest go when there are more than `most`.
class EventModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    using Column = EventColumn;
    using NameOf = TargetModel::NameOf;
    enum Role {
        SortRole = models::SortRole, ///< time in milliseconds, else text
        EventRole = OwnRole,         ///< domain::Event
    };
    static constexpr int most = 5000;

    explicit EventModel(NameOf nameOf, QObject *parent = nullptr);

    void add(const domain::Event &event);
    /// Those of before: put behind what came meanwhile. Events that are here already are left out.
    /// @param events  in any order
    void addHistory(std::vector<domain::Event> events);

    [[nodiscard]] const std::deque<domain::Event> &events() const { return m_events; } ///< newest first
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &at, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void trim();

    NameOf m_nameOf;
    std::deque<domain::Event> m_events;
};

/// The row as one line for the clipboard: time, kind, gateway, text, by, with tabs between.
[[nodiscard]] QString eventLine(const domain::Event &event, const QString &gatewayName);

} // namespace flowgate::models

Q_DECLARE_METATYPE(flowgate::domain::Event)
