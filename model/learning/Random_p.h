// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

namespace semigda::learning
{

/// Random numbers of one step of a run. Every step makes its own from (seed, stage, step), so that a resumed run draws
/// what an uninterrupted one would have drawn, without any stored state.
class StepRandom
{
public:
    StepRandom(std::uint64_t seed, std::uint64_t stage, std::uint64_t step)
        : m_state(mix(mix(mix(seed + 0x9E3779B97F4A7C15ULL) ^ stage) ^ step))
    {}
    std::uint64_t next() { return mix(m_state += 0x9E3779B97F4A7C15ULL); }
    /// In [0, 1).
    double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    double between(double low, double high) { return low + (high - low) * uniform(); }
    bool chance(double probability) { return uniform() < probability; }
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
    std::vector<std::size_t> permutation(std::size_t count)
    {
        std::vector<std::size_t> order(count);
        std::iota(order.begin(), order.end(), std::size_t{0});
        for (std::size_t i = count; i > 1; --i) {
            std::swap(order[i - 1], order[below(i)]);
        }
        return order;
    }

    /// Every bit of the result depends on every bit of `z` (the finaliser of SplitMix64).
    static std::uint64_t mix(std::uint64_t z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }

private:
    std::uint64_t m_state;
};

} // namespace semigda::learning
