// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowgatectl/program.h"

#include <QCoreApplication>

#include <cstdlib>

int main(int argc, char *argv[])
{
    // Texts are UTF-8 whatever the locale is; without this Qt complains on standard error where it is another.
    ::setenv("LC_ALL", "C.UTF-8", 1);
    const QCoreApplication application(argc, argv);
    flowgate::ctl::Console console;
    const flowgate::domain::SystemClock clock;
    return flowgate::ctl::run(QCoreApplication::arguments().mid(1), QProcessEnvironment::systemEnvironment(), console,
                              clock);
}
