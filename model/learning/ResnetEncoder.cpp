// SPDX-License-Identifier: Apache-2.0
#include "learning/ResnetEncoder_p.h"

#include "learning/FusedLayers_p.h"

namespace semigda::learning
{

BasicBlockImpl::BasicBlockImpl(int inChannels, int outChannels, int stride)
    : m_stride(stride)
    , m_conv1(register_module("conv1", conv3x3(inChannels, outChannels, stride, false)))
    , m_norm1(register_module("bn1", torch::nn::BatchNorm2d(outChannels)))
    , m_conv2(register_module("conv2", conv3x3(outChannels, outChannels, 1, false)))
    , m_norm2(register_module("bn2", torch::nn::BatchNorm2d(outChannels)))
{
    if (stride != 1 || inChannels != outChannels) {
        m_shortcut = conv1x1(inChannels, outChannels, false);
        m_shortcutNorm = torch::nn::BatchNorm2d(outChannels);
        register_module("downsample", torch::nn::Sequential(m_shortcut, m_shortcutNorm));
    }
}

torch::Tensor BasicBlockImpl::forward(const torch::Tensor &x)
{
    const torch::Tensor h = m_conv2(normActivate(m_norm1, m_conv1(x)));
    if (m_shortcut.is_empty()) {
        return normActivate(m_norm2, h, x);
    }
    // The shortcut is a 1x1 convolution of every m_stride-th pixel. Given to the convolution as its stride, oneDNN 2.6
    // writes past its buffers in the backward pass when channels_last has a number of channels that 16 does not divide.
    torch::Tensor kept = x;
    if (m_stride > 1) {
        kept =
            x.slice(2, 0, x.size(2), m_stride).slice(3, 0, x.size(3), m_stride).contiguous(x.suggest_memory_format());
    }
    constexpr double NoActivation = 1.0;
    return normActivate(m_norm2, h, normActivate(m_shortcutNorm, m_shortcut(kept), {}, NoActivation));
}

ResnetEncoderImpl::ResnetEncoderImpl(const NetworkShape &shape)
    : m_stemFactor(shape.stemFactor)
    , m_conv(register_module("conv1", conv3x3(3 * shape.stemFactor * shape.stemFactor, shape.width)))
    , m_norm(register_module("bn1", torch::nn::BatchNorm2d(shape.width)))
    , m_dropout(torch::nn::DropoutOptions(0.1))
{
    if (shape.cnnStemBlocks > 0) {
        for (int i = 0; i < shape.cnnStemBlocks; ++i) {
            m_stemBlocks->push_back(BasicBlock(shape.width, shape.width, 1));
        }
        register_module("layer0", m_stemBlocks);
    }
    int channels = shape.width;
    for (int level = 1; level < shape.levels(); ++level) {
        torch::nn::Sequential stage;
        for (int i = 0; i < shape.cnnBlocks[static_cast<std::size_t>(level - 1)]; ++i) {
            stage->push_back(BasicBlock(channels, shape.levelWidth(level), i == 0 ? 2 : 1));
            channels = shape.levelWidth(level);
        }
        m_stages.push_back(register_module("layer" + std::to_string(level), stage));
    }
    const int moments = 2 * shape.latentChannels;
    m_headConvs = {conv3x3(channels, moments), conv3x3(moments, moments)};
    m_headNorms = {torch::nn::BatchNorm2d(moments), torch::nn::BatchNorm2d(moments)};
    register_module("conv_out", std::make_shared<torch::nn::Module>())
        ->register_module("conv_conv",
                          torch::nn::Sequential(m_headConvs[0], m_headNorms[0], torch::nn::LeakyReLU(), m_dropout,
                                                m_headConvs[1], m_headNorms[1], torch::nn::LeakyReLU()));
}

Encoded ResnetEncoderImpl::forward(const torch::Tensor &image)
{
    Encoded encoded;
    torch::Tensor h =
        normActivate(m_norm, m_conv(m_stemFactor > 1 ? torch::pixel_unshuffle(image, m_stemFactor) : image));
    if (!m_stemBlocks->is_empty()) {
        h = m_stemBlocks->forward(h);
    }
    encoded.features.push_back(h);
    for (auto &stage : m_stages) {
        h = stage->forward(h);
        encoded.features.push_back(h);
    }
    constexpr double Leak = 0.01;
    h = m_dropout(normActivate(m_headNorms[0], m_headConvs[0](h), {}, Leak));
    encoded.moments = normActivate(m_headNorms[1], m_headConvs[1](h), {}, Leak);
    return encoded;
}

void ResnetEncoderImpl::setDropout(double probability)
{
    m_dropout->options.p(probability);
}

} // namespace semigda::learning
