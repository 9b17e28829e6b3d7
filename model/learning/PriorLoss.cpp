// SPDX-License-Identifier: Apache-2.0
#include "learning/PriorLoss_p.h"

namespace semigda::learning
{

PriorLoss priorLoss(PriorAutoencoderImpl &prior, const torch::Tensor &input, int latentChannels, double klWeight)
{
    const std::vector<std::int64_t> pixels{1, 2, 3};
    const torch::Tensor moments = prior.encode(input).moments;
    const torch::Tensor mean = moments.narrow(1, 0, latentChannels);
    const torch::Tensor logVariance = moments.narrow(1, latentChannels, latentChannels).clamp(-30.0, 20.0);
    const torch::Tensor latent = mean + torch::exp(0.5 * logVariance) * torch::randn_like(mean);
    const torch::Tensor squares = (prior.decode(latent) - input).square().mean(pixels);
    PriorLoss loss;
    loss.reconstruction = squares.mean();
    loss.kl = 0.5 * (mean.square() + logVariance.exp() - 1.0 - logVariance).sum(pixels).mean();
    loss.total = loss.reconstruction + klWeight * loss.kl;
    loss.perImage = squares.detach();
    return loss;
}

} // namespace semigda::learning
