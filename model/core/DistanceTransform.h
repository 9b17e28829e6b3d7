// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace semigda::core
{

/// The square of each pixel's distance to the next pixel of a row-major image that is not 0, exactly; 1e20 where there
/// is none. Columns lie `spacingX` apart, rows `spacingY`.
std::vector<double> squaredDistances(std::span<const std::uint8_t> points, int width, int height, double spacingX,
                                     double spacingY);

} // namespace semigda::core
