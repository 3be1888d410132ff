// SPDX-License-Identifier: GPL-3.0-or-later
// walk-rollouts SECONDS SEED: random walks with seeds from SEED on, until the time is over or something is claimed that
// was not observed. See tools/run-walk.
#include "tests/app/walk/rolloutworld.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    QTextStream out(stdout);
    if (arguments.size() != 3) {
        out << "usage: walk-rollouts SECONDS SEED\n";
        return 2;
    }
    const qint64 seconds = arguments[1].toLongLong();
    quint32 seed = arguments[2].toUInt();
    QElapsedTimer timer;
    timer.start();
    int walks = 0;
    int proofs = 0;
    for (; !timer.hasExpired(seconds * 1000); ++walks, ++seed) {
        flowgate::tests::RolloutWorld world(seed);
        world.walk(500);
        if (!world.finding().isEmpty()) {
            out << world.trace().join(u'\n') << "\nseed " << seed << ": " << world.finding() << '\n';
            return 1;
        }
        proofs += world.proofs();
    }
    out << walks << " walks, " << proofs << " proofs, no finding\n";
    return 0;
}
