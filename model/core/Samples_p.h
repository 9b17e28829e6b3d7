// SPDX-License-Identifier: Apache-2.0
// Calls a function with the image's samples as a typed pointer, so that inner loops are compiled per pixel type.
#pragma once

#include "core/ImageData.h"

namespace semigda::core
{

template <typename Function> auto withSamples(PixelType type, const std::byte *bytes, Function &&function)
{
    const void *data = bytes;
    switch (type) {
    case PixelType::UInt16:
        return function(static_cast<const std::uint16_t *>(data));
    case PixelType::Int16:
        return function(static_cast<const std::int16_t *>(data));
    case PixelType::Int32:
        return function(static_cast<const std::int32_t *>(data));
    case PixelType::Float32:
        return function(static_cast<const float *>(data));
    case PixelType::UInt8:
        break;
    }
    return function(static_cast<const std::uint8_t *>(data));
}

} // namespace semigda::core
