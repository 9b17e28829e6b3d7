// SPDX-License-Identifier: Apache-2.0
// From a learner to masks and scores; the same for validation and prediction.
#pragma once

#include "learning/Learner_p.h"

#include <vector>

namespace semigda::learning
{

/// With `testFlips` every branch also sees the mirrored image and is averaged. A learner with one branch returns image
/// and mirrored image as its two branches, so that their disagreement tells how sure it is.
BranchProbabilities predictBranches(Learner &learner, const torch::Tensor &images, bool testFlips);
torch::Tensor weightedMean(const BranchProbabilities &branches, double vaeWeight);
/// One-hot masks in the layout of the probabilities, on the CPU. `largestOnly` as SampleCache::largestOnly().
torch::Tensor hardMasks(const torch::Tensor &probabilities, const std::vector<int> &largestOnly);
/// Dice of one-hot masks per image, mean over the foreground classes; both empty = 1. Pixels with `weight` 0
/// ([N, 1, S, S]) do not count.
std::vector<double> diceScores(const torch::Tensor &a, const torch::Tensor &b, const torch::Tensor &weight = {});
/// Per pixel, 0..1, [N, S, S].
torch::Tensor normalisedEntropy(const torch::Tensor &probabilities);
torch::Tensor pixelDisagreement(const BranchProbabilities &branches);

} // namespace semigda::learning
