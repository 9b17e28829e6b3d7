// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace semigda::storage
{

/// Decoded JPEG 2000 components of equal size, interleaved.
struct Jpeg2000Image
{
    int width = 0;
    int height = 0;
    int components = 1;
    std::vector<std::int32_t> samples;
};

/// Decodes a bare code stream or a JP2 file in memory with OpenJPEG; DCMTK has no JPEG 2000 decoder. A cut off stream
/// is an error. `file` is named in errors.
core::Result<Jpeg2000Image> decodeJpeg2000(std::span<const std::uint8_t> stream, const std::filesystem::path &file);

} // namespace semigda::storage
