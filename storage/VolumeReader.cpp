// SPDX-License-Identifier: Apache-2.0
#include "storage/VolumeReader_p.h"

#include "storage/NiftiHeader_p.h"
#include "storage/NrrdHeader_p.h"
#include "storage/Unpack_p.h"
#include "storage/VtkVolumes_p.h"

#include <fstream>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::phrase;
using core::Result;

/// What both headers say about the volume.
struct VolumeHeader
{
    std::string format;
    int width = 0;
    int height = 0;
    int depth = 1;
    std::size_t bytesPerVoxel = 1;
    double slope = 1.0;
    double intercept = 0.0;
    core::ImageGeometry geometry;
};

core::Error cutOff(const std::filesystem::path &file)
{
    return badFile(ErrorCode::CorruptFile, file, phrase("errors", "is cut off before the end of its voxels"),
                   CopyAgain);
}

core::Error damagedPacking(const std::filesystem::path &file)
{
    return badFile(ErrorCode::CorruptFile, file, phrase("errors", "has damaged or incomplete compressed data"),
                   CopyAgain);
}

Result<VolumeHeader> checkNifti(const std::filesystem::path &file, const FileHead &head)
{
    const bool isPacked = head.kind == FileKind::Gzip;
    const auto start = isPacked ? unpackStart(file, NiftiHeaderBytes) : std::optional(head.bytes);
    if (!start)
        return damagedPacking(file);
    if (!isNiftiHeader(*start))
        return badFile(ErrorCode::CorruptFile, file,
                       phrase("errors", "is a compressed file without a NIfTI image in it"),
                       phrase("errors", "unpack it or check which file you meant"));
    const auto header = parseNiftiHeader(*start, file);
    if (!header)
        return header.error();
    const std::uint64_t needed = header->dataOffset + header->dataBytes();
    const auto available = isPacked ? unpackedSize(file, needed) : std::optional<std::uint64_t>(head.size);
    if (!available)
        return damagedPacking(file);
    if (*available < needed)
        return cutOff(file);
    return VolumeHeader{"nifti",       header->width,     header->height,  header->depth, header->bytesPerVoxel,
                        header->slope, header->intercept, header->geometry};
}

Result<VolumeHeader> checkNrrd(const std::filesystem::path &file)
{
    const auto header = readNrrdHeader(file);
    if (!header)
        return header.error();
    std::error_code failure;
    if (header->encoding == NrrdHeader::Encoding::Raw) {
        const std::uintmax_t size = std::filesystem::file_size(header->dataFile, failure);
        if (failure || size < header->dataOffset + header->dataBytes())
            return cutOff(file);
    } else if (header->encoding == NrrdHeader::Encoding::Gzip) {
        const auto size = unpackedSize(header->dataFile, header->dataBytes(), header->dataOffset);
        if (!size)
            return damagedPacking(file);
        if (*size < header->dataBytes())
            return cutOff(file);
    } else if (const auto voxels = readNrrdVoxels(*header, file); !voxels) {
        return voxels.error();
    }
    return VolumeHeader{"nrrd", header->width, header->height,  header->depth, bytesOf(header->type),
                        1.0,    0.0,           header->geometry};
}

Result<VolumeHeader> checkVolume(const std::filesystem::path &file, const FileHead &head)
{
    return head.kind == FileKind::Nrrd ? checkNrrd(file) : checkNifti(file, head);
}

Result<core::Volume> loadNrrd(const std::filesystem::path &file)
{
    const auto header = readNrrdHeader(file);
    if (!header)
        return header.error();
    auto volume = readNrrdVoxels(*header, file);
    if (volume)
        volume->geometry = header->geometry;
    return volume;
}

Result<core::Volume> loadNifti(const std::filesystem::path &file, const FileHead &head)
{
    const auto header = checkNifti(file, head);
    if (!header)
        return header.error();
    auto volume = readNiftiVoxels(file);
    if (!volume)
        return volume;
    if (volume->width != header->width || volume->height != header->height || volume->depth != header->depth)
        return badFile(ErrorCode::CorruptFile, file,
                       phrase("errors", "holds another number of voxels than its header says"), CopyAgain);
    volume->slope = header->slope;
    volume->intercept = header->intercept;
    volume->geometry = header->geometry;
    return volume;
}

struct CachedVolume
{
    std::filesystem::path file;
    std::uintmax_t size = 0;
    std::filesystem::file_time_type time;
    std::shared_ptr<const core::Volume> volume;
};

} // namespace

bool mayBeVolume(FileKind kind)
{
    return kind == FileKind::Nifti || kind == FileKind::Nrrd || kind == FileKind::Gzip;
}

Result<ImageFileInfo> probeVolume(const std::filesystem::path &file, const FileHead &head)
{
    const auto header = checkVolume(file, head);
    if (!header)
        return header.error();
    constexpr std::size_t LargestSample = 4;
    ImageFileInfo info;
    info.format = header->format;
    info.width = header->width;
    info.height = header->height;
    info.bitsPerSample = static_cast<int>(std::min(header->bytesPerVoxel, LargestSample)) * 8;
    info.frameCount = header->depth;
    info.isVolume = header->depth > 1;
    info.geometry = header->geometry;
    return info;
}

Result<std::shared_ptr<const core::Volume>> readCachedVolume(const std::filesystem::path &file, const FileHead &head)
{
    thread_local CachedVolume cache;
    std::error_code ignored;
    const auto time = std::filesystem::last_write_time(file, ignored);
    const auto absolute = std::filesystem::absolute(file, ignored);
    if (cache.volume && cache.file == absolute && cache.size == head.size && cache.time == time)
        return cache.volume;
    cache = {};
    auto volume = head.kind == FileKind::Nrrd ? loadNrrd(file) : loadNifti(file, head);
    if (!volume)
        return volume.error();
    cache = {absolute, head.size, time, std::make_shared<const core::Volume>(std::move(*volume))};
    return cache.volume;
}

} // namespace semigda::storage
