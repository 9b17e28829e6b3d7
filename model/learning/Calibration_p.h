// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace semigda::learning
{

/// Dice to expect of an image from its prediction's own expected error (ImageDoubts): falling, and steeper from a bend
/// on. Untouched it is what images usually show. Probabilities are too sure of themselves: an image of which an eighth
/// is in doubt is often missed as a whole.
struct Calibration
{
    static constexpr double Bend = 0.12; ///< expected error

    double atSure = 0.95; ///< expected Dice where the expected error is 0
    double slope = -1.0;  ///< change of Dice per unit of the expected error, never above -0.1
    double beyond = -5.0; ///< added to the slope beyond the bend; together never above -0.1

    double estimate(double expectedError) const;
};

/// The usual curve, moved towards what validation images show by least squares: its level as if one image, its slopes
/// as if five had shown the usual ones, because few validation images do not make a curve.
Calibration calibrate(const std::vector<double> &expectedError, const std::vector<double> &dice);

} // namespace semigda::learning
