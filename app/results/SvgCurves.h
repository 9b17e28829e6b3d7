// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace semigda::app
{

struct Curve
{
    std::string name;
    std::vector<std::pair<double, double>> points; ///< by ascending x; values that are no number leave a gap
};

struct CurvePlot
{
    std::string title;
    std::string xName;
    std::vector<Curve> curves;                       ///< at most 3 can be told apart
    std::vector<double> marks;                       ///< where a stage begins, numbered from 1
    bool isLogarithmic = false;                      ///< values that are not positive are left out
    std::optional<std::pair<double, double>> yRange; ///< else that of the values
};

/// A line chart as inline SVG, with a legend when there is more than one curve. Long curves are thinned by averaging,
/// so that its size does not grow with the training. Empty when no value can be drawn.
std::string curvePicture(const CurvePlot &plot);

} // namespace semigda::app
