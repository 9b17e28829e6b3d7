// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

#include <vector>

namespace semigda::learning
{

/// One parameter with its gradient and its running means; all float32 on the CPU, dense and of the same layout.
struct AdamTensors
{
    torch::Tensor parameter;
    torch::Tensor gradient;
    torch::Tensor mean;
    torch::Tensor square;
    std::int64_t step = 0; ///< this one included, from 1
};

struct AdamRule
{
    double rate = 0.0;
    double weightDecay = 0.0;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double gradientFactor = 1.0; ///< what clipping leaves of the gradients
};

/// True where adamStep() can take a parameter and its gradient.
bool canStep(const torch::Tensor &parameter, const torch::Tensor &gradient);
/// The square root of the sum of squares of all of them. The same for every number of threads.
double jointNorm(const std::vector<torch::Tensor> &gradients);
/// AdamW (Loshchilov and Hutter 2019) as LibTorch computes it, in one pass over memory in place of eleven.
void adamStep(const std::vector<AdamTensors> &tensors, const AdamRule &rule);

} // namespace semigda::learning
