// SPDX-License-Identifier: Apache-2.0
#include "learning/PriorAutoencoder_p.h"

namespace semigda::learning
{

namespace
{

namespace F = torch::nn::functional;

torch::nn::ModuleList makeAdapters(const NetworkShape &shape)
{
    torch::nn::ModuleList list;
    for (int level = 0; level < shape.levels(); ++level) {
        const int width = shape.levelWidth(level);
        const int feature = shape.featureWidth(level);
        switch (shape.adapters) {
        case AdapterKind::Residual:
            list->push_back(ResidualBlock(width + feature, width, shape.groups));
            break;
        case AdapterKind::Light:
            list->push_back(LightAdapter(width, shape.groups));
            break;
        case AdapterKind::Normed:
            list->push_back(NormedAdapter(width, feature));
            break;
        }
    }
    return list;
}

} // namespace

PriorEncoderImpl::PriorEncoderImpl(const NetworkShape &shape)
    : m_stemFactor(shape.stemFactor)
    , m_convIn(register_module("conv_in", conv3x3(shape.stemChannels(), shape.width)))
    , m_normOut(nullptr)
    , m_convOut(nullptr)
{
    torch::nn::ModuleList down;
    int channels = shape.width;
    for (int index = 0; index < shape.levels(); ++index) {
        Level level;
        torch::nn::ModuleList blocks;
        for (int i = 0; i < shape.encoderBlocks; ++i) {
            level.blocks.emplace_back(channels, shape.levelWidth(index), shape.groups);
            channels = shape.levelWidth(index);
            blocks->push_back(level.blocks.back());
        }
        auto holder = std::make_shared<torch::nn::Module>();
        holder->register_module("block", blocks);
        if (index + 1 < shape.levels()) {
            level.downsample = torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, channels, 3).stride(2));
            auto downsample = std::make_shared<torch::nn::Module>();
            downsample->register_module("conv", level.downsample);
            holder->register_module("downsample", downsample);
        }
        down->push_back(holder);
        m_levels.push_back(std::move(level));
    }
    register_module("down", down);
    auto middle = register_module("mid", std::make_shared<torch::nn::Module>());
    m_middle1 = middle->register_module("block_1", ResidualBlock(channels, channels, shape.groups));
    if (shape.hasMiddleAttention) {
        m_attention = middle->register_module("attn_1", AttentionBlock(channels, shape.groups));
    }
    m_middle2 = middle->register_module("block_2", ResidualBlock(channels, channels, shape.groups));
    m_normOut = register_module("norm_out", ImageNorm(channels, shape.groups));
    m_convOut = register_module("conv_out", conv3x3(channels, 2 * shape.latentChannels));
}

Encoded PriorEncoderImpl::forward(const torch::Tensor &image)
{
    Encoded encoded;
    torch::Tensor h = m_convIn(m_stemFactor > 1 ? torch::pixel_unshuffle(image, m_stemFactor) : image);
    for (Level &level : m_levels) {
        for (ResidualBlock &block : level.blocks) {
            h = block(h);
        }
        encoded.features.push_back(h);
        if (!level.downsample.is_empty()) {
            // Zero pad right and bottom only, as the reference autoencoder does.
            h = level.downsample(F::pad(h, F::PadFuncOptions({0, 1, 0, 1})));
        }
    }
    h = m_middle1(h);
    if (!m_attention.is_empty()) {
        h = m_attention(h);
    }
    h = m_middle2(h);
    encoded.moments = m_convOut(m_normOut->forwardSilu(h));
    return encoded;
}

PriorDecoderImpl::PriorDecoderImpl(const NetworkShape &shape)
    : m_stemFactor(shape.stemFactor)
    , m_isLight(shape.hasLightDecoder)
    , m_adapterKind(shape.adapters)
    , m_convIn(register_module("conv_in", conv3x3(shape.latentChannels, shape.levelWidth(shape.levels() - 1))))
    , m_levels(static_cast<std::size_t>(shape.levels()))
    , m_normOut(nullptr)
    , m_convOut(nullptr)
{
    int channels = shape.levelWidth(shape.levels() - 1);
    auto middle = register_module("mid", std::make_shared<torch::nn::Module>());
    m_middle1 = middle->register_module("block_1", ResidualBlock(channels, channels, shape.groups));
    if (shape.hasMiddleAttention) {
        m_attention = middle->register_module("attn_1", AttentionBlock(channels, shape.groups));
    }
    m_middle2 = middle->register_module("block_2", ResidualBlock(channels, channels, shape.groups));
    std::vector<std::shared_ptr<torch::nn::Module>> holders(m_levels.size());
    for (int index = shape.levels() - 1; index >= 0; --index) {
        Level &level = m_levels[static_cast<std::size_t>(index)];
        torch::nn::ModuleList blocks;
        for (int i = 0; i < shape.decoderBlocks; ++i) {
            level.blocks.emplace_back(channels, shape.levelWidth(index), shape.groups);
            channels = shape.levelWidth(index);
            blocks->push_back(level.blocks.back());
        }
        auto holder = std::make_shared<torch::nn::Module>();
        holder->register_module("block", blocks);
        if (index > 0) {
            level.upsample = m_isLight ? conv1x1(channels, shape.levelWidth(index - 1)) : conv3x3(channels, channels);
            channels = m_isLight ? shape.levelWidth(index - 1) : channels;
            auto upsample = std::make_shared<torch::nn::Module>();
            upsample->register_module("conv", level.upsample);
            holder->register_module("upsample", upsample);
        }
        holders[static_cast<std::size_t>(index)] = holder;
    }
    torch::nn::ModuleList up;
    for (const auto &holder : holders) {
        up->push_back(holder);
    }
    register_module("up", up);
    m_normOut = register_module("norm_out", ImageNorm(channels, shape.groups));
    m_convOut = register_module("conv_out", conv3x3(channels, shape.stemChannels()));
    m_adapters[0] = register_module("Jump_vae", makeAdapters(shape));
    m_adapters[1] = register_module("Jump_cnn", makeAdapters(shape));
}

torch::Tensor PriorDecoderImpl::forward(const torch::Tensor &latent, const std::vector<torch::Tensor> *features,
                                        Branch branch)
{
    torch::Tensor h = m_middle1(m_convIn(latent));
    if (!m_attention.is_empty()) {
        h = m_attention(h);
    }
    h = m_middle2(h);
    for (std::size_t index = m_levels.size(); index-- > 0;) {
        Level &level = m_levels[index];
        for (std::size_t i = 0; i < level.blocks.size(); ++i) {
            h = level.blocks[i](h);
            if (i == 0 && features) {
                h = adapt(h, (*features)[index], index, branch);
            }
        }
        if (!level.upsample.is_empty()) {
            h = enlarge(h, level);
        }
    }
    h = m_convOut(m_normOut->forwardSilu(h));
    return m_stemFactor > 1 ? torch::pixel_shuffle(h, m_stemFactor) : h;
}

torch::Tensor PriorDecoderImpl::adapt(const torch::Tensor &decoded, const torch::Tensor &feature, std::size_t level,
                                      Branch branch)
{
    auto &list = m_adapters[branch == Branch::Vae ? 0 : 1];
    switch (m_adapterKind) {
    case AdapterKind::Light:
        return list->at<LightAdapterImpl>(level).forward(decoded, feature);
    case AdapterKind::Normed:
        return list->at<NormedAdapterImpl>(level).forward(decoded, feature);
    case AdapterKind::Residual:
        break;
    }
    return list->at<ResidualBlockImpl>(level).forward(torch::cat({decoded, feature}, 1));
}

torch::Tensor PriorDecoderImpl::enlarge(const torch::Tensor &x, Level &level)
{
    const auto twice = F::InterpolateFuncOptions().scale_factor(std::vector<double>{2.0, 2.0}).mode(torch::kNearest);
    // A 1x1 convolution and a repetition of pixels may change places; four times fewer pixels come first.
    return m_isLight ? F::interpolate(level.upsample(x), twice) : level.upsample(F::interpolate(x, twice));
}

void PriorDecoderImpl::initialiseAdapters()
{
    for (auto &list : m_adapters) {
        for (const auto &adapter : *list) {
            if (auto *light = adapter->as<LightAdapterImpl>()) {
                light->makePassThrough();
            } else if (auto *normed = adapter->as<NormedAdapterImpl>()) {
                normed->makePassThrough();
            } else {
                adapter->as<ResidualBlockImpl>()->makePassThrough();
            }
        }
    }
}

std::vector<torch::Tensor> PriorDecoderImpl::adapterParameters(Branch branch) const
{
    return m_adapters[branch == Branch::Vae ? 0 : 1]->parameters();
}

PriorAutoencoderImpl::PriorAutoencoderImpl(const NetworkShape &shape)
    : encoder(register_module("encoder", PriorEncoder(shape)))
    , decoder(register_module("decoder", PriorDecoder(shape)))
    , m_quant(register_module("quant_conv", conv1x1(2 * shape.latentChannels, 2 * shape.latentChannels)))
    , m_postQuant(register_module("post_quant_conv", conv1x1(shape.latentChannels, shape.latentChannels)))
{}

Encoded PriorAutoencoderImpl::encode(const torch::Tensor &image)
{
    Encoded encoded = encoder(image);
    encoded.moments = m_quant(encoded.moments);
    return encoded;
}

torch::Tensor PriorAutoencoderImpl::decode(const torch::Tensor &latent, const std::vector<torch::Tensor> *features,
                                           Branch branch)
{
    return decoder(m_postQuant(latent), features, branch);
}

} // namespace semigda::learning
