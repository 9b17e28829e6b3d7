// SPDX-License-Identifier: Apache-2.0
#include "app/sample/NoiseField_p.h"

#include "app/sample/PortableMath_p.h"

#include <initializer_list>

namespace semigda::app
{

namespace
{

double eased(double t)
{
    return t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
}

double mixed(double a, double b, double t)
{
    return a + (b - a) * t;
}

} // namespace

double NoiseField::lattice(std::int64_t x, std::int64_t y, std::int64_t z) const
{
    std::uint64_t h = m_seed;
    for (const std::int64_t each : {x, y, z}) {
        h ^= static_cast<std::uint64_t>(each) * 0x9E3779B97F4A7C15ULL;
        h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9ULL;
        h ^= h >> 27;
    }
    return static_cast<double>(h >> 11) * 0x1.0p-52 - 1.0;
}

double NoiseField::at(double x, double y, double z) const
{
    const double fx = std::floor(x);
    const double fy = std::floor(y);
    const double fz = std::floor(z);
    const auto ix = static_cast<std::int64_t>(fx);
    const auto iy = static_cast<std::int64_t>(fy);
    const auto iz = static_cast<std::int64_t>(fz);
    const double tx = eased(x - fx);
    const double ty = eased(y - fy);
    const double tz = eased(z - fz);
    const auto plane = [&](std::int64_t k) {
        return mixed(mixed(lattice(ix, iy, k), lattice(ix + 1, iy, k), tx),
                     mixed(lattice(ix, iy + 1, k), lattice(ix + 1, iy + 1, k), tx), ty);
    };
    return tz == 0.0 ? plane(iz) : mixed(plane(iz), plane(iz + 1), tz);
}

double NoiseField::fractal(double x, double y, int octaves, double z) const
{
    double sum = 0.0;
    double weight = 0.6;
    for (int octave = 0; octave < octaves; ++octave) {
        // The offset keeps the octaves' lattices from lining up.
        sum += weight * at(x + 17.3 * octave, y - 9.1 * octave, z + 5.7 * octave);
        x *= 2.0;
        y *= 2.0;
        z *= 2.0;
        weight *= 0.5;
    }
    return sum;
}

double NoiseField::ridge(double x, double y, double sharpness) const
{
    const double value = fractal(x, y, 2);
    return portableExp(-sharpness * std::abs(value));
}

} // namespace semigda::app
