// SPDX-License-Identifier: Apache-2.0
#include "learning/MappingModel_p.h"

#include "learning/FusedLayers_p.h"

namespace semigda::learning
{

namespace
{

MappingBlock block(int inChannels, int outChannels, const NetworkShape &shape)
{
    return MappingBlock(inChannels, outChannels, shape.mappingGroups, shape.hasMappingAttention);
}

} // namespace

MappingBlockImpl::MappingBlockImpl(int inChannels, int outChannels, int groups, bool hasAttention)
    : m_norm1(ImageNorm(inChannels, groups))
    , m_conv1(conv3x3(inChannels, outChannels))
    , m_norm2(ImageNorm(outChannels, groups))
    , m_conv2(conv3x3(outChannels, outChannels))
{
    // The activations are registered twice because reference checkpoints hold them under both names.
    auto residual = register_module("resblock", std::make_shared<torch::nn::Module>());
    residual->register_module("act1", m_activation1);
    residual->register_module("act2", m_activation2);
    residual->register_module("conv1", torch::nn::Sequential(m_norm1, m_activation1, m_conv1));
    residual->register_module("conv2", torch::nn::Sequential(m_norm2, m_activation2, m_conv2));
    if (inChannels != outChannels) {
        m_skip = residual->register_module("skip_connection", conv1x1(inChannels, outChannels, false));
    }
    if (hasAttention) {
        m_attention = register_module("attention", AttentionBlock(outChannels, groups));
    }
}

torch::Tensor MappingBlockImpl::forward(const torch::Tensor &x)
{
    torch::Tensor h = m_conv1(activate(m_activation1, m_norm1(x)));
    h = m_conv2(activate(m_activation2, m_norm2(h)));
    h = (m_skip.is_empty() ? x : m_skip(x)) + h;
    return m_attention.is_empty() ? h : m_attention(h);
}

MappingModelImpl::MappingModelImpl(const NetworkShape &shape)
    : m_input(register_module("input_blocks", conv3x3(shape.latentChannels, shape.mappingWidth)))
    , m_descending{nullptr, nullptr, nullptr, nullptr}
    , m_ascending{nullptr, nullptr, nullptr, nullptr}
    , m_heads{nullptr, nullptr, nullptr, nullptr}
{
    if (shape.mappingSeesFeatures) {
        m_feature =
            register_module("feature_blocks", conv1x1(shape.levelWidth(shape.levels() - 1), shape.mappingWidth));
    }
    const auto width = [&](std::size_t i) { return shape.mappingWidth * shape.mappingMultipliers[i]; };
    int channels = shape.mappingWidth;
    for (std::size_t i = 0; i < 4; ++i) {
        m_descending[i] = register_module("conv" + std::to_string(i + 1) + "_0", block(channels, width(i), shape));
        channels = width(i);
    }
    // Each ascending block takes its mirror's output and the block below; the last one mirrors the input convolution.
    const std::array<const char *, 4> names{"conv3_1", "conv2_2", "conv1_3", "conv0_4"};
    for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t mirror = 3 - i;
        const int mirrored = mirror == 0 ? shape.mappingWidth : width(mirror - 1);
        m_ascending[i] = register_module(names[i], block(mirrored + channels, mirrored, shape));
        channels = mirrored;
    }
    const std::array<int, 4> headWidths{shape.mappingWidth, width(0), width(1), width(2)};
    for (std::size_t i = 0; i < 4; ++i) {
        m_heads[i] =
            register_module("convds" + std::to_string(i),
                            torch::nn::Sequential(ImageNorm(headWidths[i], shape.mappingGroups), torch::nn::SiLU(),
                                                  conv3x3(headWidths[i], shape.latentChannels, 1, false)));
    }
}

void MappingModelImpl::makeFeatureSilent()
{
    if (!m_feature.is_empty()) {
        torch::NoGradGuard noGrad;
        m_feature->weight.zero_();
        m_feature->bias.zero_();
    }
}

MappedLatent MappingModelImpl::forward(const torch::Tensor &latent, const torch::Tensor &feature, bool wantLevels)
{
    torch::Tensor input = m_input(latent);
    if (!m_feature.is_empty() && feature.defined()) {
        input = input + m_feature(feature);
    }
    std::array<torch::Tensor, 4> down;
    torch::Tensor h = input;
    for (std::size_t i = 0; i < 4; ++i) {
        h = m_descending[i](h);
        down[i] = h;
    }
    MappedLatent mapped;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t mirror = 3 - i;
        h = m_ascending[i](torch::cat({mirror == 0 ? input : down[mirror - 1], h}, 1));
        if (wantLevels && mirror > 0) {
            mapped.levels[mirror - 1] = m_heads[mirror]->forward(h);
        }
    }
    mapped.out = m_heads[0]->forward(h);
    return mapped;
}

} // namespace semigda::learning
