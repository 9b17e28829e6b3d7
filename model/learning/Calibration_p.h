// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace semigda::learning
{

/// Dice to expect of an image from its prediction's own expected error (ImageDoubts): a falling line. Untouched it is
/// what images usually show; probabilities tend to be too sure of themselves.
struct Calibration
{
    double atSure = 0.95; ///< expected Dice where the expected error is 0
    double slope = -1.0;  ///< change of Dice per unit of the expected error, never above -0.1

    double estimate(double expectedError) const;
};

/// The usual line, moved towards what validation images show: its level as if one image, its slope as if five had shown
/// the usual one, because few validation images do not make a line.
Calibration calibrate(const std::vector<double> &expectedError, const std::vector<double> &dice);

} // namespace semigda::learning
