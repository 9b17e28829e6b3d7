// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace semigda::bench
{

/// Seconds of a clock that never jumps.
double now();

/// How much longer than usual the same few milliseconds of work in memory took.
struct MachineStalls
{
    double longest = 0.0;   ///< seconds
    double perSecond = 0.0; ///< of 10 ms and more
};

/// Within so many seconds of such work: what the machine itself adds to single times measured on it.
MachineStalls machineStalls(double seconds);
double median(std::vector<double> values);

/// Largest resident memory of this process so far in bytes; nothing where the system does not tell.
std::optional<std::int64_t> peakMemory();

/// One of several ways to do the same work.
struct Way
{
    std::string name;
    std::function<void()> select; ///< before each block: thread count and the like
    std::function<void()> step;
};

struct WayTime
{
    std::string name;
    double seconds = 0.0; ///< per step, median over the blocks
    /// Of its block's time per step to that of the first way in the same round.
    double ratio = 1.0;
    double leastRatio = 1.0;
    double mostRatio = 1.0;
};

/// Blocks of the ways in turn (A B A B ...), so that a machine that slows down slows all of them. Every way first does
/// `warmUp` steps, and every block begins with an unmeasured one. A block lasts about `blockSeconds`.
std::vector<WayTime> measureInTurn(const std::vector<Way> &ways, int warmUp, int rounds, double blockSeconds);

} // namespace semigda::bench
