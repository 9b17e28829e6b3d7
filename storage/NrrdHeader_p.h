// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/VoxelTypes_p.h"

#include "core/ImageGeometry.h"
#include "core/Result.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace semigda::storage
{

struct NrrdHeader
{
    enum class Encoding { Raw, Gzip, Ascii };

    int width = 0;
    int height = 0;
    int depth = 1;
    VoxelType type = VoxelType::UInt8;
    bool isLittleEndian = true;
    Encoding encoding = Encoding::Raw;
    std::uint64_t dataOffset = 0;   ///< in dataFile
    std::filesystem::path dataFile; ///< the file itself, or the one its header names
    core::ImageGeometry geometry;

    std::uint64_t voxelCount() const
    {
        return static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height)
               * static_cast<std::uint64_t>(depth);
    }
    std::uint64_t dataBytes() const { return voxelCount() * bytesOf(type); }
};

/// Reads the text header of a .nrrd or .nhdr file. UnsupportedFormat names dimensions, types and encodings that are
/// not read; CorruptFile for a header that contradicts itself.
core::Result<NrrdHeader> readNrrdHeader(const std::filesystem::path &file);

/// The voxels behind a header; `file` is named in errors. CorruptFile when they are damaged or fewer than they should.
core::Result<core::Volume> readNrrdVoxels(const NrrdHeader &header, const std::filesystem::path &file);

} // namespace semigda::storage
