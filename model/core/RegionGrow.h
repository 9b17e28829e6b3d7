// SPDX-License-Identifier: Apache-2.0
// Connected regions around a pixel, as row spans. Pixels are neighbours when they share a side (4-connected), so that a
// thin outline drawn with a brush of one pixel holds. Time and memory grow with the rows and runs that a region has.
#pragma once

#include "core/ImageData.h"
#include "core/MaskEdit.h"

#include <stop_token>
#include <vector>

namespace semigda::core
{

/// Pixels of the value of (x, y) that hang together with it; none outside of the mask, or when stopped.
std::vector<MaskEdit::RowSpan> sameLabelRegion(const LabelMask &mask, int x, int y, const std::stop_token &stop = {});

/// Pixels whose rescaled values lie within `tolerance` of that of (x, y), in every channel but alpha, and that hang
/// together with it; none outside of the image, where the value is no number, or when stopped.
std::vector<MaskEdit::RowSpan> similarRegion(const ImageData &image, int x, int y, double tolerance,
                                             const std::stop_token &stop = {});

/// Of the pixels in `spans` those that look like (x, y) and hang together with it: the means of 3 x 3 pixels around
/// them lie within `tolerance` of the mean around it, in every channel but alpha. None where (x, y) is not in the image
/// and in the spans, or its mean is no number. Costs by the box around the spans.
std::vector<MaskEdit::RowSpan> similarWithin(const ImageData &image, const std::vector<MaskEdit::RowSpan> &spans, int x,
                                             int y, double tolerance);

} // namespace semigda::core
