// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/NetworkLayers_p.h"
#include "learning/NetworkShape.h"

#include <array>

namespace semigda::learning
{

/// Residual block with PReLU, followed by self-attention where the shape has it.
class MappingBlockImpl : public torch::nn::Module
{
public:
    MappingBlockImpl(int inChannels, int outChannels, int groups, bool hasAttention);
    torch::Tensor forward(const torch::Tensor &x);

private:
    torch::nn::PReLU m_activation1;
    torch::nn::PReLU m_activation2;
    ImageNorm m_norm1;
    torch::nn::Conv2d m_conv1;
    ImageNorm m_norm2;
    torch::nn::Conv2d m_conv2;
    torch::nn::Conv2d m_skip{nullptr};
    AttentionBlock m_attention{nullptr};
};
TORCH_MODULE(MappingBlock);

struct MappedLatent
{
    torch::Tensor out;
    std::array<torch::Tensor, 3> levels; ///< deep supervision: level 1 (shallow) to 3 (deep); empty unless asked for
};

/// Turns the scaled latent of an image into the scaled latent of its mask; same size in and out.
class MappingModelImpl : public torch::nn::Module
{
public:
    explicit MappingModelImpl(const NetworkShape &shape);
    /// `feature`: the deepest of the prior's encoder, for shapes that let the mapping model see it; may be undefined.
    MappedLatent forward(const torch::Tensor &latent, const torch::Tensor &feature = {}, bool wantLevels = false);
    /// Nothing comes of the feature until training says so.
    void makeFeatureSilent();

private:
    torch::nn::Conv2d m_input;
    torch::nn::Conv2d m_feature{nullptr};
    std::array<MappingBlock, 4> m_descending;
    std::array<MappingBlock, 4> m_ascending;
    std::array<torch::nn::Sequential, 4> m_heads; ///< out, level 1, level 2, level 3
};
TORCH_MODULE(MappingModel);

} // namespace semigda::learning
