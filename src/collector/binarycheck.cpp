// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/binarycheck.h"

#include "collector/collectorwords.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace flowgate::collector {

namespace {

constexpr qsizetype mostKept = 64 * 1024;
constexpr qsizetype mostSaid = 8 * 1024 * 1024;
constexpr int waitSlice = 200;

/// In the child, before the program begins: only calls that are safe between fork and exec.
void becomeGroup()
{
    ::setpgid(0, 0); // what it starts can be ended with it, and Ctrl+C in our terminal is ours alone
#ifdef __linux__
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // it does not outlive us
#endif
}

/// A file's name as its operator knows it.
QString shownName(const QString &name)
{
    return name.isEmpty() ? QStringLiteral("config.yaml") : name;
}

} // namespace

BinaryCheck::BinaryCheck(std::chrono::milliseconds limit, QObject *parent)
    : QObject(parent)
    , m_limit(limit)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { giveUp(BinaryVerdict::Outcome::TimedOut); });
}

BinaryCheck::~BinaryCheck()
{
    kill();
}

/// The options that name the files, lowest priority first; none where they could not be written.
QStringList BinaryCheck::writeFiles(const domain::ConfigSet &config)
{
    m_folder = std::make_unique<QTemporaryDir>(QDir::tempPath() + QStringLiteral("/flowgate-check-XXXXXX"));
    QStringList options;
    for (qsizetype i = 0; m_folder->isValid() && i < m_tree.files.size(); ++i) {
        const QByteArray &body = config.files.at(m_tree.files[i]).body;
        QFile file(path(i));
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) || file.write(body) != body.size() || !file.flush())
            return {};
        options.append(QStringLiteral("--config=") + file.fileName());
    }
    return options;
}

/// Under names of our own: a config's may be anything.
QString BinaryCheck::path(qsizetype number) const
{
    return m_folder->filePath(QStringLiteral("%1.yaml").arg(number));
}

void BinaryCheck::start(const QString &binary, const domain::ConfigSet &config)
{
    kill();
    m_tree = readConfig(config);
    m_words.clear();
    m_said = 0;
    if (m_tree.files.isEmpty())
        return end({.outcome = BinaryVerdict::Outcome::Refused, .words = {}, .problems = m_tree.problems});
    const QStringList options = writeFiles(config);
    if (options.isEmpty())
        return end({.outcome = BinaryVerdict::Outcome::NoFiles, .words = QDir::tempPath()});
    m_process = new QProcess(this);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setChildProcessModifier(becomeGroup);
    connect(m_process, &QProcess::readyReadStandardOutput, this, &BinaryCheck::read);
    connect(m_process, &QProcess::finished, this, &BinaryCheck::ended);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end({.outcome = BinaryVerdict::Outcome::NotStarted, .words = m_process->errorString()});
    });
    m_deadline.setRemainingTime(m_limit);
    m_timer.start(m_limit);
    m_process->start(binary, QStringList{QStringLiteral("validate")} + options);
}

void BinaryCheck::wait(const std::function<bool()> &stop)
{
    while (m_process) {
        if (m_process->waitForFinished(waitSlice))
            continue;
        if (m_process && stop())
            giveUp(BinaryVerdict::Outcome::Stopped);
        else if (m_process && m_deadline.hasExpired())
            giveUp(BinaryVerdict::Outcome::TimedOut);
    }
}

void BinaryCheck::read()
{
    const QByteArray bytes = m_process->readAllStandardOutput();
    m_said += bytes.size();
    m_words += bytes.first(std::min(bytes.size(), mostKept - m_words.size()));
    if (m_said > mostSaid)
        giveUp(BinaryVerdict::Outcome::Flooded);
}

void BinaryCheck::ended(int exitCode, QProcess::ExitStatus status)
{
    using Outcome = BinaryVerdict::Outcome;
    read();
    if (!m_process)
        return; // that was too much
    BinaryVerdict verdict{.outcome = Outcome::Crashed, .exitCode = exitCode, .words = words()};
    if (status == QProcess::NormalExit)
        verdict.outcome = exitCode == 0 ? Outcome::Accepted : Outcome::Refused;
    if (verdict.outcome == Outcome::Refused) {
        verdict.problems = problemsFromWords(verdict.words, m_tree);
        if (verdict.problems.empty())
            verdict.problems.push_back(
                {.text = QStringLiteral("It ended with exit code %1 and said nothing.").arg(exitCode)});
    }
    end(std::move(verdict));
}

/// What was said so far, with the operator's names in place of our files.
QString BinaryCheck::words() const
{
    QString text = QString::fromUtf8(m_words);
    for (qsizetype i = 0; i < m_tree.files.size(); ++i)
        text.replace(path(i), shownName(m_tree.files[i]));
    return text;
}

void BinaryCheck::giveUp(BinaryVerdict::Outcome outcome)
{
    const QString said = words();
    kill();
    end({.outcome = outcome, .words = said});
}

void BinaryCheck::end(BinaryVerdict verdict)
{
    m_timer.stop();
    if (m_process)
        std::exchange(m_process, nullptr)->deleteLater();
    m_folder.reset();
    Q_EMIT finished(verdict);
}

void BinaryCheck::kill()
{
    m_timer.stop();
    if (!m_process)
        return;
    m_process->disconnect(this);
    if (const qint64 pid = m_process->processId(); pid > 0)
        ::kill(static_cast<pid_t>(-pid), SIGKILL);
    m_process->kill();
    m_process->waitForFinished();
    std::exchange(m_process, nullptr)->deleteLater();
    m_folder.reset();
}

} // namespace flowgate::collector
