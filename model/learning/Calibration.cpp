// SPDX-License-Identifier: Apache-2.0
#include "learning/Calibration_p.h"

#include <algorithm>
#include <cstddef>

namespace semigda::learning
{

namespace
{

constexpr double LeastSteep = -0.1;

double beyondBend(double expectedError)
{
    return std::max(expectedError - Calibration::Bend, 0.0);
}

} // namespace

double Calibration::estimate(double expectedError) const
{
    return std::clamp(atSure + slope * expectedError + beyond * beyondBend(expectedError), 0.0, 1.0);
}

double Calibration::estimate(const std::vector<ExpectedDice> &classes) const
{
    double sum = 0.0;
    for (const ExpectedDice &expected : classes) {
        sum += expected.isEmpty ? expected.dice : estimate(1.0 - expected.dice);
    }
    return classes.empty() ? 0.0 : sum / static_cast<double>(classes.size());
}

Calibration calibrate(const std::vector<double> &expectedError, const std::vector<double> &dice)
{
    constexpr double LevelImages = 1.0;
    constexpr double SlopeImages = 5.0;
    constexpr double UsualVariance = 0.04;        // of the expected error between images
    constexpr double UsualBeyondVariance = 0.004; // and of the part of it beyond the bend
    Calibration curve;
    const std::size_t count = std::min(expectedError.size(), dice.size());
    if (count == 0) {
        return curve;
    }
    const auto n = static_cast<double>(count);
    double meanError = 0.0;
    double meanBeyond = 0.0;
    double meanRest = 0.0;
    const auto restOf = [&](std::size_t i) {
        return dice[i] - curve.slope * expectedError[i] - curve.beyond * beyondBend(expectedError[i]);
    };
    for (std::size_t i = 0; i < count; ++i) {
        meanError += expectedError[i] / n;
        meanBeyond += beyondBend(expectedError[i]) / n;
        meanRest += restOf(i) / n;
    }
    // The change of both slopes that least squares want, each held back by images that show the usual one.
    double xx = SlopeImages * UsualVariance;
    double zz = SlopeImages * UsualBeyondVariance;
    double xz = 0.0;
    double xy = 0.0;
    double zy = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const double x = expectedError[i] - meanError;
        const double z = beyondBend(expectedError[i]) - meanBeyond;
        const double y = restOf(i) - meanRest;
        xx += x * x;
        zz += z * z;
        xz += x * z;
        xy += x * y;
        zy += z * y;
    }
    const double determinant = xx * zz - xz * xz; // above 0: what was added to xx and zz
    // Dice that rises with the expected error is chance; the curve must go on telling images apart.
    const double slope = std::min(curve.slope + (xy * zz - zy * xz) / determinant, LeastSteep);
    const double beyond = std::min(curve.beyond + (zy * xx - xy * xz) / determinant, LeastSteep - slope);
    curve.slope = slope;
    curve.beyond = beyond;
    double level = LevelImages * curve.atSure;
    for (std::size_t i = 0; i < count; ++i) {
        level += restOf(i);
    }
    curve.atSure = level / (n + LevelImages);
    return curve;
}

} // namespace semigda::learning
