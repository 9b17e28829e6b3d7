// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace semigda::app
{

/// The program `semigda`: parses the command line, runs the command, prints what came of it. Returns the exit status:
/// 0 done, 1 failed with one sentence on stderr, 2 wrong usage. Needs a QCoreApplication; main thread.
int runTerminal(int argc, char **argv);

} // namespace semigda::app
