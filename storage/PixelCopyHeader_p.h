// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "storage/MaskCodec_p.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace semigda::storage
{

/// What a decoded copy of an image says about it, but for its samples.
struct PixelCopyHeader
{
    core::ImageData image;                  ///< without samples
    std::vector<std::uint32_t> packedBytes; ///< of each band of rows
};

/// `packedBytes` as above.
Blob pixelCopyHeader(const core::ImageData &image, std::span<const std::uint32_t> packedBytes,
                     std::string_view version);
/// Nothing if it is of another version or kind of machine, or of an image that there cannot be.
std::optional<PixelCopyHeader> parsePixelCopyHeader(const Blob &bytes, std::string_view version);

} // namespace semigda::storage
