// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/configtree.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace flowgate::collector {

/// What an operator's own Collector said of a config.
struct BinaryVerdict
{
    enum class Outcome {
        Accepted,
        Refused,    ///< problems says why; never empty
        NotStarted, ///< no program, not executable; words: the system's reason
        NoFiles,    ///< the config could not be written where it could read it; words: the folder
        TimedOut,   ///< no end within the limit: it was killed
        Flooded,    ///< it said more than 8 MiB: it was killed
        Crashed,    ///< ended by a signal
        Stopped,    ///< wait() was told to give up
    };
    Outcome outcome = Outcome::NotStarted;
    int exitCode = 0;
    QString words; ///< the first 64 KiB of both its streams; hostile text like any other
    Problems problems{};
};

/// Runs "BINARY validate --config=FILE" on a config, once at a time. The program runs with our rights and environment,
/// in a process group of its own that ends with this object; the files lie in a private folder and go with the run.
/// @thread that of its event loop; wait() needs none
class BinaryCheck final : public QObject
{
    Q_OBJECT
public:
    explicit BinaryCheck(std::chrono::milliseconds limit = std::chrono::seconds(30), QObject *parent = nullptr);
    ~BinaryCheck() override; ///< kills what runs; nothing is said then

    /// Begins; finished() follows, perhaps from within the call where it cannot be started. A run under way is killed
    /// and not reported.
    /// @param binary  a path, or a name that is looked up in PATH
    /// @param config  at least one file
    void start(const QString &binary, const domain::ConfigSet &config);
    [[nodiscard]] bool isRunning() const { return m_process != nullptr; }
    /// Blocks until finished() was emitted, for programs without an event loop.
    /// @param stop  asked a few times a second whether to give up
    void wait(const std::function<bool()> &stop);

Q_SIGNALS:
    void finished(const flowgate::collector::BinaryVerdict &verdict);

private:
    [[nodiscard]] QStringList writeFiles(const domain::ConfigSet &config);
    [[nodiscard]] QString path(qsizetype number) const;
    void read();
    [[nodiscard]] QString words() const;
    void ended(int exitCode, QProcess::ExitStatus status);
    void giveUp(BinaryVerdict::Outcome outcome);
    void end(BinaryVerdict verdict);
    void kill();

    std::chrono::milliseconds m_limit;
    QTimer m_timer;
    QDeadlineTimer m_deadline;
    ConfigTree m_tree;
    std::unique_ptr<QTemporaryDir> m_folder;
    QProcess *m_process = nullptr;
    QByteArray m_words;
    qsizetype m_said = 0; ///< bytes, those that were not kept included
};

} // namespace flowgate::collector
