// SPDX-License-Identifier: Apache-2.0
// Building blocks of the prior (the Stable Diffusion autoencoder's kind). Registered names are those of LDM
// checkpoints.
#pragma once

#include <torch/torch.h>

namespace semigda::learning
{

/// GroupNorm(eps 1e-6) + SiLU + conv 3x3, twice, plus the input (through a 1x1 convolution when widths differ).
class ResidualBlockImpl : public torch::nn::Module
{
public:
    ResidualBlockImpl(int inChannels, int outChannels, int groups);
    torch::Tensor forward(const torch::Tensor &x);

private:
    torch::nn::GroupNorm m_norm1;
    torch::nn::Conv2d m_conv1;
    torch::nn::GroupNorm m_norm2;
    torch::nn::Conv2d m_conv2;
    torch::nn::Conv2d m_shortcut{nullptr};
};
TORCH_MODULE(ResidualBlock);

/// Single-head self-attention over all positions, residual.
class AttentionBlockImpl : public torch::nn::Module
{
public:
    AttentionBlockImpl(int channels, int groups);
    torch::Tensor forward(const torch::Tensor &x);

private:
    torch::nn::GroupNorm m_norm;
    torch::nn::Conv2d m_query;
    torch::nn::Conv2d m_key;
    torch::nn::Conv2d m_value;
    torch::nn::Conv2d m_projection;
};
TORCH_MODULE(AttentionBlock);

torch::nn::Conv2d conv3x3(int inChannels, int outChannels, int stride = 1, bool bias = true);
torch::nn::Conv2d conv1x1(int inChannels, int outChannels, int stride = 1, bool bias = true);
torch::nn::GroupNorm groupNorm(int channels, int groups);

} // namespace semigda::learning
