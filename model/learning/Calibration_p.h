// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace semigda::learning
{

/// Of the mask of one class in one image, as its probabilities have it.
struct ExpectedDice
{
    double dice = 0.0;
    bool isEmpty = false; ///< nothing was outlined: `dice` is the probability that there is nothing
};

/// Dice to expect of what was outlined from its own expected error (1 - ExpectedDice): falling, and steeper from a bend
/// on. Untouched it is what images usually show. Probabilities are too sure of themselves: a structure of which an
/// eighth is in doubt is often missed as a whole.
struct Calibration
{
    static constexpr double Bend = 0.12; ///< expected error

    double atSure = 0.95; ///< expected Dice where the expected error is 0
    double slope = -1.0;  ///< change of Dice per unit of the expected error, never above -0.1
    double beyond = -5.0; ///< added to the slope beyond the bend; together never above -0.1

    double estimate(double expectedError) const;
    /// Of an image: mean over its classes. A class missed altogether says nothing of another, and whether a class is
    /// there at all needs no curve.
    double estimate(const std::vector<ExpectedDice> &classes) const;
};

/// The usual curve, moved towards what was outlined in validation images shows by least squares: its level as if one
/// outline, its slopes as if five had shown the usual ones, because few do not make a curve.
Calibration calibrate(const std::vector<double> &expectedError, const std::vector<double> &dice);

} // namespace semigda::learning
