// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"

#include <cstdint>

namespace semigda::app
{

/// A synthetic B-mode image with its true mask (0 or 255), both 8-bit grey and of the same size.
struct UltrasoundSample
{
    core::ImageData image;
    core::ImageData mask;
    bool hasLesion = false;
};

/// Deterministic from its arguments on every machine. `size` is the side in pixels, at least 64.
UltrasoundSample makeUltrasoundSample(int size, bool withLesion, std::uint64_t seed);

} // namespace semigda::app
