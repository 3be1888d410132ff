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
    m_stop.request_stop();
    if (m_worker.joinable())
        m_worker.join();
}

void ConfigChecker::check(const domain::ConfigSet &config)
{
    if (!m_busy)
        return begin(config);
    m_next = config;
    m_stop.request_stop();
}

void ConfigChecker::cancel()
{
    m_next.reset();
    m_cancelled = m_busy;
    m_stop.request_stop();
}

void ConfigChecker::begin(domain::ConfigSet config)
{
    m_busy = true;
    m_cancelled = false;
    if (m_worker.joinable())
        m_worker.join(); // its answer is here, so it has ended or is about to
    m_stop = std::stop_source();
    m_worker = std::thread([this, config = std::move(config), stop = m_stop.get_token()] {
        collector::Work work(stop);
        const collector::ConfigTree tree = collector::readConfig(config, {}, &work);
        auto problems = collector::check(tree, {}, &work);
        auto graph = work.isCancelled() ? collector::PipelineGraph() // nobody is told of it
                                        : collector::pipelineGraph(collector::outline(tree));
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
