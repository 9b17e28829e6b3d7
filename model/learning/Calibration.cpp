// SPDX-License-Identifier: Apache-2.0
#include "learning/Calibration_p.h"

#include <algorithm>
#include <cstddef>

namespace semigda::learning
{

namespace
{

constexpr double LeastSteep = -0.1;
// Standard deviations of lines of data sets from the usual one, of images from their line, and how many images the
// latter counts as.
constexpr double LevelDeviation = 0.05;
constexpr double SlopeDeviation = 0.3;
constexpr double ImageDeviation = 0.1;
constexpr double ImageWeight = 2.0;

double squared(double value)
{
    return value * value;
}

} // namespace

double Calibration::estimate(double expectedError) const
{
    return std::clamp(atSure + slope * expectedError, 0.0, 1.0);
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
    const Calibration usual;
    const std::size_t count = std::min(expectedError.size(), dice.size());
    const auto restOf = [&](const Calibration &line, std::size_t i) {
        return dice[i] - line.atSure - line.slope * expectedError[i];
    };
    double x = 0.0;
    double xx = 0.0;
    double y = 0.0;
    double xy = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const double rest = restOf(usual, i);
        x += expectedError[i];
        xx += squared(expectedError[i]);
        y += rest;
        xy += expectedError[i] * rest;
    }
    Calibration line;
    constexpr int Rounds = 3; // how far images are from the line depends on the line
    for (int round = 0; round < Rounds; ++round) {
        double variance = ImageWeight * squared(ImageDeviation);
        for (std::size_t i = 0; i < count; ++i) {
            variance += squared(restOf(line, i));
        }
        variance /= ImageWeight + static_cast<double>(count);
        // Normal equations of the changes of level and slope, each held back by what is known of lines.
        const double level = static_cast<double>(count) + variance / squared(LevelDeviation);
        const double steepness = xx + variance / squared(SlopeDeviation);
        const double determinant = level * steepness - x * x; // above 0: what was added to both
        // Dice that rises with the expected error is chance; the line must go on telling images apart.
        line.slope = std::min(usual.slope + (xy * level - y * x) / determinant, LeastSteep);
        line.atSure = usual.atSure + (y - x * (line.slope - usual.slope)) / level;
    }
    return line;
}

} // namespace semigda::learning
