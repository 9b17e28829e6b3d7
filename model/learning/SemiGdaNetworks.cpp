// SPDX-License-Identifier: Apache-2.0
#include "learning/SemiGdaNetworks_p.h"

#include <algorithm>

namespace semigda::learning
{

SemiGdaNetworksImpl::SemiGdaNetworksImpl(const NetworkShape &shape)
    : prior(register_module("vae_model", PriorAutoencoder(shape)))
    , mapping(register_module("mapping_model", MappingModel(shape)))
    , cnn(register_module("resnet", ResnetEncoder(shape)))
    , m_shape(shape)
{}

torch::Tensor SemiGdaNetworksImpl::latentMean(const torch::Tensor &moments) const
{
    return moments.narrow(1, 0, m_shape.latentChannels) * m_shape.latentScale;
}

torch::Tensor SemiGdaNetworksImpl::latentSample(const torch::Tensor &moments, const torch::Tensor &noise) const
{
    const torch::Tensor mean = moments.narrow(1, 0, m_shape.latentChannels);
    const torch::Tensor logVariance =
        moments.narrow(1, m_shape.latentChannels, m_shape.latentChannels).clamp(-30.0, 20.0);
    return (mean + torch::exp(0.5 * logVariance) * noise) * m_shape.latentScale;
}

Encoded SemiGdaNetworksImpl::encodeVae(const torch::Tensor &image)
{
    Encoded encoded = prior->encode(image);
    addPixels(encoded, image);
    return encoded;
}

Encoded SemiGdaNetworksImpl::encodeCnn(const torch::Tensor &image)
{
    Encoded encoded = cnn(image);
    encoded.moments = prior->quantise(encoded.moments);
    addPixels(encoded, image);
    return encoded;
}

void SemiGdaNetworksImpl::addPixels(Encoded &encoded, const torch::Tensor &image) const
{
    if (!m_shape.adaptersSeePixels) {
        return;
    }
    const torch::Tensor pixels = m_shape.stemFactor > 1 ? torch::pixel_unshuffle(image, m_shape.stemFactor) : image;
    const torch::Tensor &finest = encoded.features[0];
    encoded.features[0] =
        torch::cat({finest, pixels.to(finest.scalar_type())}, 1).contiguous(torch::MemoryFormat::ChannelsLast);
}

torch::Tensor SemiGdaNetworksImpl::decodeMask(const torch::Tensor &scaledLatent,
                                              const std::vector<torch::Tensor> &features, Branch branch)
{
    return prior->decode(scaledLatent / m_shape.latentScale, features.empty() ? nullptr : &features, branch);
}

std::vector<torch::Tensor> SemiGdaNetworksImpl::mappingParameters() const
{
    std::vector<torch::Tensor> unique;
    for (const torch::Tensor &parameter : mapping->parameters()) {
        if (std::none_of(unique.begin(), unique.end(),
                         [&](const torch::Tensor &known) { return known.is_same(parameter); })) {
            unique.push_back(parameter);
        }
    }
    return unique;
}

std::vector<torch::Tensor> SemiGdaNetworksImpl::adapterParameters() const
{
    std::vector<torch::Tensor> parameters = prior->decoder->adapterParameters(Branch::Vae);
    const std::vector<torch::Tensor> cnnAdapters = prior->decoder->adapterParameters(Branch::Cnn);
    parameters.insert(parameters.end(), cnnAdapters.begin(), cnnAdapters.end());
    return parameters;
}

void SemiGdaNetworksImpl::freezePrior()
{
    for (auto &parameter : prior->parameters()) {
        parameter.set_requires_grad(false);
    }
    for (auto &parameter : adapterParameters()) {
        parameter.set_requires_grad(true);
    }
}

void SemiGdaNetworksImpl::initialise()
{
    torch::NoGradGuard noGrad;
    for (const auto &module : mapping->modules()) {
        if (auto *conv = module->as<torch::nn::Conv2dImpl>()) {
            torch::nn::init::kaiming_normal_(conv->weight, 0.0, torch::kFanOut, torch::kLeakyReLU);
            if (conv->bias.defined()) {
                conv->bias.zero_();
            }
        }
    }
    mapping->makeFeatureSilent();
    for (const auto &module : cnn->modules()) {
        if (auto *conv = module->as<torch::nn::Conv2dImpl>()) {
            torch::nn::init::kaiming_normal_(conv->weight, 0.0, torch::kFanOut, torch::kReLU);
        }
    }
    prior->decoder->initialiseAdapters();
}

} // namespace semigda::learning
