// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "domain/components.h"
#include "domain/event.h"
#include "domain/gateway.h"
#include "domain/rollout.h"
#include "domain/span.h"

#include <QRandomGenerator>

namespace flowgate::testing {

/// Makes values of every kind out of a seed, odd ones on purpose: null bytes, the ends of number ranges, texts beyond
/// the basic plane, empty next to absent.
class OddValues
{
public:
    explicit OddValues(quint32 seed)
        : m_random(seed)
    {
    }

    QString text();
    QByteArray bytes();
    domain::WallTime time();
    quint64 natural();
    int integer();
    bool flag() { return below(2) == 1; }
    domain::GatewayId id();
    domain::ConfigHash hash();
    domain::ConfigRef ref();
    domain::AttributeValue attributeValue(int depth);
    domain::Attributes attributes(int depth);
    domain::AgentDescription description() { return {attributes(3), attributes(3)}; }
    domain::ComponentHealth health(int depth);
    std::map<QString, domain::ComponentDetails> components(int depth);
    domain::ConfigSet configSet();
    domain::Gateway gateway();
    domain::Span span(domain::SpanKind kind);
    domain::RolloutTarget target();
    domain::Rollout rollout();
    domain::Event event();

    int below(int limit) { return static_cast<int>(m_random.bounded(limit)); }

private:
    template<typename Make>
    auto maybe(Make make) -> std::optional<decltype(make())>
    {
        if (flag())
            return make();
        return {};
    }
    template<typename T>
    domain::Observed<T> observed(T value)
    {
        return {std::move(value), time(), flag()};
    }

    QRandomGenerator m_random;
};

} // namespace flowgate::testing
