// SPDX-License-Identifier: Apache-2.0
// Filters of one class's shape. Lengths are in the unit of `spacing` (mm, or pixels where that is not known and 1),
// pixels lie `spacing` apart. What lies outside of the image neither wears a shape away nor adds to it. Any thread.
#pragma once

#include "core/MaskEdit.h"

#include <array>
#include <vector>

namespace semigda::ui
{

/// Distances of pixels along a row and along a column.
using PixelSpacing = std::array<double, 2>;

/// Pixels of other values whose centre lies within `distance` of that of a pixel of the class.
std::vector<core::MaskEdit::RowSpan> rimAround(const core::LabelMask &mask, core::LabelValue value, double distance,
                                               const PixelSpacing &spacing);
/// Pixels of the class whose centre lies within `distance` of that of a pixel of another value.
std::vector<core::MaskEdit::RowSpan> rimWithin(const core::LabelMask &mask, core::LabelValue value, double distance,
                                               const PixelSpacing &spacing);

struct ShapeDifference
{
    std::vector<core::MaskEdit::RowSpan> added;
    std::vector<core::MaskEdit::RowSpan> removed;
};
/// What a Gaussian blur of standard deviation `sigma`, cut at a half, changes of the class's shape: corners are
/// rounded, what is much thinner goes.
ShapeDifference smoothed(const core::LabelMask &mask, core::LabelValue value, double sigma,
                         const PixelSpacing &spacing);

} // namespace semigda::ui
