// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/PriorAutoencoder_p.h"

#include <array>

namespace semigda::learning
{

/// ResNet basic block: conv 3x3 + BatchNorm, twice, residual.
class BasicBlockImpl : public torch::nn::Module
{
public:
    BasicBlockImpl(int inChannels, int outChannels, int stride);
    torch::Tensor forward(const torch::Tensor &x);

private:
    int m_stride;
    torch::nn::Conv2d m_conv1;
    torch::nn::BatchNorm2d m_norm1;
    torch::nn::Conv2d m_conv2;
    torch::nn::BatchNorm2d m_norm2;
    torch::nn::Conv2d m_shortcut{nullptr};
    torch::nn::BatchNorm2d m_shortcutNorm{nullptr};
};
TORCH_MODULE(BasicBlock);

/// The CNN branch's encoder; its features have the shapes of the prior encoder's.
class ResnetEncoderImpl : public torch::nn::Module
{
public:
    explicit ResnetEncoderImpl(const NetworkShape &shape);
    /// Moments before the prior's quant_conv.
    Encoded forward(const torch::Tensor &image);
    /// 0.1 in training; tests of exact values set 0.
    void setDropout(double probability);

private:
    int m_stemFactor;
    torch::nn::Conv2d m_conv;
    torch::nn::BatchNorm2d m_norm;
    torch::nn::Sequential m_stemBlocks;
    std::vector<torch::nn::Sequential> m_stages;
    torch::nn::Dropout m_dropout;
    std::array<torch::nn::Conv2d, 2> m_headConvs{nullptr, nullptr};
    std::array<torch::nn::BatchNorm2d, 2> m_headNorms{nullptr, nullptr};
};
TORCH_MODULE(ResnetEncoder);

} // namespace semigda::learning
