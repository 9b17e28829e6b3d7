// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/torch.h>

namespace semigda::learning
{

/// True where convolutions in bfloat16 take about half of the time of float32: processors with AVX512-BF16 and graphics
/// cards from Ampere on.
bool hasFastBFloat16(torch::Device device);

/// While it lives, this thread computes convolutions and matrix products on `device` in bfloat16 if `isWanted`
/// (LibTorch's autocast); weights, their gradients and what the optimiser does stay float32. Results may be bfloat16:
/// losses want them converted.
class MixedPrecision
{
public:
    MixedPrecision(torch::Device device, bool isWanted);
    ~MixedPrecision();
    MixedPrecision(const MixedPrecision &) = delete;
    MixedPrecision &operator=(const MixedPrecision &) = delete;

private:
    torch::DeviceType m_type;
    bool m_isOn;
    bool m_wasCaching = false;
};

} // namespace semigda::learning
