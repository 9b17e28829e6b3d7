// SPDX-License-Identifier: Apache-2.0
#include "learning/Inference_p.h"

#include "core/ConnectedComponents.h"
#include "learning/ClassCodes_p.h"
#include "learning/Losses_p.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace semigda::learning
{

namespace
{

BranchProbabilities predictMirrored(Learner &learner, const torch::Tensor &images)
{
    BranchProbabilities mirrored = learner.predict(images.flip({3}));
    mirrored.vae = mirrored.vae.flip({3});
    mirrored.cnn = mirrored.cnn.flip({3});
    return mirrored;
}

/// Moved down and to the right, with the border mirrored inwards; the strip that leaves the image keeps what `plain`
/// says.
BranchProbabilities predictShifted(Learner &learner, const torch::Tensor &images, const BranchProbabilities &plain)
{
    // An odd number of pixels meets the networks' strides differently.
    const std::int64_t by = images.size(2) / 32 * 2 + 1;
    const std::int64_t height = images.size(2) - by;
    const std::int64_t width = images.size(3) - by;
    namespace F = torch::nn::functional;
    const torch::Tensor kept = images.narrow(2, 0, height).narrow(3, 0, width);
    const BranchProbabilities shifted =
        learner.predict(F::pad(kept, F::PadFuncOptions({by, 0, by, 0}).mode(torch::kReflect)));
    const auto back = [&](const torch::Tensor &from, const torch::Tensor &rest) {
        torch::Tensor result = rest.clone();
        result.narrow(2, 0, height).narrow(3, 0, width).copy_(from.narrow(2, by, height).narrow(3, by, width));
        return result;
    };
    return {back(shifted.vae, plain.vae), back(shifted.cnn, plain.cnn)};
}

} // namespace

SecondView testView(const TrainingConfig &config)
{
    const bool maybeMirrored =
        config.symmetries == 0 || (static_cast<Symmetries>(config.symmetries) & MirroredInX) != 0;
    return config.testFlips && maybeMirrored ? SecondView::Mirrored : SecondView::None;
}

BranchProbabilities predictBranches(Learner &learner, const torch::Tensor &images, SecondView view)
{
    torch::NoGradGuard noGrad;
    const auto onCpu = [](const torch::Tensor &t) { return t.to(torch::kCPU).contiguous(); };
    const BranchProbabilities plain = learner.predict(images);
    if (view == SecondView::None && learner.hasTwoBranches()) {
        return {onCpu(plain.vae), onCpu(plain.cnn)};
    }
    const BranchProbabilities second =
        view == SecondView::Mirrored ? predictMirrored(learner, images) : predictShifted(learner, images, plain);
    if (!learner.hasTwoBranches()) {
        return {onCpu(plain.vae), onCpu(second.vae)};
    }
    return {onCpu((plain.vae + second.vae) / 2.0), onCpu((plain.cnn + second.cnn) / 2.0)};
}

torch::Tensor weightedMean(const BranchProbabilities &branches, double vaeWeight)
{
    return branches.vae * vaeWeight + branches.cnn * (1.0 - vaeWeight);
}

torch::Tensor keepLikeliest(const torch::Tensor &probabilities, const BranchProbabilities &branches,
                            const std::vector<int> &classes)
{
    if (classes.empty()) {
        return probabilities;
    }
    constexpr double Unsure = 5.0; // pixels of probability 0 added, so that no speck is the surest
    torch::NoGradGuard noGrad;
    torch::Tensor kept = probabilities.detach().to(torch::kCPU).clone(torch::MemoryFormat::Contiguous);
    const torch::Tensor both = ((branches.vae + branches.cnn) / 2.0).to(torch::kCPU).contiguous();
    const bool isBinary = kept.size(1) == 1;
    const torch::Tensor indices = toIndices(kept).contiguous();
    const int height = static_cast<int>(kept.size(2));
    const int width = static_cast<int>(kept.size(3));
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const auto planes = static_cast<std::size_t>(kept.size(1));
    std::vector<std::uint8_t> binary(pixels);
    for (std::int64_t n = 0; n < kept.size(0); ++n) {
        const auto *index = indices[n].data_ptr<std::int64_t>();
        auto *to = kept[n].data_ptr<float>();
        for (const int classIndex : classes) {
            std::transform(index, index + pixels, binary.begin(),
                           [&](std::int64_t value) { return static_cast<std::uint8_t>(value == classIndex); });
            const core::ComponentMap components = core::connectedComponents(binary, width, height);
            if (components.sizes.size() < 2) {
                continue;
            }
            const std::int64_t channel = isBinary ? 0 : classIndex;
            const auto *probability = both[n][channel].data_ptr<float>();
            std::vector<double> sums(components.sizes.size() + 1, 0.0);
            for (std::size_t i = 0; i < pixels; ++i) {
                sums[static_cast<std::size_t>(components.labels[i])] += static_cast<double>(probability[i]);
            }
            std::size_t best = 0;
            double bestMean = -1.0;
            for (std::size_t c = 0; c < components.sizes.size(); ++c) {
                const double mean = sums[c + 1] / (static_cast<double>(components.sizes[c]) + Unsure);
                if (mean > bestMean) {
                    bestMean = mean;
                    best = c;
                }
            }
            for (std::size_t i = 0; i < pixels; ++i) {
                if (components.labels[i] == 0 || components.labels[i] == static_cast<std::int32_t>(best + 1)) {
                    continue;
                }
                for (std::size_t plane = 0; plane < planes; ++plane) {
                    to[plane * pixels + i] = !isBinary && plane == 0 ? 1.0F : 0.0F;
                }
            }
        }
    }
    return kept.to(probabilities.device());
}

torch::Tensor hardMasks(const torch::Tensor &probabilities, const BranchProbabilities &branches, const MaskRules &rules)
{
    const torch::Tensor kept = keepLikeliest(probabilities, branches, rules.likeliestOnly).to(torch::kCPU);
    return pseudoLabel(kept, kept.size(1) == 1 ? 0.5 : 0.0, rules.largestOnly);
}

std::vector<std::vector<double>> classDiceScores(const torch::Tensor &a, const torch::Tensor &b,
                                                 const torch::Tensor &weight)
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
    std::vector<std::vector<double>> scores(static_cast<std::size_t>(a.size(0)));
    for (std::int64_t n = 0; n < a.size(0); ++n) {
        for (std::int64_t c = 0; c < classes; ++c) {
            scores[static_cast<std::size_t>(n)].push_back(totalAt[n][c] > 0.0 ? 2.0 * bothAt[n][c] / totalAt[n][c]
                                                                              : 1.0);
        }
    }
    return scores;
}

std::vector<double> diceScores(const torch::Tensor &a, const torch::Tensor &b, const torch::Tensor &weight)
{
    std::vector<double> scores;
    for (const std::vector<double> &ofClasses : classDiceScores(a, b, weight)) {
        scores.push_back(std::accumulate(ofClasses.begin(), ofClasses.end(), 0.0)
                         / static_cast<double>(ofClasses.size()));
    }
    return scores;
}

std::vector<std::vector<ExpectedDice>> expectedDice(const torch::Tensor &probabilities,
                                                    const torch::Tensor &oneHotMasks,
                                                    const std::vector<double> &absentShares)
{
    constexpr double Agreeing = 1.0; // pixels
    const std::vector<std::int64_t> pixels{2, 3};
    const auto first = probabilities.size(1) == 1 ? 0 : 1;
    const auto classes = probabilities.size(1) - first;
    const torch::Tensor p = probabilities.narrow(1, first, classes).to(torch::kFloat64);
    const torch::Tensor m = oneHotMasks.narrow(1, first, classes).to(torch::kFloat64);
    const torch::Tensor found = m.sum(pixels);
    const torch::Tensor dice = (2.0 * (p * m).sum(pixels) + Agreeing) / (p.sum(pixels) + found + Agreeing);
    torch::Tensor shares = torch::full({1, classes}, 0.5, torch::kFloat64);
    for (std::size_t c = 0; c < absentShares.size(); ++c) {
        shares[0][static_cast<std::int64_t>(c)] = absentShares[c];
    }
    const torch::Tensor likeliest = p.amax(pixels);
    const torch::Tensor absent = shares * (1.0 - likeliest);
    const torch::Tensor ofNothing = absent / (absent + (1.0 - shares) * likeliest);
    const torch::Tensor isEmpty = (found <= 0.0).contiguous();
    const torch::Tensor values = torch::where(isEmpty, ofNothing, dice).contiguous();
    const auto valueAt = values.accessor<double, 2>();
    const auto isEmptyAt = isEmpty.accessor<bool, 2>();
    std::vector<std::vector<ExpectedDice>> expected(static_cast<std::size_t>(values.size(0)));
    for (std::int64_t n = 0; n < values.size(0); ++n) {
        for (std::int64_t c = 0; c < classes; ++c) {
            expected[static_cast<std::size_t>(n)].push_back({valueAt[n][c], isEmptyAt[n][c]});
        }
    }
    return expected;
}

std::vector<ImageDoubts> doubtsOf(const BranchProbabilities &branches, const torch::Tensor &mean,
                                  const MaskRules &rules)
{
    const std::vector<double> agreement =
        diceScores(hardMasks(branches.vae, branches, rules), hardMasks(branches.cnn, branches, rules));
    const std::vector<std::vector<ExpectedDice>> expected =
        expectedDice(mean, hardMasks(mean, branches, rules), rules.absentShares);
    const torch::Tensor entropy = normalisedEntropy(mean).mean(std::vector<std::int64_t>{1, 2});
    std::vector<ImageDoubts> doubts;
    for (std::size_t i = 0; i < agreement.size(); ++i) {
        const double ofImage = entropy[static_cast<std::int64_t>(i)].item<double>();
        doubts.push_back({1.0 - agreement[i], std::clamp(ofImage, 0.0, 1.0), expected[i]});
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
