// SPDX-License-Identifier: Apache-2.0
// How fast SemiGDA learns and predicts here, against the same work with the reference's habits. Wants a quiet machine.
#include "bench/SpeedReport.h"
#include "learning/Compute.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace
{

using namespace semigda;

int usage()
{
    std::fputs("bench_learning [--json] [--profile] [--rounds N] [--only steps|labels]\n"
               "  --profile      also where the time of a step goes\n"
               "  --rounds N     blocks of each way, 7 without; ratios are medians over them\n"
               "  --only steps   leave out the run to the first pseudo-labels (minutes); labels: only that\n",
               stderr);
    return 2;
}

int fail(const core::Error &error)
{
    std::fprintf(stderr, "%s\n", error.message.english().c_str());
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    learning::configureThreadWaiting(argv);
    learning::keepFreedMemory();
    const int defaultThreads = bench::currentThreads();
    bench::SpeedOptions options;
    bool wantsJson = false;
    std::string_view only;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--json") {
            wantsJson = true;
        } else if (argument == "--profile") {
            options.wantsProfile = true;
        } else if (argument == "--only" && i + 1 < argc) {
            only = argv[++i];
        } else if (argument == "--rounds" && i + 1 < argc) {
            options.rounds = std::atoi(argv[++i]);
        } else {
            return usage();
        }
    }
    if (options.rounds < 1 || (!only.empty() && only != "steps" && only != "labels")) {
        return usage();
    }
    bench::SpeedReport report;
    // First, so that the peak of memory is the product's own.
    if (only != "steps") {
        const auto labels = bench::measureFirstLabels(200, 20, 128);
        if (!labels) {
            return fail(labels.error());
        }
        report.firstLabels = *labels;
    }
    if (only != "labels") {
        const auto speed = bench::measureLearningSpeed(options, defaultThreads);
        if (!speed) {
            return fail(speed.error());
        }
        report.speed = *speed;
    }
    std::fputs((wantsJson ? toJson(report) : toText(report)).c_str(), stdout);
    return 0;
}
