// SPDX-License-Identifier: Apache-2.0
// Pictures of scores from 0 to 1 as inline SVG. Colours come from the document's style sheet by class name.
#pragma once

#include <string>
#include <vector>

namespace semigda::app
{

struct ScoreGroup
{
    std::string name;
    std::vector<double> values; ///< one an image, 0..1
};

struct DistributionPicture
{
    std::string markup;
    int imagesPerDot = 1; ///< at most; more than 1 where so many images would not fit
};

/// For each group the images as stacked dots, and beneath them a box: middle half, median, 5th to 95th percentile.
DistributionPicture distributionPicture(const std::vector<ScoreGroup> &groups, const std::string &axis);

/// A mean with its interval on a scale from 0 to 1, for a table's cell.
std::string intervalPicture(double mean, double low, double high);

} // namespace semigda::app
