// SPDX-License-Identifier: Apache-2.0
#include "learning/NetworkNorm_p.h"

#include <ATen/Parallel.h>

#include <torch/version.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <vector>

namespace semigda::learning
{

namespace
{

constexpr double Epsilon = 1e-6;

bool isChannelsLast(const torch::Tensor &x, torch::ScalarType type)
{
    return x.device().is_cpu() && x.scalar_type() == type && x.dim() == 4 && !x.is_contiguous()
           && x.is_contiguous(torch::MemoryFormat::ChannelsLast);
}

// The bits of a bfloat16 are the upper half of a float's. Written out, because LibTorch's own conversion has a branch
// for what is no number, which keeps the loops from being vectorised; here such a value stays one that is no number.
float toFloat(float value)
{
    return value;
}

float toFloat(c10::BFloat16 value)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(value.x) << 16U);
}

template <typename T> T fromFloat(float value);

template <> float fromFloat<float>(float value)
{
    return value;
}

template <> c10::BFloat16 fromFloat<c10::BFloat16>(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t rounded = bits + 0x7FFFU + (bits >> 16U & 1U);
    // Rounding would carry some of what is no number over into minus zero.
    const bool isNumber = (bits & 0x7FFFFFFFU) <= 0x7F800000U;
    return c10::BFloat16(static_cast<std::uint16_t>((isNumber ? rounded : 0x7FC00000U) >> 16U),
                         c10::BFloat16::from_bits());
}

/// Per channel, over the pixels of one image: sums of a and of b x.
struct ChannelSums
{
    std::vector<double> plain;
    std::vector<double> product;
};

template <typename T> ChannelSums sumChannels(const T *x, const T *other, std::int64_t pixels, std::size_t channels)
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
                const float factor = toFloat(other[c]);
                plain[c] += factor;
                product[c] += factor * toFloat(x[c]);
            }
            other += channels;
            x += channels;
        }
        for (std::size_t c = 0; c < channels; ++c) {
            sums.plain[c] += static_cast<double>(plain[c]);
            sums.product[c] += static_cast<double>(product[c]);
        }
    }
    return sums;
}

/// Of bfloat16, of which LibTorch before 2.0 has no group norm with weights in float32; mean and rstd as LibTorch
/// returns them.
std::tuple<torch::Tensor, torch::Tensor, torch::Tensor>
normaliseBFloat16(const torch::Tensor &x, const torch::Tensor &weight, const torch::Tensor &bias, std::int64_t groups)
{
    const auto images = x.size(0);
    const auto channels = static_cast<std::size_t>(x.size(1));
    const auto pixels = x.size(2) * x.size(3);
    const std::size_t size = static_cast<std::size_t>(pixels) * channels;
    const auto groupCount = static_cast<std::size_t>(groups);
    const std::size_t perGroup = channels / groupCount;
    const torch::Tensor y = torch::empty_like(x, torch::MemoryFormat::ChannelsLast);
    const torch::Tensor means = torch::empty({images, groups}, torch::kFloat32);
    const torch::Tensor rstds = torch::empty({images, groups}, torch::kFloat32);
    const torch::Tensor gamma = weight.contiguous();
    const torch::Tensor beta = bias.contiguous();
    at::parallel_for(0, images, 1, [&](std::int64_t begin, std::int64_t end) {
        std::vector<float> factor(channels);
        std::vector<float> offset(channels);
        for (auto n = static_cast<std::size_t>(begin); n < static_cast<std::size_t>(end); ++n) {
            const auto *in = x.data_ptr<c10::BFloat16>() + n * size;
            auto *out = y.data_ptr<c10::BFloat16>() + n * size;
            const ChannelSums sums = sumChannels(in, in, pixels, channels);
            const double count = static_cast<double>(perGroup) * static_cast<double>(pixels);
            for (std::size_t g = 0; g < groupCount; ++g) {
                double sum = 0.0;
                double squares = 0.0;
                for (std::size_t c = g * perGroup; c < (g + 1) * perGroup; ++c) {
                    sum += sums.plain[c];
                    squares += sums.product[c];
                }
                const double mean = sum / count;
                const double rstd = 1.0 / std::sqrt(std::max(squares / count - mean * mean, 0.0) + Epsilon);
                means.data_ptr<float>()[n * groupCount + g] = static_cast<float>(mean);
                rstds.data_ptr<float>()[n * groupCount + g] = static_cast<float>(rstd);
                for (std::size_t c = g * perGroup; c < (g + 1) * perGroup; ++c) {
                    const double scale = static_cast<double>(gamma.data_ptr<float>()[c]) * rstd;
                    factor[c] = static_cast<float>(scale);
                    offset[c] = static_cast<float>(static_cast<double>(beta.data_ptr<float>()[c]) - scale * mean);
                }
            }
            for (std::int64_t i = 0; i < pixels; ++i) {
                for (std::size_t c = 0; c < channels; ++c) {
                    out[c] = fromFloat<c10::BFloat16>(factor[c] * toFloat(in[c]) + offset[c]);
                }
                in += channels;
                out += channels;
            }
        }
    });
    return {y, means, rstds};
}

/// y = (x - mean) rstd weight + bias per image and group; the formulas are its derivative.
template <typename T> class ChannelsLastGroupNorm : public torch::autograd::Function<ChannelsLastGroupNorm<T>>
{
public:
    static torch::Tensor forward(torch::autograd::AutogradContext *context, const torch::Tensor &x,
                                 const torch::Tensor &weight, const torch::Tensor &bias, std::int64_t groups)
    {
        auto [y, mean, rstd] = std::is_same_v<T, float> ? at::native_group_norm(x, weight, bias, x.size(0), x.size(1),
                                                                                x.size(2) * x.size(3), groups, Epsilon)
                                                        : normaliseBFloat16(x, weight, bias, groups);
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
        const torch::Tensor upper = gradients[0].to(x.scalar_type()).contiguous(torch::MemoryFormat::ChannelsLast);
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
                const T *xs = x.data_ptr<T>() + n * size;
                const T *in = upper.data_ptr<T>() + n * size;
                T *out = lower.data_ptr<T>() + n * size;
                const ChannelSums sums = sumChannels(xs, in, pixels, channels);
                for (std::size_t g = 0; g < groups; ++g) {
                    const auto mean = static_cast<double>(means.data_ptr<float>()[n * groups + g]);
                    const auto rstd = static_cast<double>(rstds.data_ptr<float>()[n * groups + g]);
                    double gradient = 0.0;
                    double gradientTimesX = 0.0;
                    for (std::size_t c = g * perGroup; c < (g + 1) * perGroup; ++c) {
                        gradient += static_cast<double>(gamma[c]) * sums.plain[c];
                        gradientTimesX += static_cast<double>(gamma[c]) * sums.product[c];
                        weightGradients.data_ptr<float>()[n * channels + c] =
                            static_cast<float>((sums.product[c] - sums.plain[c] * mean) * rstd);
                        weightGradients.data_ptr<float>()[(static_cast<std::size_t>(images) + n) * channels + c] =
                            static_cast<float>(sums.plain[c]);
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
                        out[c] = fromFloat<T>(ofGradient[c] * toFloat(in[c]) + ofX[c] * toFloat(xs[c]) + offset[c]);
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
    if (torch::GradMode::is_enabled() && isChannelsLast(x, torch::kFloat32)) {
        return ChannelsLastGroupNorm<float>::apply(x, weight, bias, options.num_groups());
    }
    if (x.device().is_cpu() && x.scalar_type() == torch::kBFloat16) {
        const torch::Tensor laidOut = x.contiguous(torch::MemoryFormat::ChannelsLast);
        return ChannelsLastGroupNorm<c10::BFloat16>::apply(laidOut, weight, bias, options.num_groups());
    }
#endif
    return torch::nn::GroupNormImpl::forward(x);
}

} // namespace semigda::learning
