// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/MaskEdit.h"

#include <set>
#include <utility>
#include <vector>

namespace semigda::test
{

/// Columns and rows.
using Pixels = std::set<std::pair<int, int>>;

inline Pixels pixelsOf(const std::vector<core::MaskEdit::RowSpan> &spans)
{
    Pixels pixels;
    for (const auto &span : spans)
        for (int x = span.x; x < span.x + span.count; ++x)
            pixels.emplace(x, span.y);
    return pixels;
}

} // namespace semigda::test
