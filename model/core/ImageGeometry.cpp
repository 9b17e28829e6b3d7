// SPDX-License-Identifier: Apache-2.0
#include "core/ImageGeometry.h"

#include <algorithm>
#include <cmath>

namespace semigda::core
{

bool isSameGeometry(const ImageGeometry &a, const ImageGeometry &b)
{
    if (a.hasSpacing && b.hasSpacing) {
        for (std::size_t i = 0; i < 3; ++i) {
            if (std::abs(a.spacing[i] - b.spacing[i]) > 1e-3 * std::max(a.spacing[i], b.spacing[i])) {
                return false;
            }
        }
    }
    if (a.hasPosition && b.hasPosition) {
        for (std::size_t i = 0; i < 3; ++i) {
            if (std::abs(a.origin[i] - b.origin[i]) > 1e-2) {
                return false;
            }
        }
        for (std::size_t i = 0; i < 9; ++i) {
            if (std::abs(a.direction[i] - b.direction[i]) > 1e-3) {
                return false;
            }
        }
    }
    return true;
}

} // namespace semigda::core
