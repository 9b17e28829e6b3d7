// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/PriorAutoencoder_p.h"

namespace semigda::learning
{

struct PriorLoss
{
    torch::Tensor total;          ///< reconstruction + klWeight x kl
    torch::Tensor reconstruction; ///< mean squared error
    torch::Tensor kl;       ///< of the posterior from the standard normal, summed over the latent, mean over images
    torch::Tensor perImage; ///< [N], mean squared error of each image, without gradient
};

/// Stage 0 (method, section 3): a posterior sample of `input`, [N, 3, H, W] in [-1, 1], decoded without adapters.
PriorLoss priorLoss(PriorAutoencoderImpl &prior, const torch::Tensor &input, int latentChannels, double klWeight);

} // namespace semigda::learning
