// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

namespace semigda::learning
{

/// GroupNorm (eps 1e-6). On the CPU in channels_last memory it stays there, which LibTorch before 2.0 does not in the
/// backward pass, and reads bfloat16 with weights in float32.
class ImageNormImpl : public torch::nn::GroupNormImpl
{
public:
    ImageNormImpl(int channels, int groups);
    torch::Tensor forward(const torch::Tensor &x);
    /// silu(forward(x)), where it can be in one pass over memory.
    torch::Tensor forwardSilu(const torch::Tensor &x);
};
TORCH_MODULE(ImageNorm);

} // namespace semigda::learning
