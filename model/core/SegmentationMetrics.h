// SPDX-License-Identifier: Apache-2.0
// Agreement of a predicted with a true mask, per class. Pixels the truth leaves "not annotated" are ignored.
#pragma once

#include "core/ImageGeometry.h"
#include "core/LabelMask.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace semigda::core
{

/// Both empty: Dice and IoU 1, distances 0. One empty: Dice and IoU 0, distances unknown.
struct ClassScore
{
    LabelValue value = 0;
    double dice = 0.0;
    double iou = 0.0;
    std::optional<double> hd95; ///< 95th percentile of the symmetric surface distances, mm (pixels without spacing)
    std::optional<double> assd; ///< average symmetric surface distance, mm (pixels without spacing)
    std::size_t truthPixels = 0;
    std::size_t predictedPixels = 0;
};

/// Masks must have the same size. Surface = pixels of the class with a 4-neighbour outside it or the border.
ClassScore scoreClass(const LabelMask &predicted, const LabelMask &truth, LabelValue value,
                      const ImageGeometry &geometry);
std::vector<ClassScore> scoreClasses(const LabelMask &predicted, const LabelMask &truth, const LabelSet &classes,
                                     const ImageGeometry &geometry);

/// Interpolated linearly between the order statistics; `fraction` from 0 to 1. Needs a value; sorts them.
double percentileOf(std::vector<double> &values, double fraction);

/// Spearman's rank correlation, -1..1; equal values share their mean rank. Nothing for fewer than three pairs or where
/// one side is all the same.
std::optional<double> rankCorrelation(const std::vector<double> &a, const std::vector<double> &b);

/// Mean with a percentile bootstrap interval over cases; deterministic from the seed.
struct MeanInterval
{
    double mean = 0.0;
    double low = 0.0;
    double high = 0.0;
    std::size_t count = 0;
};
MeanInterval bootstrapMean(const std::vector<double> &values, double confidence = 0.95, int resamples = 2000,
                           std::uint64_t seed = 1);

} // namespace semigda::core
