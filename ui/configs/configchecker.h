// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collector/pipelinegraph.h"
#include "collector/problem.h"
#include "domain/configset.h"
#include "domain/mailbox.h"

#include <QObject>

#include <optional>
#include <stop_token>
#include <thread>

namespace flowgate::ui {

/// Checks configs in a thread of their own, so that typing never waits for it. The latest text wins: what is asked for
/// while a check runs replaces what was waiting, and ends the one that runs.
/// @thread gui; the destructor ends the check under way
class ConfigChecker final : public QObject
{
    Q_OBJECT
public:
    explicit ConfigChecker(QObject *parent = nullptr);
    ~ConfigChecker() override;

    void check(const domain::ConfigSet &config);
    /// Whatever is under way will not be told, and ends soon.
    void cancel();

Q_SIGNALS:
    void checked(const flowgate::collector::Problems &problems, const flowgate::collector::PipelineGraph &graph);

private:
    void begin(domain::ConfigSet config);

    domain::Mailbox m_answers;
    std::thread m_worker; ///< of the check under way, or of the last one
    std::stop_source m_stop;
    std::optional<domain::ConfigSet> m_next;
    bool m_busy = false;
    bool m_cancelled = false;
};

} // namespace flowgate::ui
