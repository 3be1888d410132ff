// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/epolldispatcher.h"

#include "net/timerqueue.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <set>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <unordered_map>

namespace flowgate::net {
namespace {

constexpr int eventsAtOnce = 256;
constexpr std::array types{QSocketNotifier::Read, QSocketNotifier::Write, QSocketNotifier::Exception};
constexpr std::array<quint32, 3> wantedFor{EPOLLIN, EPOLLOUT, EPOLLPRI};
// A hang-up or an error wakes all three, as with poll() in Qt's own dispatcher.
constexpr quint32 always = EPOLLHUP | EPOLLERR;

TimerQueue::Time monotonicNow()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch());
}

class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

/// All notifiers of one descriptor.
struct Watch
{
    std::array<QSocketNotifier *, 3> notifiers{};
    quint32 told = 0;   ///< what the kernel was told to watch for
    quint32 serial = 0; ///< tells it from a later one with the same number

    [[nodiscard]] quint32 wanted() const
    {
        quint32 mask = 0;
        for (std::size_t i = 0; i < types.size(); ++i)
            mask |= notifiers[i] ? wantedFor[i] : 0;
        return mask;
    }
};

std::size_t indexOf(QSocketNotifier::Type type)
{
    return static_cast<std::size_t>(type); // Read 0, Write 1, Exception 2
}

} // namespace

struct EpollDispatcher::Private
{
    Descriptor epoll{epoll_create1(EPOLL_CLOEXEC)};
    Descriptor wake{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::atomic<bool> woken{false};
    std::atomic<bool> interrupted{false};
    std::unordered_map<int, Watch> watches;
    std::set<int> changed;    ///< descriptors whose notifiers changed since the kernel was told
    std::set<int> unpollable; ///< those that epoll refuses (regular files): always ready, as for poll()
    quint32 serial = 0;
    TimerQueue timers;

    void applyChanges();
    void forget(int fd);
    void tellKernel(int fd, Watch &watch);
    int wait(int timeout, bool withNotifiers);
    int deliver(int fd, quint32 serial, quint32 events);
    void clearWake();
};

void EpollDispatcher::Private::tellKernel(int fd, Watch &watch)
{
    const quint32 mask = watch.wanted();
    if (mask == watch.told || unpollable.contains(fd))
        return;
    epoll_event event{};
    event.events = mask;
    event.data.u64 = (static_cast<quint64>(watch.serial) << 32) | static_cast<quint32>(fd);
    if (epoll_ctl(epoll.get(), watch.told == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &event) == 0) {
        watch.told = mask;
    } else if (errno == EPERM) {
        unpollable.insert(fd);
    } else {
        qWarning("EpollDispatcher: descriptor %d cannot be watched (errno %d)", fd, errno);
    }
}

void EpollDispatcher::Private::applyChanges()
{
    // Gathered until here: a write notifier that went on and off again in one round costs no system call.
    for (const int fd : changed) {
        if (const auto it = watches.find(fd); it != watches.end())
            tellKernel(fd, it->second);
    }
    changed.clear();
}

void EpollDispatcher::Private::forget(int fd)
{
    // At once, while the descriptor is surely still the same one.
    epoll_event event{};
    if (const auto it = watches.find(fd); it->second.told != 0)
        epoll_ctl(epoll.get(), EPOLL_CTL_DEL, fd, &event);
    unpollable.erase(fd);
    watches.erase(fd);
}

void EpollDispatcher::Private::clearWake()
{
    quint64 count = 0;
    const ssize_t ignored = ::read(wake.get(), &count, sizeof count);
    Q_UNUSED(ignored);
    // Acquires what was queued before wakeUp(); whoever queues from now on wakes us again.
    woken.exchange(false, std::memory_order_acq_rel);
}

int EpollDispatcher::Private::deliver(int fd, quint32 watchSerial, quint32 events)
{
    int sent = 0;
    for (std::size_t i = 0; i < types.size(); ++i) {
        if ((events & (wantedFor[i] | always)) == 0)
            continue;
        // Looked up anew each time: the handler before may have removed this notifier or closed the descriptor.
        const auto it = watches.find(fd);
        if (it == watches.end() || it->second.serial != watchSerial)
            break;
        if (QSocketNotifier *notifier = it->second.notifiers[i]) {
            QEvent event(QEvent::SockAct);
            QCoreApplication::sendEvent(notifier, &event);
            ++sent;
        }
    }
    return sent;
}

int EpollDispatcher::Private::wait(int timeout, bool withNotifiers)
{
    if (!withNotifiers) {
        pollfd only{.fd = wake.get(), .events = POLLIN, .revents = 0};
        if (::poll(&only, 1, timeout) > 0)
            clearWake();
        return 0;
    }
    applyChanges();
    std::array<epoll_event, eventsAtOnce> events; // on the stack: a handler may run an event loop of its own
    const int count = epoll_wait(epoll.get(), events.data(), eventsAtOnce, unpollable.empty() ? timeout : 0);
    int sent = 0;
    for (int i = 0; i < count; ++i) {
        const quint64 data = events[static_cast<std::size_t>(i)].data.u64;
        const int fd = static_cast<int>(data & 0xffffffffu);
        if (fd == wake.get())
            clearWake();
        else
            sent += deliver(fd, static_cast<quint32>(data >> 32), events[static_cast<std::size_t>(i)].events);
    }
    const std::set<int> ready = unpollable;
    for (const int fd : ready) {
        if (const auto it = watches.find(fd); it != watches.end())
            sent += deliver(fd, it->second.serial, EPOLLIN | EPOLLOUT);
    }
    return sent;
}

EpollDispatcher::EpollDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , d(std::make_unique<Private>())
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = static_cast<quint32>(d->wake.get());
    epoll_ctl(d->epoll.get(), EPOLL_CTL_ADD, d->wake.get(), &event);
}

EpollDispatcher::~EpollDispatcher() = default;

bool EpollDispatcher::isValid() const
{
    return d->epoll.get() >= 0 && d->wake.get() >= 0;
}

bool EpollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    d->interrupted.store(false);
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();

    const bool withNotifiers = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);
    const bool withTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
    // Events posted meanwhile need no look here: posting calls wakeUp(), and the descriptor is readable then.
    const bool canWait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !d->interrupted.load();
    if (canWait)
        Q_EMIT aboutToBlock();
    if (d->interrupted.load())
        return false;

    int timeout = canWait ? -1 : 0;
    if (canWait && withTimers) {
        if (const auto next = d->timers.untilNext(monotonicNow()))
            timeout = static_cast<int>(std::min<qint64>(next->count(), INT_MAX));
    }
    const bool wasWoken = d->woken.load(std::memory_order_acquire);
    int handled = d->wait(timeout, withNotifiers);
    if (canWait)
        Q_EMIT awake();
    if (withTimers)
        handled += d->timers.fireDue(monotonicNow());
    return handled > 0 || wasWoken;
}

void EpollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int fd = static_cast<int>(notifier->socket());
    auto [it, isNew] = d->watches.try_emplace(fd);
    if (isNew)
        it->second.serial = ++d->serial;
    QSocketNotifier *&slot = it->second.notifiers[indexOf(notifier->type())];
    if (slot && slot != notifier)
        qWarning("EpollDispatcher: two notifiers of one type for descriptor %d", fd);
    slot = notifier;
    d->changed.insert(fd);
}

void EpollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int fd = static_cast<int>(notifier->socket());
    const auto it = d->watches.find(fd);
    if (it == d->watches.end())
        return;
    QSocketNotifier *&slot = it->second.notifiers[indexOf(notifier->type())];
    if (slot == notifier)
        slot = nullptr;
    if (it->second.wanted() == 0)
        d->forget(fd);
    else
        d->changed.insert(fd);
}

void EpollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    d->timers.add(timerId, std::chrono::milliseconds(std::max<qint64>(0, interval)), timerType, object, monotonicNow());
}

bool EpollDispatcher::unregisterTimer(int timerId)
{
    return d->timers.remove(timerId);
}

bool EpollDispatcher::unregisterTimers(QObject *object)
{
    return d->timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EpollDispatcher::registeredTimers(QObject *object) const
{
    return d->timers.of(object);
}

int EpollDispatcher::remainingTime(int timerId)
{
    return d->timers.remaining(timerId, monotonicNow());
}

void EpollDispatcher::wakeUp()
{
    if (d->woken.exchange(true, std::memory_order_acq_rel))
        return;
    const quint64 one = 1;
    const ssize_t ignored = ::write(d->wake.get(), &one, sizeof one);
    Q_UNUSED(ignored);
}

void EpollDispatcher::interrupt()
{
    d->interrupted.store(true);
    wakeUp();
}

} // namespace flowgate::net
