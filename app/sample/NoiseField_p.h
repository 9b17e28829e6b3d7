// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace semigda::app
{

/// Smooth random functions of place: the same seed and place always give the same value. Features are about one unit
/// wide; callers scale the coordinates.
class NoiseField
{
public:
    explicit NoiseField(std::uint64_t seed)
        : m_seed(seed)
    {}
    /// -1..1, mean 0.
    double at(double x, double y = 0.0, double z = 0.0) const;
    /// Sum of octaves, each twice as fine and half as strong; about -1..1.
    double fractal(double x, double y, int octaves, double z = 0.0) const;
    /// Thin curves where the noise crosses zero: 1 on a curve, falling to 0; larger `sharpness`, thinner curves.
    double ridge(double x, double y, double sharpness) const;

private:
    double lattice(std::int64_t x, std::int64_t y, std::int64_t z) const;

    std::uint64_t m_seed;
};

} // namespace semigda::app
