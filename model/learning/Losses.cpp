// SPDX-License-Identifier: Apache-2.0
#include "learning/Losses_p.h"

#include "core/ConnectedComponents.h"
#include "learning/ClassCodes_p.h"

#include <cmath>

namespace semigda::learning
{

namespace
{

constexpr double Smoothing = 1e-5;

torch::Tensor foreground(const torch::Tensor &x)
{
    return x.size(1) == 1 ? x : x.narrow(1, 1, x.size(1) - 1);
}

} // namespace

torch::Tensor diceLoss(const torch::Tensor &probabilities, const torch::Tensor &target, const torch::Tensor &weight,
                       DiceOver over)
{
    torch::Tensor p = foreground(probabilities);
    torch::Tensor t = foreground(target);
    if (weight.defined()) {
        p = p * weight;
        t = t * weight;
    }
    const std::vector<std::int64_t> pixels =
        over == DiceOver::Batch ? std::vector<std::int64_t>{0, 2, 3} : std::vector<std::int64_t>{2, 3};
    const torch::Tensor both = (p * t).sum(pixels);
    const torch::Tensor sum = p.sum(pixels) + t.sum(pixels);
    return (1.0 - (2.0 * both + Smoothing) / (sum + Smoothing)).mean();
}

torch::Tensor crossEntropy(const torch::Tensor &probabilities, const torch::Tensor &target, const torch::Tensor &weight)
{
    constexpr double Least = 1e-6;
    const torch::Tensor p = probabilities.clamp(Least, 1.0 - Least);
    const torch::Tensor perPixel =
        p.size(1) == 1 ? -(target * p.log() + (1.0 - target) * (1.0 - p).log()) : -(target * p.log()).sum(1, true);
    return (perPixel * weight).sum() / weight.sum().clamp_min(1.0);
}

torch::Tensor gaussianKl(const torch::Tensor &momentsA, const torch::Tensor &momentsB, int latentChannels)
{
    const torch::Tensor meanA = momentsA.narrow(1, 0, latentChannels);
    const torch::Tensor meanB = momentsB.narrow(1, 0, latentChannels);
    const torch::Tensor logA = momentsA.narrow(1, latentChannels, latentChannels).clamp(-30.0, 20.0);
    const torch::Tensor logB = momentsB.narrow(1, latentChannels, latentChannels).clamp(-30.0, 20.0);
    return 0.5 * ((logA - logB).exp() + (meanA - meanB).square() / logB.exp() - 1.0 + logB - logA).mean();
}

double rampUp(double peak, double t)
{
    const double rest = 1.0 - std::fmin(std::fmax(t, 0.0), 1.0);
    return peak * std::exp(-5.0 * rest * rest);
}

double polynomialDecay(double start, double t)
{
    return start * std::pow(1.0 - std::fmin(std::fmax(t, 0.0), 1.0), 0.9);
}

torch::Tensor pseudoLabel(const torch::Tensor &probabilities, double leastProbability,
                          const std::vector<int> &largestOnly)
{
    torch::NoGradGuard noGrad;
    const torch::Tensor p = probabilities.detach();
    const int classes = p.size(1) == 1 ? 1 : static_cast<int>(p.size(1)) - 1;
    torch::Tensor indices;
    if (classes == 1 && p.size(1) == 1) {
        indices = (p.squeeze(1) >= leastProbability).to(torch::kInt64);
    } else {
        const auto [most, which] = p.max(1);
        indices = torch::where(most >= leastProbability, which, torch::zeros_like(which));
    }
    if (!largestOnly.empty()) {
        const auto device = indices.device();
        indices = indices.to(torch::kCPU).contiguous();
        const int height = static_cast<int>(indices.size(1));
        const int width = static_cast<int>(indices.size(2));
        std::vector<std::uint8_t> binary(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
        for (std::int64_t n = 0; n < indices.size(0); ++n) {
            auto *values = indices[n].data_ptr<std::int64_t>();
            for (const int value : largestOnly) {
                for (std::size_t i = 0; i < binary.size(); ++i) {
                    binary[i] = values[i] == value;
                }
                core::keepLargestComponent(binary, width, height);
                for (std::size_t i = 0; i < binary.size(); ++i) {
                    if (values[i] == value && !binary[i]) {
                        values[i] = 0;
                    }
                }
            }
        }
        indices = indices.to(device);
    }
    return oneHot(indices, classes);
}

torch::Tensor confidence(const torch::Tensor &probabilities, double least)
{
    torch::NoGradGuard noGrad;
    const torch::Tensor p = probabilities.detach();
    const torch::Tensor most = p.size(1) == 1 ? torch::maximum(p, 1.0 - p) : std::get<0>(p.max(1, true));
    return (most >= least).to(torch::kFloat32);
}

} // namespace semigda::learning
