// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Terminal.h"
#include "learning/Compute.h"

#include <QCoreApplication>

#include <clocale>

int main(int argc, char **argv)
{
    semigda::learning::configureThreadWaiting(argv);
    semigda::learning::keepFreedMemory();
    // Qt takes out what it understands; the command line stays ours.
    int qtArgc = 1;
    QCoreApplication application(qtArgc, argv);
    // Qt follows the user's language, in which numbers may have a decimal comma; files and JSON may not.
    std::setlocale(LC_NUMERIC, "C");
    semigda::learning::setThreadCount(0);
    return semigda::app::runTerminal(argc, argv);
}
