// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sample/PortableMath_p.h"

#include <cstdint>

namespace semigda::app
{

/// splitmix64 (S. Vigna's public domain generator) with the distributions the samples need. The standard library's
/// distributions differ from one implementation to the next.
class SampleRandom
{
public:
    explicit SampleRandom(std::uint64_t seed)
        : m_state(seed)
    {}
    /// An independent generator for part `number` of the work with this seed.
    static SampleRandom of(std::uint64_t seed, std::uint64_t number)
    {
        SampleRandom random(seed ^ (number * 0xD1B54A32D192ED03ULL + 0x8CB92BA72F3D8DD7ULL));
        random.next();
        return random;
    }
    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    /// 0 (included) to 1 (excluded).
    double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    double between(double low, double high) { return low + (high - low) * unit(); }
    /// low..high, both included.
    int integer(int low, int high)
    {
        return low + static_cast<int>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    bool chance(double probability) { return unit() < probability; }
    /// Mean 0, variance 1 (Marsaglia's polar method).
    double normal()
    {
        if (m_hasSpare) {
            m_hasSpare = false;
            return m_spare;
        }
        double u = 0.0;
        double v = 0.0;
        double s = 0.0;
        do {
            u = 2.0 * unit() - 1.0;
            v = 2.0 * unit() - 1.0;
            s = u * u + v * v;
        } while (s >= 1.0 || s == 0.0);
        const double factor = std::sqrt(-2.0 * portableLog(s) / s);
        m_spare = v * factor;
        m_hasSpare = true;
        return u * factor;
    }

private:
    std::uint64_t m_state;
    double m_spare = 0.0;
    bool m_hasSpare = false;
};

} // namespace semigda::app
