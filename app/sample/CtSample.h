// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "core/LabelMask.h"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace semigda::app
{

/// A synthetic contrast-enhanced CT of the upper abdomen (Int16, Hounsfield units after rescaling) with true labels:
/// 1 liver, 2 lesion, 3 kidney, background elsewhere.
struct CtSample
{
    core::Volume volume;
    core::LabelVolume labels;
};

/// Number of slices of a volume `size` pixels wide: 40 for 128.
int ctSliceCount(int size);

/// Deterministic from its arguments on every machine; calls `progress` with the number of slices done. An empty volume
/// when stopped.
CtSample makeCtSample(int size, std::uint64_t seed, const std::function<void(int)> &progress, std::stop_token stop);

} // namespace semigda::app
