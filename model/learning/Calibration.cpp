// SPDX-License-Identifier: Apache-2.0
#include "learning/Calibration_p.h"

#include <algorithm>
#include <cstddef>

namespace semigda::learning
{

double Calibration::estimate(double expectedError) const
{
    return std::clamp(atSure + slope * expectedError, 0.0, 1.0);
}

Calibration calibrate(const std::vector<double> &expectedError, const std::vector<double> &dice)
{
    constexpr double LevelImages = 1.0;
    constexpr double SlopeImages = 5.0;
    constexpr double LeastSteep = -0.1;
    constexpr double UsualVariance = 0.04; // of the expected error between images
    const std::size_t count = std::min(expectedError.size(), dice.size());
    Calibration line;
    if (count == 0) {
        return line;
    }
    const auto n = static_cast<double>(count);
    double meanError = 0.0;
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        meanError += expectedError[i] / n;
        sum += dice[i] - line.atSure - line.slope * expectedError[i];
    }
    const double meanRest = sum / n;
    double xx = SlopeImages * UsualVariance;
    double xy = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const double rest = dice[i] - line.atSure - line.slope * expectedError[i];
        xx += (expectedError[i] - meanError) * (expectedError[i] - meanError);
        xy += (expectedError[i] - meanError) * (rest - meanRest);
    }
    // Dice that rises with the expected error is chance; the line must go on telling images apart.
    const double steeper = std::min(xy / xx, LeastSteep - line.slope);
    line.atSure += sum / (n + LevelImages) - steeper * meanError;
    line.slope += steeper;
    return line;
}

} // namespace semigda::learning
