// SPDX-License-Identifier: Apache-2.0
#include "learning/NetworkNorm_p.h"

#include "learning/ColumnSums_p.h"
#include "learning/FloatBits_p.h"

#include <torch/version.h>

#include <cmath>

namespace semigda::learning
{

namespace
{

using rows::Extent;
using rows::Line;
using rows::Sums;

constexpr double Epsilon = 1e-6;

/// Of one image: the norm as a line per channel, with mean and 1 / deviation of each group.
struct ImageLine
{
    std::vector<float> factor;
    std::vector<float> offset;

    Line line() const { return {factor.data(), offset.data()}; }
};

ImageLine lineOf(const float *weight, const float *bias, const double *mean, const double *rstd, std::size_t channels,
                 std::size_t groups)
{
    ImageLine values;
    for (std::size_t c = 0; c < channels; ++c) {
        const std::size_t g = c / (channels / groups);
        const double factor = static_cast<double>(weight[c]) * rstd[g];
        values.factor.push_back(static_cast<float>(factor));
        values.offset.push_back(static_cast<float>(static_cast<double>(bias[c]) - factor * mean[g]));
    }
    return values;
}

/// Mean and 1 / deviation of each group of one image.
template <typename T> void measure(Extent extent, const T *x, std::size_t groups, double *mean, double *rstd)
{
    const auto channels = static_cast<std::size_t>(extent.columns);
    const std::size_t perGroup = channels / groups;
    // Sums are of the distance to the first pixel, so that a large mean costs no digits.
    std::vector<float> base(channels);
    std::transform(x, x + channels, base.begin(), [](T value) { return toFloat(value); });
    ColumnSums sums(extent.columns);
    sums.add(0, extent.rows, [&](std::int64_t row, std::int64_t count, Sums to) {
        rows::sumSquares({count, extent.columns}, x + row * extent.columns, base.data(), to);
    });
    const auto pixels = static_cast<double>(extent.rows);
    for (std::size_t g = 0; g < groups; ++g) {
        double sum = 0.0;
        for (std::size_t c = g * perGroup; c < (g + 1) * perGroup; ++c) {
            sum += static_cast<double>(base[c]) * pixels + sums.plain(c);
        }
        const double count = static_cast<double>(perGroup) * pixels;
        mean[g] = sum / count;
        double squares = 0.0;
        for (std::size_t c = g * perGroup; c < (g + 1) * perGroup; ++c) {
            const double shift = static_cast<double>(base[c]) - mean[g];
            squares += sums.product(c) + 2.0 * shift * sums.plain(c) + shift * shift * pixels;
        }
        const double variance = squares / count;
        rstd[g] = 1.0 / std::sqrt((variance < 0.0 ? 0.0 : variance) + Epsilon);
    }
}

/// activation((x - mean) rstd weight + bias) per image and group; the formulas are its derivative.
template <typename T> class FusedGroupNorm : public torch::autograd::Function<FusedGroupNorm<T>>
{
public:
    static torch::Tensor forward(torch::autograd::AutogradContext *context, const torch::Tensor &x,
                                 const torch::Tensor &weight, const torch::Tensor &bias, std::int64_t groups,
                                 bool isSilu)
    {
        const Extent image{x.size(2) * x.size(3), x.size(1)};
        const torch::Tensor y = torch::empty_like(x, torch::MemoryFormat::ChannelsLast);
        const torch::Tensor statistics = torch::empty({x.size(0), 2, groups}, torch::kFloat64);
        const auto groupCount = static_cast<std::size_t>(groups);
        const T *xs = x.data_ptr<T>();
        T *ys = y.data_ptr<T>();
        at::parallel_for(0, x.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t n = begin; n < end; ++n) {
                const std::int64_t at = n * image.rows * image.columns;
                double *mean = statistics.data_ptr<double>() + n * 2 * groups;
                measure(image, xs + at, groupCount, mean, mean + groups);
                const ImageLine values = lineOf(weight.data_ptr<float>(), bias.data_ptr<float>(), mean, mean + groups,
                                                static_cast<std::size_t>(image.columns), groupCount);
                if (isSilu) {
                    rows::applySilu(image, values.line(), xs + at, ys + at);
                } else {
                    constexpr float NoActivation = 1.0F;
                    rows::apply(image, values.line(), xs + at, static_cast<const T *>(nullptr), NoActivation, ys + at);
                }
            }
        });
        context->save_for_backward({x, weight, bias, statistics});
        context->saved_data["groups"] = groups;
        context->saved_data["isSilu"] = isSilu;
        return y;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                   const torch::autograd::variable_list &gradients)
    {
        const auto saved = context->get_saved_variables();
        const torch::Tensor &x = saved[0];
        const torch::Tensor &weight = saved[1];
        const torch::Tensor &bias = saved[2];
        const std::int64_t groups = context->saved_data["groups"].toInt();
        const bool isSilu = context->saved_data["isSilu"].toBool();
        const torch::Tensor upper = gradients[0].to(x.scalar_type()).contiguous(torch::MemoryFormat::ChannelsLast);
        const torch::Tensor inner = isSilu ? torch::empty_like(x, torch::MemoryFormat::ChannelsLast) : upper;
        const torch::Tensor lower = torch::empty_like(x, torch::MemoryFormat::ChannelsLast);
        const torch::Tensor weightGradients = torch::zeros({2, x.size(0), x.size(1)});
        const Extent image{x.size(2) * x.size(3), x.size(1)};

        at::parallel_for(0, x.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t n = begin; n < end; ++n) {
                const std::int64_t at = n * image.rows * image.columns;
                const double *mean = saved[3].data_ptr<double>() + n * 2 * groups;
                float *ofWeight = weightGradients.data_ptr<float>() + n * image.columns;
                lowerImage(image, static_cast<std::size_t>(groups), isSilu, weight.data_ptr<float>(),
                           bias.data_ptr<float>(), mean, mean + groups, x.data_ptr<T>() + at, upper.data_ptr<T>() + at,
                           inner.data_ptr<T>() + at, lower.data_ptr<T>() + at, ofWeight,
                           ofWeight + x.size(0) * image.columns);
            }
        });
        const torch::Tensor summed = weightGradients.sum(1);
        return {lower, summed[0], summed[1], {}, {}};
    }

private:
    static void lowerImage(Extent image, std::size_t groups, bool isSilu, const float *weight, const float *bias,
                           const double *mean, const double *rstd, const T *x, const T *upper, T *inner, T *lower,
                           float *ofWeight, float *ofBias)
    {
        const auto channels = static_cast<std::size_t>(image.columns);
        const std::size_t perGroup = channels / groups;
        const ImageLine values = lineOf(weight, bias, mean, rstd, channels, groups);
        std::vector<float> centre;
        for (std::size_t c = 0; c < channels; ++c) {
            centre.push_back(static_cast<float>(mean[c / perGroup]));
        }
        ColumnSums sums(image.columns);
        sums.add(0, image.rows, [&](std::int64_t row, std::int64_t count, Sums to) {
            const std::int64_t at = row * image.columns;
            if (isSilu) {
                rows::revertSilu({count, image.columns}, values.line(), upper + at, x + at, inner + at);
            }
            rows::sumProducts({count, image.columns}, inner + at, x + at, centre.data(), to);
        });
        std::vector<float> ofInner(channels);
        ImageLine ofX{std::vector<float>(channels), std::vector<float>(channels)};
        for (std::size_t g = 0; g < groups; ++g) {
            double gradient = 0.0;
            double gradientTimesX = 0.0;
            for (std::size_t c = g * perGroup; c < (g + 1) * perGroup; ++c) {
                // `centre` is the mean rounded to a float; the sum is moved to the mean itself.
                const double product = sums.product(c) - sums.plain(c) * (mean[g] - static_cast<double>(centre[c]));
                gradient += static_cast<double>(weight[c]) * sums.plain(c);
                gradientTimesX += static_cast<double>(weight[c]) * product;
                ofWeight[c] = static_cast<float>(product * rstd[g]);
                ofBias[c] = static_cast<float>(sums.plain(c));
            }
            const double count = static_cast<double>(perGroup) * static_cast<double>(image.rows);
            const double steepness = -gradientTimesX * rstd[g] * rstd[g] * rstd[g] / count;
            for (std::size_t c = g * perGroup; c < (g + 1) * perGroup; ++c) {
                ofInner[c] = static_cast<float>(rstd[g] * static_cast<double>(weight[c]));
                ofX.factor[c] = static_cast<float>(steepness);
                ofX.offset[c] = static_cast<float>(-steepness * mean[g] - gradient * rstd[g] / count);
            }
        }
        rows::combine(image, ofInner.data(), ofX.line(), inner, x, lower);
    }
};

/// In channels_last memory and in no other, so that tests can compare.
bool canFuse(const torch::nn::GroupNormImpl &norm, const torch::Tensor &x)
{
    return x.device().is_cpu() && x.scalar_type() == torch::kFloat32 && x.dim() == 4 && !x.is_contiguous()
           && x.is_contiguous(torch::MemoryFormat::ChannelsLast) && norm.weight.scalar_type() == torch::kFloat32;
}

torch::Tensor fused(const torch::nn::GroupNormImpl &norm, const torch::Tensor &x, bool isSilu)
{
    const torch::Tensor weight = norm.weight.contiguous();
    const torch::Tensor bias = norm.bias.contiguous();
    return x.scalar_type() == torch::kFloat32
               ? FusedGroupNorm<float>::apply(x, weight, bias, norm.options.num_groups(), isSilu)
               : FusedGroupNorm<c10::BFloat16>::apply(x, weight, bias, norm.options.num_groups(), isSilu);
}

bool isCpuBFloat16(const torch::nn::GroupNormImpl &norm, const torch::Tensor &x)
{
    return x.device().is_cpu() && x.scalar_type() == torch::kBFloat16 && x.dim() == 4
           && norm.weight.scalar_type() == torch::kFloat32;
}

} // namespace

ImageNormImpl::ImageNormImpl(int channels, int groups)
    : torch::nn::GroupNormImpl(torch::nn::GroupNormOptions(groups, channels).eps(Epsilon))
{}

torch::Tensor ImageNormImpl::forward(const torch::Tensor &x)
{
    if (canFuse(*this, x)) {
        return fused(*this, x, false);
    }
    if (isCpuBFloat16(*this, x)) {
        return fused(*this, x.contiguous(torch::MemoryFormat::ChannelsLast), false);
    }
    return torch::nn::GroupNormImpl::forward(x);
}

torch::Tensor ImageNormImpl::forwardSilu(const torch::Tensor &x)
{
    if (canFuse(*this, x)) {
        return fused(*this, x, true);
    }
    if (isCpuBFloat16(*this, x)) {
        return fused(*this, x.contiguous(torch::MemoryFormat::ChannelsLast), true);
    }
    return torch::silu(torch::nn::GroupNormImpl::forward(x));
}

} // namespace semigda::learning
