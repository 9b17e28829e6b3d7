// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/LabelMask.h"

#include <cstdint>
#include <span>
#include <vector>

namespace semigda::core
{

/// 8-connected components of the nonzero pixels of a row-major image.
struct ComponentMap
{
    std::vector<std::int32_t> labels; ///< 0 = background, else 1..sizes.size()
    std::vector<std::size_t> sizes;   ///< pixels of component i + 1
};
ComponentMap connectedComponents(std::span<const std::uint8_t> binary, int width, int height);

/// Clears all but the largest 8-connected component in place (the first in reading order on a tie).
void keepLargestComponent(std::span<std::uint8_t> binary, int width, int height);

/// The mask with only the largest component of each given class; other pixels of it become background.
LabelMask keepLargestComponents(const LabelMask &mask, const std::vector<LabelValue> &classes);

} // namespace semigda::core
