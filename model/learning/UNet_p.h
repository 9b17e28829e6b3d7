// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/NetworkLayers_p.h"
#include "learning/TrainingConfig.h"

#include <vector>

namespace semigda::learning
{

/// Channels of the baseline's levels, the finest first, and how many pixels of each side its stem takes together.
std::vector<int> unetWidths(Profile profile);
int unetStemFactor(Profile profile);

/// The supervised baseline: a residual U-Net with BatchNorm whose cost matches the compact SemiGDA networks.
class UNetImpl : public torch::nn::Module
{
public:
    /// `widths` from the level after the stem down; `classes` includes background.
    UNetImpl(int classes, const std::vector<int> &widths, int stemFactor);
    /// [N, 3, H, W] to logits [N, classes, H, W].
    torch::Tensor forward(const torch::Tensor &image);

private:
    int m_stemFactor;
    std::vector<torch::nn::Sequential> m_down;
    std::vector<torch::nn::Sequential> m_up;
    std::vector<torch::nn::Conv2d> m_lift;
    torch::nn::Conv2d m_head;
};
TORCH_MODULE(UNet);

} // namespace semigda::learning
