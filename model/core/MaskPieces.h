// SPDX-License-Identifier: Apache-2.0
// Holes and pieces of one class of a mask, as row spans to paint or to erase. Costs by the area that the class spans.
#pragma once

#include "core/MaskEdit.h"

#include <cstddef>
#include <vector>

namespace semigda::core
{

/// The smallest rectangle with all pixels of the value; empty when there are none.
PixelRect boundsOf(const LabelMask &mask, LabelValue value);

/// Pixels of other values that the class shuts off from the border of the image; a way out leads over sides of pixels
/// (4-connected).
std::vector<MaskEdit::RowSpan> holesOf(const LabelMask &mask, LabelValue value);

/// Pieces of the class (8-connected) with fewer pixels than `leastPixels`.
std::vector<MaskEdit::RowSpan> smallPiecesOf(const LabelMask &mask, LabelValue value, std::size_t leastPixels);

/// All pieces of the class but the largest, the first in reading order on a tie.
std::vector<MaskEdit::RowSpan> allButLargestPieceOf(const LabelMask &mask, LabelValue value);

} // namespace semigda::core
