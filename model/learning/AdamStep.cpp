// SPDX-License-Identifier: Apache-2.0
#include "learning/AdamStep_p.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

namespace semigda::learning
{

namespace
{

constexpr std::int64_t BlockValues = 1 << 14;

/// A part of one of several tensors.
struct Block
{
    std::size_t tensor;
    std::int64_t begin;
    std::int64_t end;
};

template <typename CountOf> std::vector<Block> blocksOf(std::size_t tensors, const CountOf &countOf)
{
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < tensors; ++i) {
        const std::int64_t count = countOf(i);
        for (std::int64_t begin = 0; begin < count; begin += BlockValues) {
            blocks.push_back({i, begin, std::min(begin + BlockValues, count)});
        }
    }
    return blocks;
}

template <typename Work> void forBlocks(const std::vector<Block> &blocks, const Work &work)
{
    at::parallel_for(0, static_cast<std::int64_t>(blocks.size()), 4, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            work(static_cast<std::size_t>(i));
        }
    });
}

bool isPlain(const torch::Tensor &x)
{
    return x.device().is_cpu() && x.scalar_type() == torch::kFloat32 && x.is_non_overlapping_and_dense();
}

struct Factors
{
    float decay;
    float gradient;
    float beta1;
    float rest1;
    float beta2;
    float rest2;
    float root;
    float epsilon;
    float step;
};

void stepBlock(float *p, const float *g, float *m, float *v, std::int64_t count, const Factors &f)
{
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = g[i] * f.gradient;
        m[i] = f.beta1 * m[i] + f.rest1 * gradient;
        v[i] = f.beta2 * v[i] + f.rest2 * gradient * gradient;
        p[i] = f.decay * p[i] - f.step * m[i] / (std::sqrt(v[i]) / f.root + f.epsilon);
    }
}

double squareSum(const float *x, std::int64_t count)
{
    // Lanes of their own, so that the compiler may add several at once.
    constexpr std::int64_t Lanes = 16;
    constexpr std::int64_t Run = 64 * Lanes;
    double sum = 0.0;
    for (std::int64_t start = 0; start < count; start += Run) {
        float lanes[Lanes] = {};
        const std::int64_t end = std::min(start + Run, count);
        std::int64_t i = start;
        for (; i + Lanes <= end; i += Lanes) {
            for (std::int64_t lane = 0; lane < Lanes; ++lane) {
                lanes[lane] += x[i + lane] * x[i + lane];
            }
        }
        for (; i < end; ++i) {
            lanes[0] += x[i] * x[i];
        }
        for (const float lane : lanes) {
            sum += static_cast<double>(lane);
        }
    }
    return sum;
}

} // namespace

bool canStep(const torch::Tensor &parameter, const torch::Tensor &gradient)
{
    return isPlain(parameter) && gradient.layout() == torch::kStrided && gradient.device().is_cpu()
           && gradient.scalar_type() == torch::kFloat32;
}

double jointNorm(const std::vector<torch::Tensor> &gradients)
{
    std::vector<torch::Tensor> dense;
    dense.reserve(gradients.size());
    for (const torch::Tensor &gradient : gradients) {
        dense.push_back(gradient.is_non_overlapping_and_dense() ? gradient : gradient.contiguous());
    }
    const std::vector<Block> blocks = blocksOf(dense.size(), [&](std::size_t i) { return dense[i].numel(); });
    std::vector<double> sums(blocks.size());
    forBlocks(blocks, [&](std::size_t i) {
        const Block &block = blocks[i];
        sums[i] = squareSum(dense[block.tensor].data_ptr<float>() + block.begin, block.end - block.begin);
    });
    double total = 0.0;
    for (const double sum : sums) {
        total += sum;
    }
    return std::sqrt(total);
}

void adamStep(const std::vector<AdamTensors> &tensors, const AdamRule &rule)
{
    std::vector<torch::Tensor> gradients;
    std::vector<Factors> factors;
    for (const AdamTensors &each : tensors) {
        // What the backward pass leaves may lie in memory otherwise than its parameter.
        gradients.push_back(each.gradient.strides() == each.parameter.strides()
                                ? each.gradient
                                : torch::empty_like(each.parameter).copy_(each.gradient));
        const auto steps = static_cast<double>(each.step);
        const double bias1 = 1.0 - std::pow(rule.beta1, steps);
        const double bias2 = 1.0 - std::pow(rule.beta2, steps);
        factors.push_back({static_cast<float>(1.0 - rule.rate * rule.weightDecay),
                           static_cast<float>(rule.gradientFactor), static_cast<float>(rule.beta1),
                           static_cast<float>(1.0 - rule.beta1), static_cast<float>(rule.beta2),
                           static_cast<float>(1.0 - rule.beta2), static_cast<float>(std::sqrt(bias2)),
                           static_cast<float>(rule.epsilon), static_cast<float>(rule.rate / bias1)});
    }
    const std::vector<Block> blocks =
        blocksOf(tensors.size(), [&](std::size_t i) { return tensors[i].parameter.numel(); });
    forBlocks(blocks, [&](std::size_t i) {
        const Block &block = blocks[i];
        const AdamTensors &each = tensors[block.tensor];
        stepBlock(each.parameter.data_ptr<float>() + block.begin,
                  gradients[block.tensor].data_ptr<float>() + block.begin, each.mean.data_ptr<float>() + block.begin,
                  each.square.data_ptr<float>() + block.begin, block.end - block.begin, factors[block.tensor]);
    });
}

} // namespace semigda::learning
