// SPDX-License-Identifier: Apache-2.0
// Building blocks of the prior (the Stable Diffusion autoencoder's kind). Registered names are those of LDM
// checkpoints.
#pragma once

#include "learning/NetworkNorm_p.h"

namespace semigda::learning
{

/// GroupNorm(eps 1e-6) + SiLU + conv 3x3, twice, plus the input (through a 1x1 convolution when widths differ).
class ResidualBlockImpl : public torch::nn::Module
{
public:
    ResidualBlockImpl(int inChannels, int outChannels, int groups);
    torch::Tensor forward(const torch::Tensor &x);
    /// Starts as a copy of the first `outChannels` of the input, so that training departs from that.
    void makePassThrough();

private:
    ImageNorm m_norm1;
    torch::nn::Conv2d m_conv1;
    ImageNorm m_norm2;
    torch::nn::Conv2d m_conv2;
    torch::nn::Conv2d m_shortcut{nullptr};
};
TORCH_MODULE(ResidualBlock);

/// The lightest skip adapter: decoded + conv 1x1 of the feature, then one normed conv 3x3, residual.
class LightAdapterImpl : public torch::nn::Module
{
public:
    LightAdapterImpl(int channels, int groups);
    torch::Tensor forward(const torch::Tensor &decoded, const torch::Tensor &feature);
    void makePassThrough();

private:
    torch::nn::Conv2d m_fuse;
    ImageNorm m_norm;
    torch::nn::Conv2d m_conv;
};
TORCH_MODULE(LightAdapter);

/// Skip adapter of narrow networks: decoded + (conv 3x3, BatchNorm, ReLU, conv 3x3) of it and the feature. The norm
/// levels channels of very different range. None follows the second convolution: as that starts from zero, the norm's
/// scale would have to start there, and one number a channel leaves zero too slowly for a short training.
class NormedAdapterImpl : public torch::nn::Module
{
public:
    NormedAdapterImpl(int channels, int featureChannels);
    torch::Tensor forward(const torch::Tensor &decoded, const torch::Tensor &feature);
    void makePassThrough();

private:
    torch::nn::Conv2d m_conv1;
    torch::nn::BatchNorm2d m_norm1;
    torch::nn::Conv2d m_conv2;
};
TORCH_MODULE(NormedAdapter);

/// Single-head self-attention over all positions, residual.
class AttentionBlockImpl : public torch::nn::Module
{
public:
    AttentionBlockImpl(int channels, int groups);
    torch::Tensor forward(const torch::Tensor &x);

private:
    ImageNorm m_norm;
    torch::nn::Conv2d m_query;
    torch::nn::Conv2d m_key;
    torch::nn::Conv2d m_value;
    torch::nn::Conv2d m_projection;
};
TORCH_MODULE(AttentionBlock);

torch::nn::Conv2d conv3x3(int inChannels, int outChannels, int stride = 1, bool bias = true);
torch::nn::Conv2d conv1x1(int inChannels, int outChannels, bool bias = true);

} // namespace semigda::learning
