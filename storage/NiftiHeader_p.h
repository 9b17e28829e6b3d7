// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageGeometry.h"
#include "core/Result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>

namespace semigda::storage
{

/// What of a NIfTI-1 or NIfTI-2 header is needed to judge a file and to place it in the patient.
struct NiftiHeader
{
    int width = 0;
    int height = 0;
    int depth = 1;
    int dataType = 0; ///< NIfTI's code
    std::size_t bytesPerVoxel = 0;
    std::uint64_t dataOffset = 0;
    double slope = 1.0;
    double intercept = 0.0;
    core::ImageGeometry geometry;

    std::uint64_t dataBytes() const
    {
        return static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height)
               * static_cast<std::uint64_t>(depth) * bytesPerVoxel;
    }
};

inline constexpr std::size_t NiftiHeaderBytes = 540; ///< of NIfTI-2; NIfTI-1 has 348

/// True for the first bytes of a NIfTI file, either byte order, unpacked.
bool isNiftiHeader(std::span<const unsigned char> bytes);

/// `bytes` are the first of the unpacked file, at least 348. UnsupportedFormat names dimensions and kinds of voxels
/// that are no grey volume; CorruptFile for impossible values.
core::Result<NiftiHeader> parseNiftiHeader(std::span<const unsigned char> bytes, const std::filesystem::path &file);

} // namespace semigda::storage
