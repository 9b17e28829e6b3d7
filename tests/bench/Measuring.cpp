// SPDX-License-Identifier: Apache-2.0
#include "bench/Measuring.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <sstream>

namespace semigda::bench
{

namespace
{

double secondsPerStep(const Way &way, int steps)
{
    const double start = now();
    for (int i = 0; i < steps; ++i) {
        way.step();
    }
    return (now() - start) / steps;
}

} // namespace

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

MachineStalls machineStalls(double seconds)
{
    constexpr double Long = 0.01;
    constexpr std::size_t Words = std::size_t{1} << 22U;
    constexpr int Touches = 400'000;
    std::vector<std::uint32_t> memory(Words);
    std::uint64_t random = 1;
    std::vector<double> pieces;
    const double end = now() + seconds;
    for (double before = now(), at = before; before < end; before = at) {
        for (int i = 0; i < Touches; ++i) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            memory[(random >> 33U) % Words] += 1U;
        }
        at = now();
        pieces.push_back(at - before);
    }
    const double usual = median(pieces);
    const auto stalls =
        std::count_if(pieces.begin(), pieces.end(), [&](double piece) { return piece - usual >= Long; });
    return {*std::max_element(pieces.begin(), pieces.end()) - usual, static_cast<double>(stalls) / seconds};
}

double median(std::vector<double> values)
{
    if (values.empty()) {
        return 0.0;
    }
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2.0;
}

std::optional<std::int64_t> peakMemory()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        std::istringstream words(line);
        std::string name;
        std::int64_t kibibytes = 0;
        if (words >> name >> kibibytes && name == "VmHWM:") {
            return kibibytes * 1024;
        }
    }
    return std::nullopt;
}

std::vector<WayTime> measureInTurn(const std::vector<Way> &ways, int warmUp, int rounds, double blockSeconds)
{
    constexpr int MostSteps = 200;
    std::vector<int> steps;
    for (const Way &way : ways) {
        way.select();
        static_cast<void>(secondsPerStep(way, warmUp));
        const double each = secondsPerStep(way, 2);
        steps.push_back(std::clamp(static_cast<int>(std::lround(blockSeconds / each)), 2, MostSteps));
    }
    std::vector<std::vector<double>> seconds(ways.size());
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < ways.size(); ++i) {
            ways[i].select();
            ways[i].step();
            seconds[i].push_back(secondsPerStep(ways[i], steps[i]));
        }
    }
    std::vector<WayTime> times;
    for (std::size_t i = 0; i < ways.size(); ++i) {
        std::vector<double> ratios;
        for (std::size_t round = 0; round < seconds[i].size(); ++round) {
            ratios.push_back(seconds[i][round] / seconds[0][round]);
        }
        WayTime time;
        time.name = ways[i].name;
        time.seconds = median(seconds[i]);
        time.ratio = median(ratios);
        time.leastRatio = *std::min_element(ratios.begin(), ratios.end());
        time.mostRatio = *std::max_element(ratios.begin(), ratios.end());
        times.push_back(std::move(time));
    }
    return times;
}

} // namespace semigda::bench
