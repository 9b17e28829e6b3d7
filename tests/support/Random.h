// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelMask.h"

#include <cstdint>
#include <vector>

namespace semigda::test
{

/// splitmix64: the same numbers on every machine.
class Random
{
public:
    explicit Random(std::uint64_t seed)
        : m_state(seed)
    {}
    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    /// low..high, both included.
    int between(int low, int high)
    {
        return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    /// 0 (included) to 1 (excluded).
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

private:
    std::uint64_t m_state;
};

/// Blocks and single pixels of the given values over a ground of the first.
inline core::LabelMask randomMask(Random &random, int width, int height, const std::vector<core::LabelValue> &values)
{
    core::LabelMask mask(width, height, values.front());
    for (int i = 0; i < 12; ++i) {
        const int left = random.between(0, width - 1);
        const int top = random.between(0, height - 1);
        const int right = random.between(left, width - 1);
        const int bottom = random.between(top, i % 3 == 0 ? top : height - 1);
        const auto value = values[static_cast<std::size_t>(random.between(0, static_cast<int>(values.size()) - 1))];
        for (int y = top; y <= bottom; ++y)
            mask.fillRow(left, y, right - left + 1, value);
    }
    return mask;
}

} // namespace semigda::test
