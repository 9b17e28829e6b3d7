// SPDX-License-Identifier: Apache-2.0
#include "learning/Inference_p.h"

#include "learning/Losses_p.h"

#include <algorithm>
#include <cmath>

namespace semigda::learning
{

BranchProbabilities predictBranches(Learner &learner, const torch::Tensor &images, bool testFlips)
{
    torch::NoGradGuard noGrad;
    const auto onCpu = [](const torch::Tensor &t) { return t.to(torch::kCPU).contiguous(); };
    const BranchProbabilities plain = learner.predict(images);
    if (!testFlips && learner.hasTwoBranches()) {
        return {onCpu(plain.vae), onCpu(plain.cnn)};
    }
    BranchProbabilities mirrored = learner.predict(images.flip({3}));
    mirrored.vae = mirrored.vae.flip({3});
    mirrored.cnn = mirrored.cnn.flip({3});
    if (!learner.hasTwoBranches()) {
        return {onCpu(plain.vae), onCpu(mirrored.vae)};
    }
    return {onCpu((plain.vae + mirrored.vae) / 2.0), onCpu((plain.cnn + mirrored.cnn) / 2.0)};
}

torch::Tensor weightedMean(const BranchProbabilities &branches, double vaeWeight)
{
    return branches.vae * vaeWeight + branches.cnn * (1.0 - vaeWeight);
}

torch::Tensor hardMasks(const torch::Tensor &probabilities, const std::vector<int> &largestOnly)
{
    return pseudoLabel(probabilities.to(torch::kCPU), probabilities.size(1) == 1 ? 0.5 : 0.0, largestOnly);
}

std::vector<double> diceScores(const torch::Tensor &a, const torch::Tensor &b, const torch::Tensor &weight)
{
    const std::vector<std::int64_t> pixels{2, 3};
    const auto first = a.size(1) == 1 ? 0 : 1;
    const auto classes = a.size(1) - first;
    torch::Tensor x = a.narrow(1, first, classes);
    torch::Tensor y = b.narrow(1, first, classes);
    if (weight.defined()) {
        x = x * weight;
        y = y * weight;
    }
    const torch::Tensor both = (x * y).sum(pixels).to(torch::kFloat64).contiguous();
    const torch::Tensor total = (x.sum(pixels) + y.sum(pixels)).to(torch::kFloat64).contiguous();
    const auto bothAt = both.accessor<double, 2>();
    const auto totalAt = total.accessor<double, 2>();
    std::vector<double> scores;
    for (std::int64_t n = 0; n < a.size(0); ++n) {
        double sum = 0.0;
        for (std::int64_t c = 0; c < classes; ++c) {
            sum += totalAt[n][c] > 0.0 ? 2.0 * bothAt[n][c] / totalAt[n][c] : 1.0;
        }
        scores.push_back(sum / static_cast<double>(classes));
    }
    return scores;
}

std::vector<double> expectedDice(const torch::Tensor &probabilities, const torch::Tensor &oneHotMasks)
{
    constexpr double Agreeing = 1.0; // pixels
    const std::vector<std::int64_t> pixels{2, 3};
    const auto first = probabilities.size(1) == 1 ? 0 : 1;
    const auto classes = probabilities.size(1) - first;
    const torch::Tensor p = probabilities.narrow(1, first, classes).to(torch::kFloat64);
    const torch::Tensor m = oneHotMasks.narrow(1, first, classes).to(torch::kFloat64);
    const torch::Tensor dice = (2.0 * (p * m).sum(pixels) + Agreeing) / (p.sum(pixels) + m.sum(pixels) + Agreeing);
    const torch::Tensor perImage = dice.mean(1).contiguous();
    const auto *values = perImage.data_ptr<double>();
    return {values, values + perImage.size(0)};
}

std::vector<ImageDoubts> doubtsOf(const BranchProbabilities &branches, const torch::Tensor &mean,
                                  const std::vector<int> &largestOnly)
{
    const std::vector<double> agreement =
        diceScores(hardMasks(branches.vae, largestOnly), hardMasks(branches.cnn, largestOnly));
    const std::vector<double> expected = expectedDice(mean, hardMasks(mean, largestOnly));
    const torch::Tensor entropy = normalisedEntropy(mean).mean(std::vector<std::int64_t>{1, 2});
    std::vector<ImageDoubts> doubts;
    for (std::size_t i = 0; i < agreement.size(); ++i) {
        const double ofImage = entropy[static_cast<std::int64_t>(i)].item<double>();
        doubts.push_back({1.0 - agreement[i], std::clamp(ofImage, 0.0, 1.0), 1.0 - expected[i]});
    }
    return doubts;
}

torch::Tensor normalisedEntropy(const torch::Tensor &probabilities)
{
    const torch::Tensor p = probabilities.clamp(1e-7, 1.0 - 1e-7);
    if (p.size(1) == 1) {
        const torch::Tensor q = p.squeeze(1);
        return -(q * q.log() + (1.0 - q) * (1.0 - q).log()) / std::log(2.0);
    }
    return -(p * p.log()).sum(1) / std::log(static_cast<double>(p.size(1)));
}

torch::Tensor pixelDisagreement(const BranchProbabilities &branches)
{
    // Total variation distance of the two distributions.
    const torch::Tensor difference = (branches.vae - branches.cnn).abs();
    return difference.size(1) == 1 ? difference.squeeze(1) : difference.sum(1) / 2.0;
}

torch::Tensor pixelVariance(const torch::Tensor &samples)
{
    const torch::Tensor variance = samples.var(std::vector<std::int64_t>{0}, false, false).sum(1);
    // At most 1/4 in one channel; with several, what one class gains another loses.
    return (variance * (samples.size(2) == 1 ? 4.0 : 2.0)).clamp(0.0, 1.0);
}

} // namespace semigda::learning
