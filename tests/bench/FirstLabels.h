// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace semigda::bench
{

/// What somebody waits for after pressing Train.
struct FirstLabels
{
    int images = 0;
    int labelled = 0;
    double firstSeconds = 0.0;                          ///< until the first images have a pseudo-label
    double allSeconds = 0.0;                            ///< until all unlabelled ones have
    std::vector<std::pair<std::string, double>> phases; ///< seconds in each until the first, in order
    double predictedPerSecond = 0.0;                    ///< images, with scores and full-size masks
    std::optional<std::int64_t> peakBytes;              ///< of this process up to then
};

/// Trains a new project of `images` images of `side` x `side`, `labelled` of them painted, with the settings `semigda
/// train` has when nothing is set, and predicts between the steps as the programs do.
core::Result<FirstLabels> measureFirstLabels(int images, int labelled, int side);

} // namespace semigda::bench
