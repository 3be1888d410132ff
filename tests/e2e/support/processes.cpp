// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/support/processes.h"

#include "tests/support/reservedport.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTest>
#include <QUrl>

#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace flowgate::tests {

namespace {

QString binary(const char *name)
{
    return QStringLiteral(FLOWGATE_BIN "/") + QLatin1String(name);
}

QByteArray readFile(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeFile(const QString &name, const QByteArray &text)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

std::unique_ptr<QProcess> startCtlIn(const QString &folder, const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    bindToParent(*process);
    process->start(binary("flowgatectl"),
                   QStringList{QStringLiteral("--data"), folder, QStringLiteral("--json")} + arguments);
    return process;
}

} // namespace

void bindToParent(QProcess &process)
{
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

QString gatewayBinaries()
{
    const QString folder = qEnvironmentVariable("FLOWGATE_GATEWAY_BIN");
    return QFile::exists(folder + QStringLiteral("/opampsupervisor")) ? folder : QString();
}

namespace {

void isMissing(const QByteArray &why)
{
    if (qEnvironmentVariable("CI") == u"true")
        QFAIL(why.constData());
    QSKIP(why.constData());
}

} // namespace

void needGatewayBinary(const QString &program)
{
    if (!QFile::exists(gatewayBinaries() + u'/' + program))
        isMissing(program.toUtf8() + " is not in $FLOWGATE_GATEWAY_BIN: ./test builds it where Go is installed");
}

void needVariable(const char *name)
{
    if (qEnvironmentVariableIsEmpty(name))
        isMissing('$' + QByteArray(name) + " is not set: ./test sets it");
}

bool eventually(const std::function<bool()> &condition, int timeoutMs)
{
    const QDeadlineTimer deadline(timeoutMs);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QTest::qWait(100);
    }
    return true;
}

QJsonValue at(const QJsonObject &object, const char *path)
{
    QJsonValue value = object;
    for (const QByteArray &key : QByteArray(path).split('.'))
        value = value.toObject().value(QString::fromUtf8(key));
    return value;
}

CtlResult runCtl(const QString &folder, const QStringList &arguments, const QByteArray &input, int timeoutMs)
{
    const auto process = startCtlIn(folder, arguments);
    process->write(input);
    process->closeWriteChannel();
    CtlResult result;
    if (!process->waitForFinished(timeoutMs)) {
        process->kill();
        process->waitForFinished(flowgate::tests::patience);
        result.errors = "flowgatectl did not end";
        return result;
    }
    result.exit = process->exitCode();
    result.output = process->readAllStandardOutput();
    result.errors = process->readAllStandardError();
    result.json = QJsonDocument::fromJson(result.output).object();
    return result;
}

Daemon::Daemon()
    : m_data(m_folder.filePath(QStringLiteral("data")))
    , m_port(reservedPort())
{
}

Daemon::Daemon(const QString &folder)
    : m_data(folder)
    , m_port(reservedPort())
{
}

Daemon::~Daemon()
{
    if (m_process.state() != QProcess::NotRunning)
        terminate();
    if (QTest::currentTestFailed())
        qInfo("flowgated said:\n%s", m_log.constData());
}

bool Daemon::start(const QStringList &options)
{
    bindToParent(m_process);
    m_process.setProgram(binary("flowgated"));
    m_process.setArguments(QStringList{QStringLiteral("--data"), folder(), QStringLiteral("--listen"),
                                       QStringLiteral("127.0.0.1:%1").arg(m_port)} +
                           options);
    // As users start it. Tests themselves run without GLib; the system's keychain answers by it.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(QStringLiteral("QT_NO_GLIB"));
    m_process.setProcessEnvironment(environment);
    m_process.start();
    QByteArray ready;
    QDeadlineTimer deadline(patience);
    while (!ready.contains('\n') && !deadline.hasExpired() && m_process.state() != QProcess::NotRunning) {
        m_process.waitForReadyRead(200);
        ready += m_process.readAllStandardOutput();
    }
    const QJsonObject line = QJsonDocument::fromJson(ready).object();
    m_endpoint = line.value(QStringLiteral("endpoints")).toArray().at(0).toString();
    const bool isReady = QUrl(m_endpoint).port() == m_port;
    if (!isReady)
        m_log += m_process.readAllStandardError();
    return isReady;
}

void Daemon::signal(int number)
{
    ::kill(static_cast<pid_t>(m_process.processId()), number);
}

void Daemon::limitFiles(std::optional<quint64> bytes)
{
    rlimit limit{};
    ::prlimit(static_cast<pid_t>(m_process.processId()), RLIMIT_FSIZE, nullptr, &limit);
    limit.rlim_cur = bytes ? *bytes : limit.rlim_max;
    ::prlimit(static_cast<pid_t>(m_process.processId()), RLIMIT_FSIZE, &limit, nullptr);
}

void Daemon::kill()
{
    m_process.kill();
    m_process.waitForFinished(flowgate::tests::patience);
    m_log += m_process.readAllStandardError();
}

int Daemon::terminate()
{
    m_process.terminate();
    if (!m_process.waitForFinished(patience)) {
        m_process.kill();
        m_process.waitForFinished(flowgate::tests::patience);
        return -1;
    }
    m_log += m_process.readAllStandardError();
    return m_process.exitCode();
}

std::unique_ptr<QProcess> Daemon::startCtl(const QStringList &arguments)
{
    return startCtlIn(m_data, arguments);
}

quint16 Daemon::portOn(const QString &host)
{
    for (const QJsonValue endpoint : ctl({QStringLiteral("status")}).json[QStringLiteral("endpoints")].toArray()) {
        const QUrl url(endpoint.toString());
        if (url.host() == host)
            return static_cast<quint16>(url.port());
    }
    return 0;
}

CtlResult Daemon::ctl(const QStringList &arguments, const QByteArray &input, int timeoutMs)
{
    return runCtl(m_data, arguments, input, timeoutMs);
}

QJsonObject Daemon::gateway(const QString &id)
{
    if (!id.isEmpty())
        return ctl({QStringLiteral("gateways"), QStringLiteral("show"), id}).json;
    const QJsonArray items =
        ctl({QStringLiteral("gateways"), QStringLiteral("list")}).json.value(QStringLiteral("items")).toArray();
    return items.size() == 1 ? gateway(items.at(0).toObject().value(QStringLiteral("id")).toString()) : QJsonObject();
}

bool isAtRest(Daemon &daemon, const QString &id)
{
    const QDateTime begun =
        QDateTime::fromString(at(daemon.gateway(id), "health.started_at").toString(), Qt::ISODateWithMs);
    const QByteArray effective = daemon.ctl({QStringLiteral("gateways"), QStringLiteral("effective"), id}).output;
    const QByteArray base = "http://127.0.0.1:" + QByteArray::number(daemon.port());
    return effective.contains(base + "/v1/metrics") && effective.contains(base + "/v1/logs") && begun.isValid() &&
           begun.secsTo(QDateTime::currentDateTimeUtc()) > RealGateway::applyTime.count();
}

RealGateway::RealGateway(const QString &endpoint, Kind kind, const QString &tls)
    : m_grpcPort(reservedPort())
    , m_httpPort(reservedPort())
{
    const QString source = QStringLiteral(FLOWGATE_SOURCE "/packaging/gateway/");
    QByteArray supervisor = readFile(
        source + (kind == Kind::Plain ? QStringLiteral("supervisor-minimal.yaml") : QStringLiteral("supervisor.yaml")));
    QByteArray base = readFile(source + QStringLiteral("collector-base.yaml"));
    const auto replaceLine = [](QByteArray &text, const char *key, const QString &value) {
        const QRegularExpression line(QStringLiteral("^(\\s*%1:) .*$").arg(QLatin1String(key)),
                                      QRegularExpression::MultilineOption);
        const QString before = QString::fromUtf8(text);
        QString after = before;
        after.replace(line, QStringLiteral("\\1 ") + value);
        if (after == before)
            qFatal("packaging/gateway: no line '%s: …' to put a value in", key);
        text = after.toUtf8();
    };
    replaceLine(supervisor, "endpoint", endpoint);
    replaceLine(supervisor, "executable", gatewayBinaries() + QStringLiteral("/otelcol"));
    replaceLine(supervisor, "directory", m_folder.filePath(QStringLiteral("storage")));
    const QString time = QStringLiteral("%1s").arg(applyTime.count());
    if (kind == Kind::Validating)
        replaceLine(supervisor, "config_apply_timeout", time);
    else
        replaceLine(supervisor, "executable",
                    gatewayBinaries() + QStringLiteral("/otelcol\n  config_apply_timeout: ") + time);
    if (!tls.isEmpty()) {
        static const QRegularExpression verify(QStringLiteral("insecure_skip_verify: \\w+"));
        supervisor = QString::fromUtf8(supervisor).replace(verify, tls).toUtf8();
    }
    if (kind == Kind::Validating)
        supervisor.replace("collector-base.yaml", m_folder.filePath(QStringLiteral("collector-base.yaml")).toUtf8());
    base.replace("0.0.0.0:4317", "127.0.0.1:" + QByteArray::number(m_grpcPort));
    base.replace("0.0.0.0:4318", "127.0.0.1:" + QByteArray::number(m_httpPort));
    QDir().mkpath(m_folder.filePath(QStringLiteral("storage")));
    if (!writeFile(m_folder.filePath(QStringLiteral("supervisor.yaml")), supervisor) ||
        !writeFile(m_folder.filePath(QStringLiteral("collector-base.yaml")), base))
        qFatal("cannot write the gateway's files");
}

RealGateway::~RealGateway()
{
    if (m_process.state() != QProcess::NotRunning)
        terminate();
    if (QTest::currentTestFailed())
        qInfo("the supervisor said:\n%s", log().right(8000).constData());
}

bool RealGateway::start()
{
    bindToParent(m_process);
    m_process.setStandardErrorFile(m_folder.filePath(QStringLiteral("supervisor.log")), QIODevice::Append);
    m_process.setStandardOutputFile(m_folder.filePath(QStringLiteral("supervisor.log")), QIODevice::Append);
    m_process.setWorkingDirectory(m_folder.path());
    m_process.start(gatewayBinaries() + QStringLiteral("/opampsupervisor"),
                    {QStringLiteral("--config"), m_folder.filePath(QStringLiteral("supervisor.yaml"))});
    return m_process.waitForStarted(flowgate::tests::patience);
}

void RealGateway::kill()
{
    m_process.kill();
    m_process.waitForFinished(flowgate::tests::patience);
    endOrphan();
}

void RealGateway::terminate()
{
    // The supervisor says goodbye and stops its collector on SIGINT only.
    ::kill(static_cast<pid_t>(m_process.processId()), SIGINT);
    if (!m_process.waitForFinished(patience))
        m_process.kill();
    m_process.waitForFinished(flowgate::tests::patience);
    endOrphan();
}

/// A collector outlives a supervisor that was killed, and keeps the ports. It is ours: it works in our folder.
void RealGateway::endOrphan()
{
    const QString folder = QFileInfo(m_folder.path()).canonicalFilePath();
    for (const QString &pid : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        bool isPid = false;
        const pid_t number = pid.toInt(&isPid);
        if (isPid && QFile::symLinkTarget(QStringLiteral("/proc/%1/cwd").arg(pid)) == folder)
            ::kill(number, SIGKILL);
    }
}

QByteArray RealGateway::log() const
{
    return readFile(m_folder.filePath(QStringLiteral("supervisor.log")));
}

QByteArray RealGateway::config(const QByteArray &verbosity) const
{
    return "receivers:\n"
           "  otlp:\n"
           "    protocols:\n"
           "      grpc:\n"
           "        endpoint: 127.0.0.1:" +
           QByteArray::number(m_grpcPort) +
           "\n"
           "processors:\n"
           "  batch:\n"
           "    timeout: 5s\n"
           "exporters:\n"
           "  debug:\n"
           "    verbosity: " +
           verbosity +
           "\n"
           "service:\n"
           "  pipelines:\n"
           "    logs:\n"
           "      receivers: [otlp]\n"
           "      processors: [batch]\n"
           "      exporters: [debug]\n";
}

} // namespace flowgate::tests
