// SPDX-License-Identifier: Apache-2.0
// Painting only where the image's values lie in a range.
#pragma once

#include "core/ImageData.h"
#include "core/MaskEdit.h"

#include <vector>

namespace semigda::core
{

/// Rescaled values (for CT: Hounsfield), both ends included.
struct ValueRange
{
    double low = 0.0;
    double high = 0.0;

    bool operator==(const ValueRange &) const = default;
};

/// The parts of spans, within the image, whose pixels' values lie in the range; of colours the luma counts (ITU-R
/// BT.601). Values that are no numbers lie in none.
std::vector<MaskEdit::RowSpan> spansWithin(const ImageData &image, const std::vector<MaskEdit::RowSpan> &spans,
                                           const ValueRange &range);

} // namespace semigda::core
