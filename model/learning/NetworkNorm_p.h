// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

namespace semigda::learning
{

/// GroupNorm (eps 1e-6) whose backward pass stays in channels_last memory. LibTorch before 2.0 copies to and from the
/// other layout there, which costs more than the normalisation itself.
class ImageNormImpl : public torch::nn::GroupNormImpl
{
public:
    ImageNormImpl(int channels, int groups);
    torch::Tensor forward(const torch::Tensor &x);
};
TORCH_MODULE(ImageNorm);

} // namespace semigda::learning
