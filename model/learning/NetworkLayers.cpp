// SPDX-License-Identifier: Apache-2.0
#include "learning/NetworkLayers_p.h"

#include "learning/FusedLayers_p.h"

#include <cmath>

namespace semigda::learning
{

torch::nn::Conv2d conv3x3(int inChannels, int outChannels, int stride, bool bias)
{
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(inChannels, outChannels, 3).stride(stride).padding(1).bias(bias));
}

torch::nn::Conv2d conv1x1(int inChannels, int outChannels, bool bias)
{
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(inChannels, outChannels, 1).bias(bias));
}

ResidualBlockImpl::ResidualBlockImpl(int inChannels, int outChannels, int groups)
    : m_norm1(register_module("norm1", ImageNorm(inChannels, groups)))
    , m_conv1(register_module("conv1", conv3x3(inChannels, outChannels)))
    , m_norm2(register_module("norm2", ImageNorm(outChannels, groups)))
    , m_conv2(register_module("conv2", conv3x3(outChannels, outChannels)))
{
    if (inChannels != outChannels) {
        m_shortcut = register_module("nin_shortcut", conv1x1(inChannels, outChannels));
    }
}

torch::Tensor ResidualBlockImpl::forward(const torch::Tensor &x)
{
    torch::Tensor h = m_conv1(m_norm1->forwardSilu(x));
    h = m_conv2(m_norm2->forwardSilu(h));
    return (m_shortcut.is_empty() ? x : m_shortcut(x)) + h;
}

void ResidualBlockImpl::makePassThrough()
{
    torch::NoGradGuard noGrad;
    m_conv2->weight.zero_();
    m_conv2->bias.zero_();
    if (!m_shortcut.is_empty()) {
        m_shortcut->bias.zero_();
        torch::nn::init::dirac_(m_shortcut->weight);
    }
}

LightAdapterImpl::LightAdapterImpl(int channels, int groups)
    : m_fuse(register_module("fuse", conv1x1(channels, channels)))
    , m_norm(register_module("norm", ImageNorm(channels, groups)))
    , m_conv(register_module("conv", conv3x3(channels, channels)))
{}

torch::Tensor LightAdapterImpl::forward(const torch::Tensor &decoded, const torch::Tensor &feature)
{
    const torch::Tensor fused = decoded + m_fuse(feature);
    return fused + m_conv(m_norm->forwardSilu(fused));
}

void LightAdapterImpl::makePassThrough()
{
    torch::NoGradGuard noGrad;
    for (auto *conv : {&m_fuse, &m_conv}) {
        (*conv)->weight.zero_();
        (*conv)->bias.zero_();
    }
}

NormedAdapterImpl::NormedAdapterImpl(int channels, int featureChannels)
    : m_conv1(register_module("conv1", conv3x3(channels + featureChannels, channels, 1, false)))
    , m_norm1(register_module("bn1", torch::nn::BatchNorm2d(channels)))
    , m_conv2(register_module("conv2", conv3x3(channels, channels)))
{}

torch::Tensor NormedAdapterImpl::forward(const torch::Tensor &decoded, const torch::Tensor &feature)
{
    const torch::Tensor both = torch::cat({decoded, feature}, 1);
    return decoded + m_conv2(normActivate(m_norm1, m_conv1(both)));
}

void NormedAdapterImpl::makePassThrough()
{
    torch::NoGradGuard noGrad;
    torch::nn::init::kaiming_normal_(m_conv1->weight, 0.0, torch::kFanOut, torch::kReLU);
    m_conv2->weight.zero_();
    m_conv2->bias.zero_();
}

AttentionBlockImpl::AttentionBlockImpl(int channels, int groups)
    : m_norm(register_module("norm", ImageNorm(channels, groups)))
    , m_query(register_module("q", conv1x1(channels, channels)))
    , m_key(register_module("k", conv1x1(channels, channels)))
    , m_value(register_module("v", conv1x1(channels, channels)))
    , m_projection(register_module("proj_out", conv1x1(channels, channels)))
{}

torch::Tensor AttentionBlockImpl::forward(const torch::Tensor &x)
{
    const auto channels = x.size(1);
    const torch::Tensor h = m_norm(x);
    const torch::Tensor query = m_query(h).flatten(2).transpose(1, 2);
    const torch::Tensor key = m_key(h).flatten(2);
    const torch::Tensor value = m_value(h).flatten(2);
    // The order of operations is the reference's, so that rounding agrees with it.
    const torch::Tensor weights =
        torch::softmax(torch::bmm(query, key) * std::pow(static_cast<double>(channels), -0.5), 2);
    const torch::Tensor mixed =
        torch::bmm(value, weights.transpose(1, 2)).reshape({x.size(0), channels, x.size(2), x.size(3)});
    return x + m_projection(mixed);
}

} // namespace semigda::learning
