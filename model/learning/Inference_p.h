// SPDX-License-Identifier: Apache-2.0
// From a learner to masks and scores; the same for validation and prediction.
#pragma once

#include "learning/Calibration_p.h"
#include "learning/Learner_p.h"

#include <vector>

namespace semigda::learning
{

/// How a network sees an image a second time.
enum class SecondView { None, Mirrored, Shifted };
/// Mirrored where the settings want test flips and images of this kind may be mirrored, else none.
SecondView testView(const TrainingConfig &config);
/// With a second view every branch is averaged over both. A learner with one branch returns the two views as its two
/// branches, so that their disagreement tells how sure it is; where there is to be none, the image shifted a little.
BranchProbabilities predictBranches(Learner &learner, const torch::Tensor &images, SecondView view);
torch::Tensor weightedMean(const BranchProbabilities &branches, double vaeWeight);
/// `probabilities` with one component of each of the classes (1-based) in its mask; the others become background.
/// Which one: that of whose pixels the plain mean of both branches is surest. The largest is at times a shadow beside a
/// small lesion, and seldom do both branches take it for one.
torch::Tensor keepLikeliest(const torch::Tensor &probabilities, const BranchProbabilities &branches,
                            const std::vector<int> &classes);
/// One-hot masks in the layout of the probabilities, on the CPU.
torch::Tensor hardMasks(const torch::Tensor &probabilities, const BranchProbabilities &branches,
                        const MaskRules &rules);
/// Dice of one-hot masks per image, mean over the foreground classes; both empty = 1. Pixels with `weight` 0
/// ([N, 1, S, S]) do not count.
std::vector<double> diceScores(const torch::Tensor &a, const torch::Tensor &b, const torch::Tensor &weight = {});
/// The same of every foreground class: [image][class].
std::vector<std::vector<double>> classDiceScores(const torch::Tensor &a, const torch::Tensor &b,
                                                 const torch::Tensor &weight = {});
/// Dice that masks are expected to have if the probabilities are right, of every foreground class, [image][class]:
/// 2 sum(p m) / (sum(p) + sum(m)), with one more pixel that agrees. Where a mask is empty it is 1 if the class is not
/// there and else 0, so it is the probability of the former: from that of the likeliest pixel, after the share of
/// images that lack the class (`absentShares` as MaskRules has it; a half where it is empty).
std::vector<std::vector<ExpectedDice>> expectedDice(const torch::Tensor &probabilities,
                                                    const torch::Tensor &oneHotMasks,
                                                    const std::vector<double> &absentShares = {});

/// How sure a prediction is of an image; disagreement and entropy from 0, sure, to 1.
struct ImageDoubts
{
    double disagreement = 0.0; ///< 1 - Dice between the branches' masks
    double entropy = 0.0;      ///< of the mean probabilities, averaged over the pixels
    /// Of the mean's mask, every foreground class. Where the branches differ their mean is unsure, so it holds their
    /// disagreement too; measured, it ranks true errors better than disagreement or entropy. The Dice is estimated
    /// from it.
    std::vector<ExpectedDice> expected;
};

/// Of every image. `mean` is the branches' weighted mean.
std::vector<ImageDoubts> doubtsOf(const BranchProbabilities &branches, const torch::Tensor &mean,
                                  const MaskRules &rules);
/// Per pixel, 0..1, [N, S, S].
torch::Tensor normalisedEntropy(const torch::Tensor &probabilities);
torch::Tensor pixelDisagreement(const BranchProbabilities &branches);
/// Of samples [K, N, C, S, S]; 1 where half of them are sure of one class and half of another.
torch::Tensor pixelVariance(const torch::Tensor &samples);

} // namespace semigda::learning
