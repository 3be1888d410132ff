// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleetsim/simulatedfleet.h"

#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QWebSocket>

#include <algorithm>

namespace flowgate::fleetsim {

using domain::milliseconds;
using namespace std::chrono_literals;

namespace {

constexpr int mostOpening = 64; // a listener's backlog holds no more
constexpr milliseconds openLimit = 20s;
constexpr milliseconds never = milliseconds::max();

/// 0.5 s, 1 s, 2 s … 30 s, and up to a quarter more so that a fleet does not come back as one.
milliseconds backOff(int failures, size_t index)
{
    const auto base = std::min<milliseconds>(500ms * (1 << std::min(failures, 6)), 30s);
    return base + base * static_cast<int>(index % 16) / 64;
}

} // namespace

struct SimulatedFleet::Seat
{
    SimulatedGateway gateway;
    QWebSocket *socket = nullptr; ///< a child of the fleet; null while there is none
    bool isOpen = false;
    int failures = 0;
    milliseconds socketDue = never; ///< when to open, or when opening takes too long
    milliseconds scheduled = never; ///< the entry in m_due that counts

    [[nodiscard]] milliseconds due() const { return std::min(socketDue, gateway.nextDue().value_or(never)); }
};

SimulatedFleet::SimulatedFleet(const Options &options, const domain::Clock &clock, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_clock(clock)
{
    m_seats.reserve(static_cast<size_t>(options.count));
    for (int i = 0; i < options.count; ++i) {
        m_seats.push_back({.gateway = SimulatedGateway(profileOf(i, options.seed, options.behaviour), options.timing)});
    }
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &SimulatedFleet::runDue);
    m_stopLimit.setSingleShot(true);
    connect(&m_stopLimit, &QTimer::timeout, this, &SimulatedFleet::stopped);
}

SimulatedFleet::~SimulatedFleet()
{
    // A socket that closes in its destructor must not call back into what is half gone.
    for (Seat &seat : m_seats) {
        if (seat.socket)
            seat.socket->disconnect(this);
    }
}

void SimulatedFleet::start()
{
    for (size_t i = 0; i < m_seats.size(); ++i)
        m_waiting.push_back(i);
    openMore();
    arm();
}

void SimulatedFleet::stop()
{
    if (std::exchange(m_stopping, true))
        return;
    m_timer.stop();
    m_waiting.clear();
    m_stopLimit.start(3s);
    for (size_t i = 0; i < m_seats.size(); ++i) {
        Seat &seat = m_seats[i];
        if (!seat.socket)
            continue;
        if (!seat.isOpen) {
            onEnded(i);
            continue;
        }
        transmit(seat, seat.gateway.leave(now()));
        seat.socket->close();
    }
    if (m_counts.connected == 0)
        QTimer::singleShot(0, this, &SimulatedFleet::finishStop);
}

void SimulatedFleet::finishStop()
{
    if (!m_stopLimit.isActive())
        return; // it was said
    m_stopLimit.stop();
    Q_EMIT stopped();
}

FleetCounts SimulatedFleet::counts() const
{
    FleetCounts counts = m_counts;
    for (const Seat &seat : m_seats) {
        counts.applied += seat.gateway.status() == domain::ApplyStatus::Applied ? 1 : 0;
        counts.failed += seat.gateway.status() == domain::ApplyStatus::Failed ? 1 : 0;
    }
    return counts;
}

Moment SimulatedFleet::now() const
{
    return {m_clock.awake(), m_clock.now()};
}

void SimulatedFleet::openMore()
{
    while (m_opening < mostOpening && !m_waiting.empty()) {
        const size_t index = m_waiting.front();
        m_waiting.pop_front();
        open(index);
    }
}

void SimulatedFleet::open(size_t index)
{
    ++m_opening;
    Seat &seat = m_seats[index];
    seat.socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    seat.socket->setProxy(QNetworkProxy::NoProxy);
    connect(seat.socket, &QWebSocket::connected, this, [this, index] { onOpened(index); });
    connect(seat.socket, &QWebSocket::binaryMessageReceived, this,
            [this, index](const QByteArray &frame) { onMessage(index, frame); });
    connect(seat.socket, &QWebSocket::disconnected, this, [this, index] { onEnded(index); });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(seat.socket, &QWebSocket::errorOccurred, this, [this, index] { onEnded(index); });
#else
    connect(seat.socket, QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error), this,
            [this, index] { onEnded(index); });
#endif
    QNetworkRequest request(m_options.endpoint);
    request.setRawHeader("User-Agent", "flowgate-fleetsim/" FLOWGATE_VERSION);
    if (!m_options.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_options.token);
    seat.socketDue = m_clock.awake() + openLimit;
    reschedule(index);
    seat.socket->open(request);
}

void SimulatedFleet::onOpened(size_t index)
{
    Seat &seat = m_seats[index];
    --m_opening;
    seat.isOpen = true;
    seat.failures = 0;
    seat.socketDue = never;
    ++m_counts.connected;
    transmit(seat, seat.gateway.connected(now()));
    reschedule(index);
    openMore();
    arm();
    if (m_counts.connected == static_cast<int>(m_seats.size()))
        Q_EMIT allConnected();
}

void SimulatedFleet::onMessage(size_t index, const QByteArray &frame)
{
    ++m_counts.received;
    const auto message = decodeFrame(frame);
    if (!message) {
        ++m_counts.dropped;
        return;
    }
    Seat &seat = m_seats[index];
    transmit(seat, seat.gateway.received(*message, now()));
    reschedule(index);
    arm();
}

void SimulatedFleet::onEnded(size_t index)
{
    Seat &seat = m_seats[index];
    if (!seat.socket)
        return; // an error and the end that follows it are one
    seat.socket->disconnect(this);
    seat.socket->deleteLater();
    seat.socket = nullptr;
    ++m_counts.lost;
    if (std::exchange(seat.isOpen, false)) {
        --m_counts.connected;
        seat.gateway.disconnected();
    } else {
        --m_opening;
    }
    if (m_stopping) {
        if (m_counts.connected == 0 && m_opening == 0)
            finishStop();
        return;
    }
    seat.socketDue = m_clock.awake() + backOff(seat.failures++, index);
    reschedule(index);
    openMore();
    arm();
}

void SimulatedFleet::transmit(Seat &seat, const SimulatedGateway::Messages &messages)
{
    for (const domain::AgentReport &message : messages) {
        ++m_counts.sent;
        seat.socket->sendBinaryMessage(encodeFrame(message));
    }
}

void SimulatedFleet::reschedule(size_t index)
{
    Seat &seat = m_seats[index];
    const milliseconds due = seat.due();
    if (due == seat.scheduled)
        return;
    seat.scheduled = due;
    if (due != never)
        m_due.emplace(due, index);
}

void SimulatedFleet::arm()
{
    if (m_stopping)
        return;
    while (!m_due.empty() && m_seats[m_due.top().second].scheduled != m_due.top().first)
        m_due.pop(); // outdated
    if (m_due.empty())
        return m_timer.stop();
    const milliseconds wait = std::max(m_due.top().first - m_clock.awake(), 0ms);
    if (!m_timer.isActive() || m_timer.remainingTimeAsDuration() > wait)
        m_timer.start(wait);
}

void SimulatedFleet::runDue()
{
    const Moment moment = now();
    while (!m_due.empty() && m_due.top().first <= moment.awake) {
        const auto [due, index] = m_due.top();
        m_due.pop();
        Seat &seat = m_seats[index];
        if (seat.scheduled != due)
            continue;
        seat.scheduled = never;
        if (seat.socketDue <= moment.awake) {
            if (seat.socket) { // opening takes too long
                onEnded(index);
            } else {
                seat.socketDue = never;
                m_waiting.push_back(index);
            }
        }
        const auto messages = seat.gateway.advance(moment);
        if (seat.isOpen)
            transmit(seat, messages);
        reschedule(index);
    }
    openMore();
    arm();
}

} // namespace flowgate::fleetsim
