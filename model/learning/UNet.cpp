// SPDX-License-Identifier: Apache-2.0
#include "learning/UNet_p.h"

#include "learning/ResnetEncoder_p.h"

namespace semigda::learning
{

namespace
{

namespace F = torch::nn::functional;

} // namespace

std::vector<int> unetWidths(Profile profile)
{
    return profile == Profile::Compact ? std::vector<int>{32, 64, 96, 128} : std::vector<int>{64, 128, 256, 512};
}

int unetStemFactor(Profile profile)
{
    return profile == Profile::Compact ? 2 : 1;
}

UNetImpl::UNetImpl(int classes, const std::vector<int> &widths, int stemFactor)
    : m_stemFactor(stemFactor)
    , m_head(nullptr)
{
    int channels = 3 * stemFactor * stemFactor;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        m_down.push_back(register_module("down" + std::to_string(i),
                                         torch::nn::Sequential(BasicBlock(channels, widths[i], i == 0 ? 1 : 2),
                                                               BasicBlock(widths[i], widths[i], 1))));
        channels = widths[i];
    }
    for (std::size_t i = widths.size() - 1; i-- > 0;) {
        m_lift.push_back(register_module("lift" + std::to_string(i), conv1x1(channels, widths[i])));
        m_up.push_back(
            register_module("up" + std::to_string(i), torch::nn::Sequential(BasicBlock(2 * widths[i], widths[i], 1))));
        channels = widths[i];
    }
    m_head = register_module("head", conv3x3(channels, classes * stemFactor * stemFactor));
}

torch::Tensor UNetImpl::forward(const torch::Tensor &image)
{
    torch::Tensor h = m_stemFactor > 1 ? torch::pixel_unshuffle(image, m_stemFactor) : image;
    std::vector<torch::Tensor> skips;
    for (auto &stage : m_down) {
        h = stage->forward(h);
        skips.push_back(h);
    }
    for (std::size_t i = 0; i < m_up.size(); ++i) {
        const torch::Tensor &skip = skips[skips.size() - 2 - i];
        h = F::interpolate(m_lift[i](h), F::InterpolateFuncOptions()
                                             .size(std::vector<std::int64_t>{skip.size(2), skip.size(3)})
                                             .mode(torch::kBilinear)
                                             .align_corners(false));
        h = m_up[i]->forward(torch::cat({h, skip}, 1));
    }
    h = m_head(h);
    return m_stemFactor > 1 ? torch::pixel_shuffle(h, m_stemFactor) : h;
}

} // namespace semigda::learning
