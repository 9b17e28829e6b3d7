// SPDX-License-Identifier: Apache-2.0
#include "learning/Calibration_p.h"

#include <algorithm>
#include <cstddef>

namespace semigda::learning
{

double Calibration::estimate(double disagreement) const
{
    return std::clamp(atAgreement + slope * disagreement, 0.0, 1.0);
}

std::optional<Calibration> calibrate(const std::vector<double> &disagreement, const std::vector<double> &dice)
{
    constexpr double UsualSlope = -0.7;
    constexpr double UsualImages = 5.0;
    constexpr double UsualVariance = 0.04; // of disagreement between images
    const std::size_t count = std::min(disagreement.size(), dice.size());
    if (count < 3) {
        return std::nullopt;
    }
    const auto n = static_cast<double>(count);
    double meanX = 0.0;
    double meanY = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        meanX += disagreement[i] / n;
        meanY += dice[i] / n;
    }
    double xx = UsualImages * UsualVariance;
    double xy = UsualSlope * xx;
    for (std::size_t i = 0; i < count; ++i) {
        xx += (disagreement[i] - meanX) * (disagreement[i] - meanX);
        xy += (disagreement[i] - meanX) * (dice[i] - meanY);
    }
    Calibration line;
    line.slope = std::min(xy / xx, 0.0);
    line.atAgreement = meanY - line.slope * meanX;
    return line;
}

} // namespace semigda::learning
