// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "core/LabelMask.h"

#include <vector>

namespace semigda::core
{

/// RGB planes (3 x height x width, row-major) in [-1, 1] for a network: windowed (DICOM window or the
/// 0.1..99.9 percentiles; 8 bit: full range), inverted where the image says so, grey repeated, area averaged
/// when shrinking and bilinear when growing, the whole image stretched to the given size.
std::vector<float> toNetworkInput(const ImageData &image, int width, int height);

/// Spreads network input over [-1, 1]: the values below and above which `share` (0..0.5) of all lie become the ends,
/// what is beyond is cut off. All channels alike, so that hues stay. Values that hardly differ are spread by
/// MostStretch at most, or the noise of an empty image would look like content.
void stretchIntensities(std::vector<float> &planes, double share);
inline constexpr float MostStretch = 16.0F;

/// Nearest neighbour at pixel centres.
LabelMask resizeNearest(const LabelMask &mask, int width, int height);

/// Bilinear at pixel centres with edge values repeated, one plane.
std::vector<float> resizeBilinear(const std::vector<float> &plane, int width, int height, int newWidth, int newHeight);

} // namespace semigda::core
