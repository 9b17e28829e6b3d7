// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

namespace semigda::learning
{

/// Dice expected of an image from its branches' disagreement: a falling line, fitted on validation images.
struct Calibration
{
    double atAgreement = 0.0; ///< expected Dice at disagreement 0
    double slope = 0.0;       ///< change of Dice per unit of disagreement, never positive

    double estimate(double disagreement) const;
};

/// Least squares, the slope drawn towards -0.7 as if five images had shown it: few validation images
/// do not make a line. Nothing for fewer than three images.
std::optional<Calibration> calibrate(const std::vector<double> &disagreement, const std::vector<double> &dice);

} // namespace semigda::learning
