// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/patience.h"

#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace flowgate::tests {

/// For before its start: the child ends when the test does, however that happens.
void bindToParent(QProcess &process);

/// Where the real gateway's binaries are: $FLOWGATE_GATEWAY_BIN, set by ./test. Empty if they are not there.
[[nodiscard]] QString gatewayBinaries();

/// For initTestCase(): skips the test where @p program is not among gatewayBinaries(), and fails it with CI=true.
void needGatewayBinary(const QString &program);
/// The same for what a variable of the environment names, which ./test sets.
void needVariable(const char *name);

/// What one call of flowgatectl gave.
struct CtlResult
{
    int exit = -1;
    QJsonObject json; ///< of --json; empty if it printed none
    QByteArray output;
    QByteArray errors;
};

/// Runs flowgatectl --json on @p folder to its end.
[[nodiscard]] CtlResult runCtl(const QString &folder, const QStringList &arguments, const QByteArray &input = {},
                               int timeoutMs = 2 * patience);

/// A flowgated of the test's own: its own data folder, a port that is reserved for it. Ends with the object.
class Daemon
{
public:
    Daemon();
    /// In @p folder, which may be there or not, rather than in one of its own.
    explicit Daemon(const QString &folder);
    ~Daemon();

    /// Starts (again) and waits for the ready line. Each start takes the same port, since gateways know it.
    [[nodiscard]] bool start(const QStringList &options = {});
    void signal(int number);
    /// No file of it grows over @p bytes from now on; nothing: any size. What a full disk is to a program, without one.
    void limitFiles(std::optional<quint64> bytes);
    void kill();     ///< SIGKILL
    int terminate(); ///< SIGTERM; the exit code

    [[nodiscard]] QString endpoint() const { return m_endpoint; } ///< "ws://127.0.0.1:41234/v1/opamp"
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString folder() const { return m_data; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] QByteArray log() const { return m_log; }

    /// The port that it listens at on @p host, as `status` says; 0: it does not.
    [[nodiscard]] quint16 portOn(const QString &host);

    /// Runs flowgatectl --json to its end.
    [[nodiscard]] CtlResult ctl(const QStringList &arguments, const QByteArray &input = {},
                                int timeoutMs = 2 * patience);
    /// Starts flowgatectl and leaves it running.
    [[nodiscard]] std::unique_ptr<QProcess> startCtl(const QStringList &arguments);
    /// The object of `gateways show`, or of the only gateway if @p id is empty; empty if there is none.
    [[nodiscard]] QJsonObject gateway(const QString &id = {});

private:
    QTemporaryDir m_folder;
    QString m_data;
    QProcess m_process;
    QByteArray m_log;
    QString m_endpoint;
    quint16 m_port = 0;
};

/// A real opampsupervisor with its Collector, run from the files in packaging/gateway with only endpoint, ports, paths
/// and applyTime put in. Ends with the object.
class RealGateway
{
public:
    /// How long the collector runs on a new config before its supervisor reports APPLIED. A busy machine does not start
    /// one within the supervisor's own 5 s.
    static constexpr std::chrono::seconds applyTime{15};
    enum class Kind { Plain, Validating }; ///< supervisor-minimal.yaml, supervisor.yaml

    /// @param tls  lines of the `tls:` section, e.g. "insecure_skip_verify: true"; empty: the file's own
    RealGateway(const QString &endpoint, Kind kind, const QString &tls = {});
    ~RealGateway();

    [[nodiscard]] bool start();
    void kill();      ///< SIGKILL of the supervisor, then of the collector that it leaves behind
    void terminate(); ///< SIGINT, on which the supervisor says goodbye
    [[nodiscard]] QByteArray log() const;
    /// The Collector's OTLP ports, both free ones.
    [[nodiscard]] quint16 grpcPort() const { return m_grpcPort; }
    [[nodiscard]] quint16 httpPort() const { return m_httpPort; }
    /// A config of the usual shape on this gateway's ports, with the debug exporter's verbosity put in.
    [[nodiscard]] QByteArray config(const QByteArray &verbosity) const;

private:
    void endOrphan();

    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_grpcPort = 0;
    quint16 m_httpPort = 0;
};

/// Whether a real gateway runs all that it was offered, own telemetry included, and its supervisor no longer waits for
/// what comes of a start: v0.149.0 reports APPLIED for whatever config it was sent last when applyTime is over, also
/// for one that it has just refused.
[[nodiscard]] bool isAtRest(Daemon &daemon, const QString &id);

/// Asks again until @p condition holds or the time is up. For what happens in other processes, where no signal of
/// ours can be waited for.
[[nodiscard]] bool eventually(const std::function<bool()> &condition, int timeoutMs = 2 * patience);

/// Value at a path like "config.effective.contains_wanted".
[[nodiscard]] QJsonValue at(const QJsonObject &object, const char *path);

} // namespace flowgate::tests
