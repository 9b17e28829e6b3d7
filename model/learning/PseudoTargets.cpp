// SPDX-License-Identifier: Apache-2.0
#include "learning/PseudoTargets_p.h"

#include "learning/Losses_p.h"

namespace semigda::learning
{

namespace
{

/// For every pixel, how many the painted ones of its class stand for in its image, 1 on average over the painted ones:
/// the area of the class, where nobody painted as `masks` has it, by its painted pixels.
torch::Tensor areaPerStroke(const torch::Tensor &truth, const torch::Tensor &masks, const torch::Tensor &painted)
{
    const auto withBackground = [](const torch::Tensor &oneHot) {
        return oneHot.size(1) == 1 ? torch::cat({1.0 - oneHot, oneHot}, 1) : oneHot;
    };
    const std::vector<std::int64_t> pixels{2, 3};
    const torch::Tensor strokes = withBackground(truth) * painted;
    const torch::Tensor counts = strokes.sum(pixels, true);
    const torch::Tensor areas = counts + (withBackground(masks) * (1.0 - painted)).sum(pixels, true);
    const torch::Tensor perStroke =
        torch::where(counts > 0.0, areas / counts.clamp_min(1.0), torch::zeros_like(counts));
    const torch::Tensor standFor = (strokes * perStroke).sum(1, true);
    const torch::Tensor mean =
        standFor.sum(pixels, true) / painted.sum(std::vector<std::int64_t>{1, 2, 3}, true).clamp_min(1.0);
    return standFor / mean.clamp_min(1e-6);
}

} // namespace

Target pseudoTarget(const torch::Tensor &probabilities, const BranchProbabilities &branches,
                    const TrainingConfig &config, const MaskRules &rules)
{
    Target target;
    const double half = probabilities.size(1) == 1 ? 0.5 : 0.0;
    target.probabilities = pseudoLabel(keepLikeliest(probabilities, branches, rules.likeliestOnly),
                                       config.ignoresUnsure ? half : config.pseudoThreshold, rules.largestOnly);
    target.weight = config.ignoresUnsure ? confidence(probabilities, config.pseudoThreshold)
                                         : torch::ones_like(probabilities.narrow(1, 0, 1));
    return target;
}

void balanceStrokes(Target &truth, const std::vector<bool> &isPartial, const BranchProbabilities &teacher,
                    double vaeWeight, const TrainingConfig &config, const MaskRules &rules)
{
    const torch::Tensor mean = weightedMean(teacher, vaeWeight);
    const torch::Tensor painted = truth.weight;
    const torch::Tensor masks = hardMasks(mean, teacher, rules).to(painted.device());
    const std::vector<double> agreement = diceScores(masks, truth.probabilities, painted);
    std::vector<float> trust;
    for (std::size_t i = 0; i < isPartial.size(); ++i) {
        trust.push_back(isPartial[i] && agreement[i] >= config.balanceDice ? 1.0F : 0.0F);
    }
    const torch::Tensor isTrusted = torch::tensor(trust).to(painted.device()).view({-1, 1, 1, 1});
    truth.weight = torch::where(isTrusted > 0.0, areaPerStroke(truth.probabilities, masks, painted), painted);
}

} // namespace semigda::learning
