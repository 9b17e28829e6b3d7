// SPDX-License-Identifier: Apache-2.0
// What follows a convolution, done in one pass over memory. LibTorch's own norm, addition and activation each read and
// write the whole tensor, and each again in the backward pass; between narrow convolutions that is a third of a step.
#pragma once

#include <torch/torch.h>

namespace semigda::learning
{

/// activation(norm(x) + added), with `added` left out where undefined. The activation is x where x is above 0 and
/// `slope` x elsewhere: 0 is ReLU, 0.01 LeakyReLU as LibTorch has it, 1 none. Exactly what the layers one by one do but
/// for rounding: statistics are kept in double precision, and between norm and activation nothing is rounded to
/// bfloat16. On the CPU in channels_last memory, training or without gradients, it is fused; elsewhere the layers run
/// one by one.
torch::Tensor normActivate(torch::nn::BatchNorm2d &norm, const torch::Tensor &x, const torch::Tensor &added = {},
                           double slope = 0.0);

/// prelu(x) of one slope for all channels; LibTorch's own takes ten times as long for small tensors of bfloat16.
torch::Tensor activate(torch::nn::PReLU &activation, const torch::Tensor &x);

} // namespace semigda::learning
