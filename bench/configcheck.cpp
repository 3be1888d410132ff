// SPDX-License-Identifier: GPL-3.0-or-later
// bench-configcheck: what the check of a config costs, against that of one half as large. 2.0 is linear, 4.0 quadratic.
#include "collector/check.h"

#include <QElapsedTimer>

#include <cstdio>

using namespace flowgate::collector;

namespace {

QByteArray numbered(int count, const char *before, const char *after)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += before + QByteArray::number(i) + after;
    return text;
}

/// Pipelines in a row, each of which reads what the one before it wrote.
QByteArray chain(int count)
{
    QByteArray text = "receivers: {nop: }\nexporters: {debug: }\nconnectors:\n" + numbered(count, "  forward/", ":\n") +
                      "service:\n  pipelines:\n    logs/0: {receivers: [nop], exporters: [forward/0]}\n";
    for (int i = 1; i < count; ++i)
        text += "    logs/" + QByteArray::number(i) + ": {receivers: [forward/" + QByteArray::number(i - 1) +
                "], exporters: [forward/" + QByteArray::number(i) + "]}\n";
    return text;
}

QByteArray mistyped(int count)
{
    return "receivers: {nop: }\nexporters:\n" + numbered(count, "  debug/right", ":\n") +
           "service: {pipelines: {logs: {receivers: [nop], exporters: [" + numbered(count, "debug/rihgt", ", ") +
           "]}}}\n";
}

QByteArray ports(int count)
{
    return "receivers:\n" + numbered(count, "  otlp/", ": {protocols: {http: {endpoint: ':4318'}}}\n") +
           "exporters: {debug: }\nservice: {pipelines: {logs: {exporters: [debug], receivers: [" +
           numbered(count, "otlp/", ", ") + "]}}}\n";
}

/// @return milliseconds, the best of several
double timeOf(const QByteArray &text)
{
    const ConfigTree tree = readConfig(text);
    double best = 1e9;
    for (int round = 0; round < 7; ++round) {
        QElapsedTimer time;
        time.start();
        const Problems problems = check(tree);
        best = std::min(best, double(time.nsecsElapsed()) / 1e6);
    }
    return best;
}

} // namespace

int main()
{
    (void)timeOf(chain(100)); // the schema is read once
    const std::pair<const char *, QByteArray (*)(int)> shapes[] = {
        {"connectors in a chain", chain}, {"mistyped references", mistyped}, {"receivers on one port", ports}};
    for (const auto &[name, make] : shapes) {
        const double half = timeOf(make(4000));
        const double whole = timeOf(make(8000));
        std::printf("8,000 %s: %.2f ms, ratio to 4,000: %.2f\n", name, whole, whole / half);
    }
    return 0;
}
