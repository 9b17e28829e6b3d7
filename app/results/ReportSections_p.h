// SPDX-License-Identifier: Apache-2.0
// The parts of an evaluation report; each function returns markup.
#pragma once

#include "app/results/EvaluationReport.h"

namespace semigda::app
{

/// The style sheet.
std::string reportStyle();

/// "SemiGDA" or "Supervised U-Net".
std::string methodName(const std::string &method);
/// Where a run is in the document: "run-2" for the third.
std::string runAnchor(std::size_t index);

/// Runs side by side, with the difference to the first on the same images.
std::string comparisonSection(const EvaluationReport &report);
/// All of one run, worst cases included.
std::string runSection(const EvaluationReport &report, std::size_t index);
/// Loss and validation Dice over the steps of training.
std::string curvesSection(const std::vector<core::MetricRecord> &metrics);
/// Pictures of the worst images with both outlines and a legend.
std::string casesSection(const RunReport &run, const core::LabelSet &classes);
/// What the numbers mean and how empty masks count.
std::string definitionsSection();

} // namespace semigda::app
