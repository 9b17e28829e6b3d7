// SPDX-License-Identifier: Apache-2.0
#include "learning/Precision_p.h"

#include <ATen/Context.h>
#include <ATen/autocast_mode.h>

#include <torch/version.h>

namespace semigda::learning
{

namespace
{

void switchAutocast(torch::DeviceType type, bool isOn)
{
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    at::autocast::set_autocast_enabled(type, isOn);
    at::autocast::set_autocast_dtype(type, torch::kBFloat16);
#else
    if (type == torch::kCUDA) {
        at::autocast::set_enabled(isOn);
        at::autocast::set_autocast_gpu_dtype(torch::kBFloat16);
    } else {
        at::autocast::set_cpu_enabled(isOn);
        at::autocast::set_autocast_cpu_dtype(torch::kBFloat16);
    }
#endif
}

bool processorHasBFloat16()
{
#if (defined(__x86_64__) || defined(__i386__)) && defined(__GNUC__)
    return at::hasMKLDNN() && __builtin_cpu_supports("avx512bf16");
#else
    return false;
#endif
}

} // namespace

bool hasFastBFloat16(torch::Device device)
{
    if (device.is_cpu()) {
        static const bool has = processorHasBFloat16();
        return has;
    }
    if (!device.is_cuda()) {
        return false;
    }
    // cuDNN's answer is a compute capability times ten, without linking CUDA: 8.0 is Ampere.
    return torch::cuda::is_available() && at::detail::getCUDAHooks().supportsBFloat16ConvolutionWithCuDNNv8();
}

MixedPrecision::MixedPrecision(torch::Device device, bool isWanted)
    : m_type(device.type())
    , m_isOn(isWanted)
{
    if (m_isOn) {
        // A weight cast once without gradients, by the averaging teacher, would be found again by who learns.
        m_wasCaching = at::autocast::is_autocast_cache_enabled();
        at::autocast::set_autocast_cache_enabled(false);
        switchAutocast(m_type, true);
    }
}

MixedPrecision::~MixedPrecision()
{
    if (m_isOn) {
        switchAutocast(m_type, false);
        at::autocast::set_autocast_cache_enabled(m_wasCaching);
    }
}

} // namespace semigda::learning
