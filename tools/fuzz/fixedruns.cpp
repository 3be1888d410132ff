// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a fuzz target over its seeds and then over a fixed number of inputs made from them: the same inputs on every
// machine. libFuzzer cannot promise that, even with a fixed seed and number of runs: what it learns from a run
// (coverage, compared values) depends on addresses and on the random order of protobuf's maps.
//
//     fixed-http RUNS FOLDER SEEDS [DICTIONARY]
//
// Prints the number of executions and of edges that they reached. An input that breaks something is kept in FOLDER, and
// the exit code is not 0. ASAN_OPTIONS must have handle_abort=1.
#include "fuzz.h"

#include <QByteArrayList>
#include <QDir>
#include <QFile>

#include <csignal>
#include <cstring>
#include <memory>
#include <random>
#include <sanitizer/common_interface_defs.h>
#include <unistd.h>

namespace {

constexpr qsizetype longest = 4096; ///< bytes of an input
constexpr unsigned hang = 600;      ///< seconds that one input may take

/// The run that is under way, for whatever ends the program in the midst of it.
QByteArray current;
qint64 number = 0;
QByteArray keptIn;

void keepCurrent()
{
    QFile file(QString::fromLocal8Bit(keptIn) + QStringLiteral("/crash-%1").arg(number));
    if (file.open(QIODevice::WriteOnly))
        file.write(current);
}

void hangs(int)
{
    (void)std::fprintf(stderr, "ERROR: an input takes longer than %u s\n", hang);
    keepCurrent();
    _exit(1);
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(name));
    return file.readAll();
}

/// The words of a dictionary of libFuzzer's: one "…" a line, with \xAB, \" and \\ in it.
QByteArrayList wordsIn(const QString &name)
{
    QByteArrayList words;
    for (const QByteArray &line : contentOf(name).split('\n')) {
        const qsizetype first = line.indexOf('"');
        const qsizetype last = line.lastIndexOf('"');
        if (line.startsWith('#') || first < 0 || last <= first)
            continue;
        QByteArray word;
        for (qsizetype at = first + 1; at < last; ++at) {
            if (line[at] != '\\') {
                word += line[at];
            } else if (line[at + 1] == 'x') {
                word += static_cast<char>(line.mid(at + 2, 2).toInt(nullptr, 16));
                at += 3;
            } else {
                word += line[++at];
            }
        }
        words.append(word);
    }
    return words;
}

/// Makes inputs out of seeds and words. Its numbers are the same with every standard library: no distribution is used.
class Maker
{
public:
    Maker(QByteArrayList seeds, QByteArrayList words)
        : m_seeds(std::move(seeds))
        , m_words(std::move(words))
    {
    }

    QByteArray next()
    {
        QByteArray input = one(m_seeds);
        const qsizetype changes = qsizetype(1) << below(5); // 1 to 16
        for (qsizetype i = below(changes) + 1; i > 0; --i)
            change(input);
        input.truncate(longest);
        return input;
    }

private:
    qsizetype below(qsizetype end) { return static_cast<qsizetype>(m_random() % static_cast<quint64>(end)); }
    const QByteArray &one(const QByteArrayList &of) { return of[below(of.size())]; }
    char byte()
    {
        // Bytes that mean something are taken as often as any others.
        static constexpr char special[] = {'\0', '\x01', '\x7f', '\x80', '\xff', '\n', '\r', ' ', '0', '9', '-', '"'};
        return below(2) == 0 ? special[below(std::ssize(special))] : static_cast<char>(below(256));
    }
    QByteArray pieceOf(const QByteArray &text)
    {
        const qsizetype from = below(text.size() + 1);
        return text.mid(from, below(text.size() - from + 1));
    }

    void change(QByteArray &input)
    {
        const qsizetype at = below(input.size() + 1);
        const bool isEnd = at == input.size();
        switch (below(10)) {
        case 0:
            if (!isEnd)
                input[at] = static_cast<char>(input[at] ^ (1 << below(8)));
            return;
        case 1:
            if (!isEnd)
                input[at] = byte();
            return;
        case 2:
            if (!isEnd)
                input[at] = static_cast<char>(input[at] + below(31) - 15);
            return;
        case 3:
            input.insert(at, QByteArray(below(8) + 1, byte()));
            return;
        case 4:
            input.remove(at, below(16) + 1);
            return;
        case 5:
            input.remove(at, below(input.size() + 1));
            return;
        case 6:
            input.insert(at, pieceOf(input));
            return;
        case 7:
            input.insert(at, pieceOf(one(m_seeds)));
            return;
        case 8: { // over what is there
            const QByteArray piece = pieceOf(one(m_seeds));
            input.replace(at, std::min(piece.size(), input.size() - at), piece);
            return;
        }
        default:
            if (!m_words.isEmpty())
                input.insert(at, one(m_words));
            else
                input.insert(at, QByteArray::number(static_cast<qint64>(m_random()) >> below(64)));
        }
        input.truncate(2 * longest);
    }

    QByteArrayList m_seeds;
    QByteArrayList m_words;
    std::mt19937_64 m_random{1};
};

/// The counters that clang puts at each edge, and which of them were ever counted up.
class Edges
{
public:
    void add(char *begin, char *end) { m_counters.emplace_back(begin, end); }
    __attribute__((no_sanitize("address", "undefined", "coverage"))) void note()
    {
        size_t index = 0;
        for (const auto &[begin, end] : m_counters) {
            m_seen.resize(std::max(m_seen.size(), index + static_cast<size_t>(end - begin)));
            for (char *counter = begin; counter != end; ++counter, ++index) {
                m_seen[index] = static_cast<char>(m_seen[index] | (*counter != 0));
                *counter = 0;
            }
        }
    }
    [[nodiscard]] qsizetype count() const { return std::ranges::count(m_seen, 1); }

private:
    std::vector<std::pair<char *, char *>> m_counters;
    std::vector<char> m_seen;
};

Edges &edges()
{
    static Edges all;
    return all;
}

void run(const QByteArray &input)
{
    current = input;
    ++number;
    // A buffer of just its length: the sanitizer finds what reads behind its end.
    const auto size = static_cast<size_t>(input.size());
    const std::unique_ptr<uint8_t[]> bytes(new uint8_t[size]);
    std::memcpy(bytes.get(), input.constData(), size);
    alarm(hang);
    LLVMFuzzerTestOneInput(bytes.get(), size);
}

} // namespace

extern "C" void __sanitizer_cov_8bit_counters_init(char *begin, char *end)
{
    edges().add(begin, end);
}

int main(int argc, char **argv)
{
    if (argc != 4 && argc != 5)
        qFatal("usage: fixed-TARGET RUNS FOLDER SEEDS [DICTIONARY]");
    const qint64 runs = QByteArray(argv[1]).toLongLong();
    keptIn = argv[2];
    const QDir folder(QString::fromLocal8Bit(argv[3]));
    QByteArrayList seeds;
    for (const QString &name : folder.entryList(QDir::Files, QDir::NoSort)) // sorted below, by code points
        seeds.append(name.toUtf8());
    std::ranges::sort(seeds);
    for (QByteArray &seed : seeds)
        seed = contentOf(folder.filePath(QString::fromUtf8(seed)));
    if (seeds.isEmpty())
        qFatal("there are no seeds");
    __sanitizer_set_death_callback(keepCurrent);
    (void)std::signal(SIGALRM, hangs);

    run({});
    for (const QByteArray &seed : std::as_const(seeds))
        run(seed);
    edges().note();
    const qsizetype bySeeds = edges().count();
    Maker maker(seeds, argc == 5 ? wordsIn(QString::fromLocal8Bit(argv[4])) : QByteArrayList());
    for (qint64 i = 0; i < runs; ++i) {
        run(maker.next());
        edges().note();
    }
    alarm(0);
    std::printf("%lld executions, %lld edges, %lld of them by the seeds alone\n", static_cast<long long>(runs),
                static_cast<long long>(edges().count()), static_cast<long long>(bySeeds));
    return 0;
}
