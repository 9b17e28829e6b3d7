// SPDX-License-Identifier: Apache-2.0
#include "learning/NetworkNorm_p.h"

#include <ATen/Parallel.h>

#include <torch/version.h>

#include <vector>

namespace semigda::learning
{

namespace
{

constexpr double Epsilon = 1e-6;

bool isChannelsLastFloat(const torch::Tensor &x)
{
    return x.device().is_cpu() && x.scalar_type() == torch::kFloat32 && x.dim() == 4 && !x.is_contiguous()
           && x.is_contiguous(torch::MemoryFormat::ChannelsLast);
}

struct ChannelSums
{
    std::vector<double> gradient; ///< of dL/dy over the pixels of one image, per channel
    std::vector<double> gradientTimesX;
};

ChannelSums sumChannels(const float *x, const float *gradient, std::int64_t pixels, std::size_t channels)
{
    // Floats within a short run of pixels keep the loop fast, doubles between the runs keep it exact.
    constexpr std::int64_t Run = 128;
    ChannelSums sums{std::vector<double>(channels), std::vector<double>(channels)};
    std::vector<float> plain(channels);
    std::vector<float> product(channels);
    for (std::int64_t start = 0; start < pixels; start += Run) {
        std::fill(plain.begin(), plain.end(), 0.0F);
        std::fill(product.begin(), product.end(), 0.0F);
        for (std::int64_t i = start; i < std::min(start + Run, pixels); ++i) {
            for (std::size_t c = 0; c < channels; ++c) {
                plain[c] += gradient[c];
                product[c] += gradient[c] * x[c];
            }
            gradient += channels;
            x += channels;
        }
        for (std::size_t c = 0; c < channels; ++c) {
            sums.gradient[c] += static_cast<double>(plain[c]);
            sums.gradientTimesX[c] += static_cast<double>(product[c]);
        }
    }
    return sums;
}

/// y = (x - mean) rstd weight + bias per image and group; the formulas are its derivative.
class ChannelsLastGroupNorm : public torch::autograd::Function<ChannelsLastGroupNorm>
{
public:
    static torch::Tensor forward(torch::autograd::AutogradContext *context, const torch::Tensor &x,
                                 const torch::Tensor &weight, const torch::Tensor &bias, std::int64_t groups)
    {
        auto [y, mean, rstd] =
            at::native_group_norm(x, weight, bias, x.size(0), x.size(1), x.size(2) * x.size(3), groups, Epsilon);
        context->save_for_backward({x, weight, mean, rstd});
        context->saved_data["groups"] = groups;
        return y;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                   const torch::autograd::variable_list &gradients)
    {
        const auto saved = context->get_saved_variables();
        const torch::Tensor &x = saved[0];
        const torch::Tensor weight = saved[1].contiguous();
        const torch::Tensor means = saved[2].contiguous();
        const torch::Tensor rstds = saved[3].contiguous();
        const auto groups = static_cast<std::size_t>(context->saved_data["groups"].toInt());
        const torch::Tensor upper = gradients[0].contiguous(torch::MemoryFormat::ChannelsLast);
        const torch::Tensor lower = torch::empty_like(x, torch::MemoryFormat::ChannelsLast);
        const auto images = x.size(0);
        const auto channels = static_cast<std::size_t>(x.size(1));
        const auto pixels = x.size(2) * x.size(3);
        const std::size_t size = static_cast<std::size_t>(pixels) * channels;
        const std::size_t perGroup = channels / groups;
        const torch::Tensor weightGradients = torch::zeros({2, images, x.size(1)});
        const float *gamma = weight.data_ptr<float>();

        at::parallel_for(0, images, 1, [&](std::int64_t begin, std::int64_t end) {
            std::vector<float> ofGradient(channels);
            std::vector<float> ofX(channels);
            std::vector<float> offset(channels);
            for (auto n = static_cast<std::size_t>(begin); n < static_cast<std::size_t>(end); ++n) {
                const float *xs = x.data_ptr<float>() + n * size;
                const float *in = upper.data_ptr<float>() + n * size;
                float *out = lower.data_ptr<float>() + n * size;
                const ChannelSums sums = sumChannels(xs, in, pixels, channels);
                for (std::size_t g = 0; g < groups; ++g) {
                    const auto mean = static_cast<double>(means.data_ptr<float>()[n * groups + g]);
                    const auto rstd = static_cast<double>(rstds.data_ptr<float>()[n * groups + g]);
                    double gradient = 0.0;
                    double gradientTimesX = 0.0;
                    for (std::size_t c = g * perGroup; c < (g + 1) * perGroup; ++c) {
                        gradient += static_cast<double>(gamma[c]) * sums.gradient[c];
                        gradientTimesX += static_cast<double>(gamma[c]) * sums.gradientTimesX[c];
                        weightGradients.data_ptr<float>()[n * channels + c] =
                            static_cast<float>((sums.gradientTimesX[c] - sums.gradient[c] * mean) * rstd);
                        weightGradients.data_ptr<float>()[(static_cast<std::size_t>(images) + n) * channels + c] =
                            static_cast<float>(sums.gradient[c]);
                    }
                    const double count = static_cast<double>(perGroup) * static_cast<double>(pixels);
                    const double slope = (gradient * mean - gradientTimesX) * rstd * rstd * rstd / count;
                    for (std::size_t c = g * perGroup; c < (g + 1) * perGroup; ++c) {
                        ofGradient[c] = static_cast<float>(rstd * static_cast<double>(gamma[c]));
                        ofX[c] = static_cast<float>(slope);
                        offset[c] = static_cast<float>(-slope * mean - gradient * rstd / count);
                    }
                }
                for (std::int64_t i = 0; i < pixels; ++i) {
                    for (std::size_t c = 0; c < channels; ++c) {
                        out[c] = ofGradient[c] * in[c] + ofX[c] * xs[c] + offset[c];
                    }
                    in += channels;
                    xs += channels;
                    out += channels;
                }
            }
        });
        const torch::Tensor summed = weightGradients.sum(1);
        return {lower, summed[0], summed[1], {}};
    }
};

} // namespace

ImageNormImpl::ImageNormImpl(int channels, int groups)
    : torch::nn::GroupNormImpl(torch::nn::GroupNormOptions(groups, channels).eps(Epsilon))
{}

torch::Tensor ImageNormImpl::forward(const torch::Tensor &x)
{
#if TORCH_VERSION_MAJOR < 2
    if (torch::GradMode::is_enabled() && isChannelsLastFloat(x)) {
        return ChannelsLastGroupNorm::apply(x, weight, bias, options.num_groups());
    }
#endif
    return torch::nn::GroupNormImpl::forward(x);
}

} // namespace semigda::learning
