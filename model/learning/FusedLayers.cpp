// SPDX-License-Identifier: Apache-2.0
#include "learning/FusedLayers_p.h"

#include "learning/ColumnSums_p.h"
#include "learning/FloatBits_p.h"

#include <cmath>

namespace semigda::learning
{

namespace
{

using rows::Extent;
using rows::Line;
using rows::Sums;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

bool isFloating(const torch::Tensor &x)
{
    return x.scalar_type() == torch::kFloat32 || x.scalar_type() == torch::kBFloat16;
}

/// Of a tensor in channels_last memory.
Extent extentOf(const torch::Tensor &x)
{
    return {x.size(0) * x.size(2) * x.size(3), x.size(1)};
}

struct Statistics
{
    explicit Statistics(std::int64_t columns)
        : mean(static_cast<std::size_t>(columns))
        , variance(mean.size())
    {}
    std::vector<double> mean;
    std::vector<double> variance; ///< biased
};

template <typename T> Statistics measure(const Blocks &blocks, const T *x)
{
    const std::int64_t columns = blocks.extent.columns;
    // Sums are of the distance to the first row, so that a large mean costs no digits.
    std::vector<float> base(static_cast<std::size_t>(columns));
    std::transform(x, x + columns, base.begin(), [](T value) { return toFloat(value); });
    const ColumnSums sums = sumBlocks(blocks, [&](std::int64_t first, std::int64_t count, ColumnSums &part) {
        part.add(first, count, [&](std::int64_t row, std::int64_t rowCount, Sums to) {
            rows::sumSquares({rowCount, columns}, x + row * columns, base.data(), to);
        });
    });
    Statistics statistics(columns);
    const auto count = static_cast<double>(blocks.extent.rows);
    for (std::size_t c = 0; c < base.size(); ++c) {
        const double away = sums.plain(c) / count;
        const double variance = sums.product(c) / count - away * away;
        statistics.mean[c] = static_cast<double>(base[c]) + away;
        // What is no number stays so: a run that goes astray must be seen to.
        statistics.variance[c] = variance < 0.0 ? 0.0 : variance;
    }
    return statistics;
}

struct LineValues
{
    std::vector<float> factor;
    std::vector<float> offset;

    Line line() const { return {factor.data(), offset.data()}; }
};

/// weight (x - mean) / deviation + bias
LineValues lineOf(const torch::Tensor &weight, const torch::Tensor &bias, const Statistics &statistics, double epsilon)
{
    LineValues values;
    for (std::size_t c = 0; c < statistics.mean.size(); ++c) {
        const double factor =
            static_cast<double>(weight.data_ptr<float>()[c]) / std::sqrt(statistics.variance[c] + epsilon);
        values.factor.push_back(static_cast<float>(factor));
        values.offset.push_back(
            static_cast<float>(static_cast<double>(bias.data_ptr<float>()[c]) - factor * statistics.mean[c]));
    }
    return values;
}

template <typename T>
torch::Tensor applyTo(const torch::Tensor &x, const LineValues &values, const torch::Tensor &added, double slope)
{
    torch::Tensor y = torch::empty_like(x, torch::MemoryFormat::ChannelsLast);
    const Blocks blocks(extentOf(x));
    const std::int64_t columns = blocks.extent.columns;
    const T *in = x.data_ptr<T>();
    const T *more = added.defined() ? added.data_ptr<T>() : nullptr;
    T *out = y.data_ptr<T>();
    blocks.run([&](std::int64_t, std::int64_t first, std::int64_t count) {
        rows::apply({count, columns}, values.line(), in + first * columns,
                    more == nullptr ? nullptr : more + first * columns, static_cast<float>(slope),
                    out + first * columns);
    });
    return y;
}

/// With the statistics of the batch, which it hands out.
template <typename T> class FusedNorm : public torch::autograd::Function<FusedNorm<T>>
{
public:
    /// `added` counts if `isAdded`; LibTorch wants a tensor in any case.
    static torch::Tensor forward(AutogradContext *context, const torch::Tensor &x, const torch::Tensor &weight,
                                 const torch::Tensor &bias, const torch::Tensor &added, bool isAdded, double epsilon,
                                 double slope, Statistics *handedOut)
    {
        Statistics statistics = measure(Blocks(extentOf(x)), x.data_ptr<T>());
        const torch::Tensor y =
            applyTo<T>(x, lineOf(weight, bias, statistics, epsilon), isAdded ? added : torch::Tensor(), slope);
        const torch::Tensor kept = torch::empty({2, x.size(1)}, torch::kFloat64);
        for (std::size_t c = 0; c < statistics.mean.size(); ++c) {
            kept.data_ptr<double>()[c] = statistics.mean[c];
            kept.data_ptr<double>()[statistics.mean.size() + c] = 1.0 / std::sqrt(statistics.variance[c] + epsilon);
        }
        context->save_for_backward({x, weight, kept, y});
        context->saved_data["isAdded"] = isAdded;
        context->saved_data["slope"] = slope;
        *handedOut = std::move(statistics);
        return y;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients)
    {
        const auto saved = context->get_saved_variables();
        const torch::Tensor &x = saved[0];
        const torch::Tensor &weight = saved[1];
        const Blocks blocks(extentOf(x));
        const std::int64_t columns = blocks.extent.columns;
        const bool isAdded = context->saved_data["isAdded"].toBool();
        const auto slope = static_cast<float>(context->saved_data["slope"].toDouble());
        const torch::Tensor upper = gradients[0].to(x.scalar_type()).contiguous(torch::MemoryFormat::ChannelsLast);
        // Before the activation; what was added gets just that.
        const torch::Tensor inner = torch::empty_like(x, torch::MemoryFormat::ChannelsLast);
        const double *mean = saved[2].data_ptr<double>();
        const double *rstd = mean + columns;
        std::vector<float> centre(static_cast<std::size_t>(columns));
        std::transform(mean, mean + columns, centre.begin(), [](double value) { return static_cast<float>(value); });

        const T *xs = x.data_ptr<T>();
        const T *ys = saved[3].data_ptr<T>();
        const T *uppers = upper.data_ptr<T>();
        T *inners = inner.data_ptr<T>();
        const ColumnSums sums = sumBlocks(blocks, [&](std::int64_t first, std::int64_t count, ColumnSums &part) {
            part.add(first, count, [&](std::int64_t row, std::int64_t rowCount, Sums to) {
                const std::int64_t at = row * columns;
                rows::revert({rowCount, columns}, uppers + at, ys + at, slope, inners + at);
                rows::sumProducts({rowCount, columns}, inners + at, xs + at, centre.data(), to);
            });
        });

        const torch::Tensor ofWeight = torch::empty({columns});
        const torch::Tensor ofBias = torch::empty({columns});
        const auto count = static_cast<double>(blocks.extent.rows);
        std::vector<float> ofInner;
        LineValues ofX;
        for (std::size_t c = 0; c < centre.size(); ++c) {
            const auto gamma = static_cast<double>(weight.data_ptr<float>()[c]);
            // `centre` is the mean rounded to a float; the sum is moved to the mean itself.
            const double product = sums.product(c) - sums.plain(c) * (mean[c] - static_cast<double>(centre[c]));
            ofWeight.data_ptr<float>()[c] = static_cast<float>(product * rstd[c]);
            ofBias.data_ptr<float>()[c] = static_cast<float>(sums.plain(c));
            const double steepness = -gamma * rstd[c] * rstd[c] * rstd[c] * product / count;
            ofInner.push_back(static_cast<float>(gamma * rstd[c]));
            ofX.factor.push_back(static_cast<float>(steepness));
            ofX.offset.push_back(static_cast<float>(-steepness * mean[c] - gamma * rstd[c] * sums.plain(c) / count));
        }
        const torch::Tensor lower = torch::empty_like(x, torch::MemoryFormat::ChannelsLast);
        T *lowers = lower.data_ptr<T>();
        blocks.run([&](std::int64_t, std::int64_t first, std::int64_t rowCount) {
            const std::int64_t at = first * columns;
            rows::combine({rowCount, columns}, ofInner.data(), ofX.line(), inners + at, xs + at, lowers + at);
        });
        return {lower, ofWeight, ofBias, isAdded ? inner : torch::Tensor(), {}, {}, {}, {}};
    }
};

bool canFuse(const torch::nn::BatchNorm2d &norm, const torch::Tensor &x)
{
    const bool isLaidOut = x.dim() == 4 && x.is_contiguous(torch::MemoryFormat::ChannelsLast);
    const bool isUsual = norm->options.affine() && norm->options.track_running_stats() && norm->options.momentum();
    return x.device().is_cpu() && isFloating(x) && isLaidOut && isUsual && x.numel() > 0
           && norm->weight.scalar_type() == torch::kFloat32 && (norm->is_training() || !torch::GradMode::is_enabled());
}

/// As LibTorch follows the statistics: the variance is that of the population the batch was drawn from.
void follow(torch::nn::BatchNorm2d &norm, const Statistics &statistics, std::int64_t rowCount)
{
    torch::NoGradGuard noGrad;
    const double momentum = *norm->options.momentum();
    const auto count = static_cast<double>(rowCount);
    const double unbiased = count / std::max(count - 1.0, 1.0);
    auto *mean = norm->running_mean.data_ptr<float>();
    auto *variance = norm->running_var.data_ptr<float>();
    const auto moved = [momentum](float from, double to) {
        return static_cast<float>((1.0 - momentum) * static_cast<double>(from) + momentum * to);
    };
    for (std::size_t c = 0; c < statistics.mean.size(); ++c) {
        mean[c] = moved(mean[c], statistics.mean[c]);
        variance[c] = moved(variance[c], unbiased * statistics.variance[c]);
    }
    norm->num_batches_tracked.add_(1);
}

template <typename T>
torch::Tensor fused(torch::nn::BatchNorm2d &norm, const torch::Tensor &x, const torch::Tensor &added, double slope)
{
    Statistics statistics(x.size(1));
    if (norm->is_training()) {
        torch::Tensor y = FusedNorm<T>::apply(x, norm->weight, norm->bias, added.defined() ? added : x, added.defined(),
                                              norm->options.eps(), slope, &statistics);
        follow(norm, statistics, extentOf(x).rows);
        return y;
    }
    for (std::size_t c = 0; c < statistics.mean.size(); ++c) {
        statistics.mean[c] = static_cast<double>(norm->running_mean.data_ptr<float>()[c]);
        statistics.variance[c] = static_cast<double>(norm->running_var.data_ptr<float>()[c]);
    }
    return applyTo<T>(x, lineOf(norm->weight, norm->bias, statistics, norm->options.eps()), added, slope);
}

template <typename T> class FusedPRelu : public torch::autograd::Function<FusedPRelu<T>>
{
public:
    static torch::Tensor forward(AutogradContext *context, const torch::Tensor &x, const torch::Tensor &slope)
    {
        const torch::Tensor y = torch::empty_like(x);
        const float below = slope.data_ptr<float>()[0];
        const T *in = x.data_ptr<T>();
        T *out = y.data_ptr<T>();
        Blocks({x.numel(), 1}).run([&](std::int64_t, std::int64_t first, std::int64_t count) {
            rows::prelu(count, in + first, below, out + first);
        });
        context->save_for_backward({x, slope});
        return y;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients)
    {
        const auto saved = context->get_saved_variables();
        const torch::Tensor &x = saved[0];
        const torch::Tensor lower = torch::empty_like(x);
        torch::Tensor upper = gradients[0].to(x.scalar_type());
        if (upper.strides() != x.strides()) {
            upper = torch::empty_like(x).copy_(upper);
        }
        const float below = saved[1].data_ptr<float>()[0];
        const T *in = upper.data_ptr<T>();
        const T *xs = x.data_ptr<T>();
        T *out = lower.data_ptr<T>();
        const Blocks blocks({x.numel(), 1});
        std::vector<double> sums(static_cast<std::size_t>(blocks.count), 0.0);
        blocks.run([&](std::int64_t block, std::int64_t first, std::int64_t count) {
            constexpr std::int64_t Run = 4096;
            for (std::int64_t at = first; at < first + count; at += Run) {
                sums[static_cast<std::size_t>(block)] += static_cast<double>(
                    rows::revertPrelu(std::min(Run, first + count - at), in + at, xs + at, below, out + at));
            }
        });
        double total = 0.0;
        for (const double sum : sums) {
            total += sum;
        }
        return {lower, torch::full_like(saved[1], total)};
    }
};

} // namespace

torch::Tensor normActivate(torch::nn::BatchNorm2d &norm, const torch::Tensor &x, const torch::Tensor &added,
                           double slope)
{
    if (!canFuse(norm, x)) {
        torch::Tensor y = norm(x);
        if (added.defined()) {
            y = y + added;
        }
        if (slope == 1.0) {
            return y;
        }
        return slope == 0.0 ? torch::relu(y) : torch::leaky_relu(y, slope);
    }
    const torch::Tensor more =
        added.defined() ? added.to(x.scalar_type()).contiguous(torch::MemoryFormat::ChannelsLast) : torch::Tensor();
    return x.scalar_type() == torch::kFloat32 ? fused<float>(norm, x, more, slope)
                                              : fused<c10::BFloat16>(norm, x, more, slope);
}

torch::Tensor activate(torch::nn::PReLU &activation, const torch::Tensor &x)
{
    const bool isDense = x.is_contiguous() || (x.dim() == 4 && x.is_contiguous(torch::MemoryFormat::ChannelsLast));
    if (!x.device().is_cpu() || !isFloating(x) || !isDense || activation->weight.numel() != 1
        || activation->weight.scalar_type() != torch::kFloat32) {
        return activation(x);
    }
    return x.scalar_type() == torch::kFloat32 ? FusedPRelu<float>::apply(x, activation->weight)
                                              : FusedPRelu<c10::BFloat16>::apply(x, activation->weight);
}

} // namespace semigda::learning
