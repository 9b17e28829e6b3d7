// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/MaskEdit.h"

#include <vector>

namespace semigda::core
{

/// Row spans of the pixels of `part` that `isWanted(x, y)`, which counts from the part's corner and is asked once for
/// each, in reading order.
template <typename IsWanted> std::vector<MaskEdit::RowSpan> spansWhere(const PixelRect &part, const IsWanted &isWanted)
{
    std::vector<MaskEdit::RowSpan> spans;
    for (int y = 0; y < part.height; ++y) {
        int begin = -1;
        for (int x = 0; x <= part.width; ++x) {
            const bool isIn = x < part.width && isWanted(x, y);
            if (isIn && begin < 0) {
                begin = x;
            } else if (!isIn && begin >= 0) {
                spans.push_back({part.top + y, part.left + begin, x - begin});
                begin = -1;
            }
        }
    }
    return spans;
}

} // namespace semigda::core
