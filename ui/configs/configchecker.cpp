// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/configs/configchecker.h"

#include "collector/check.h"

namespace flowgate::ui {

ConfigChecker::ConfigChecker(QObject *parent)
    : QObject(parent)
{
}

ConfigChecker::~ConfigChecker()
{
    if (m_worker.joinable())
        m_worker.join();
}

void ConfigChecker::check(const domain::ConfigSet &config)
{
    if (m_busy)
        m_next = config;
    else
        begin(config);
}

void ConfigChecker::cancel()
{
    m_next.reset();
    m_cancelled = m_busy;
}

void ConfigChecker::begin(domain::ConfigSet config)
{
    m_busy = true;
    m_cancelled = false;
    if (m_worker.joinable())
        m_worker.join(); // its answer is here, so it has ended or is about to
    m_worker = std::thread([this, config = std::move(config)] {
        const collector::ConfigTree tree = collector::readConfig(config);
        auto problems = collector::check(tree);
        auto graph = collector::pipelineGraph(collector::outline(tree));
        m_answers.post([this, problems = std::move(problems), graph = std::move(graph)] {
            m_busy = false;
            if (!m_cancelled && !m_next)
                Q_EMIT checked(problems, graph);
            if (m_next)
                begin(*std::exchange(m_next, std::nullopt));
        });
    });
}

} // namespace flowgate::ui
