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

/// Dice to expect of what was outlined from its own expected error (1 - ExpectedDice): a falling line. Untouched it is
/// what images usually show.
struct Calibration
{
    double atSure = 0.95; ///< expected Dice where the expected error is 0
    double slope = -1.25; ///< change of Dice per unit of the expected error, never above -0.1

    double estimate(double expectedError) const;
    /// Of an image: mean over its classes. A class missed altogether says nothing of another, and whether a class is
    /// there at all needs no line.
    double estimate(const std::vector<ExpectedDice> &classes) const;
};

/// The usual line, moved towards what was outlined in validation images: Bayes' linear regression, with the usual line
/// and how far lines of data sets are from it as what is known before. The more the images differ among themselves, the
/// less a few of them move it.
Calibration calibrate(const std::vector<double> &expectedError, const std::vector<double> &dice);

} // namespace semigda::learning
