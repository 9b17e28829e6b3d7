// SPDX-License-Identifier: Apache-2.0
// Losses and schedules of the method (SemiGDA, CVPR 2026, arXiv 2604.23274). Probabilities are [N, C, H, W] with C = 1
// (binary) or classes + 1 (background first).
#pragma once

#include <torch/torch.h>

#include <vector>

namespace semigda::learning
{

/// Which pixels one Dice loss is of. In an image that lacks a class its Dice loss is 1 however many pixels are falsely
/// outlined; of the whole batch they count (`batch_dice` of nnU-Net, Isensee et al. 2021).
enum class DiceOver { Image, Batch };

/// Soft Dice loss per image (or of the batch) and foreground channel, smoothing 1e-5, mean. `weight` [N, 1, H, W]
/// leaves pixels out where 0.
torch::Tensor diceLoss(const torch::Tensor &probabilities, const torch::Tensor &target,
                       const torch::Tensor &weight = {}, DiceOver over = DiceOver::Image);
/// Cross-entropy of probabilities over the pixels where `weight` is not 0.
torch::Tensor crossEntropy(const torch::Tensor &probabilities, const torch::Tensor &target,
                           const torch::Tensor &weight);
/// KL(a || b) of diagonal Gaussians given as moments, mean over elements; an option of stage 1.
torch::Tensor gaussianKl(const torch::Tensor &momentsA, const torch::Tensor &momentsB, int latentChannels);
/// 0.3 exp(-5 (1 - t)^2) and the like: `peak` at t = 1.
double rampUp(double peak, double t);
/// lr (1 - t)^0.9.
double polynomialDecay(double start, double t);
/// Pseudo-label of a branch: foreground where probability^(1 / temperature) >= threshold, that is p >=
/// threshold^temperature; several classes: the most probable class where it reaches that, else background. Largest
/// component only for the classes (1-based) listed. Returns the one-hot layout of the input, detached.
torch::Tensor pseudoLabel(const torch::Tensor &probabilities, double leastProbability,
                          const std::vector<int> &largestOnly);
/// 1 where the most probable class (background too) reaches `least`, else 0; [N, 1, H, W], detached.
torch::Tensor confidence(const torch::Tensor &probabilities, double least);

} // namespace semigda::learning
