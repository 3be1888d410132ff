// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/clock.h"
#include "fleetsim/options.h"

#include <QObject>
#include <QTimer>
#include <queue>

#include <deque>
#include <memory>
#include <vector>

class QWebSocket;

namespace flowgate::fleetsim {

/// Figures of a fleet since it started.
struct FleetCounts
{
    int connected = 0;
    quint64 sent = 0;     ///< messages
    quint64 received = 0; ///< messages
    quint64 dropped = 0;  ///< received ones that are none
    quint64 lost = 0;     ///< connections that ended or did not come about
    int applied = 0;      ///< gateways whose last config is APPLIED
    int failed = 0;       ///< and FAILED
};

/// Simulated gateways, one WebSocket each, all on the thread of this object and on one timer.
/// A connection that fails is tried again after 0.5 s, then twice as long each time up to 30 s.
class SimulatedFleet final : public QObject
{
    Q_OBJECT
public:
    /// @param options  their endpoint is loopback (see loopbackEndpoint())
    SimulatedFleet(const Options &options, const domain::Clock &clock, QObject *parent = nullptr);
    ~SimulatedFleet() override;

    void start();
    /// Says goodbye for all and closes; stopped() follows, at the latest after 3 s.
    void stop();
    [[nodiscard]] FleetCounts counts() const;

Q_SIGNALS:
    /// Each time the last missing one has connected.
    void allConnected();
    void stopped();

private:
    struct Seat;
    using Due = std::pair<domain::milliseconds, size_t>;

    [[nodiscard]] Moment now() const;
    void openMore();
    void open(size_t index);
    void onOpened(size_t index);
    void onMessage(size_t index, const QByteArray &frame);
    void onEnded(size_t index);
    void transmit(Seat &seat, const SimulatedGateway::Messages &messages);
    void reschedule(size_t index);
    void arm();
    void runDue();
    void finishStop();

    Options m_options;
    const domain::Clock &m_clock;
    std::vector<Seat> m_seats;
    std::deque<size_t> m_waiting;                                     ///< to be opened, a limited number at a time
    std::priority_queue<Due, std::vector<Due>, std::greater<>> m_due; ///< may hold outdated entries
    QTimer m_timer{this};
    QTimer m_stopLimit{this};
    FleetCounts m_counts;
    int m_opening = 0;
    bool m_stopping = false;
};

} // namespace flowgate::fleetsim
