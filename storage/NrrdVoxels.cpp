// SPDX-License-Identifier: Apache-2.0
// VTK's NRRD reader loops for ever on some damaged headers and takes plain axes for vectors, so the voxels are read
// here.
#include "storage/FileKind_p.h"
#include "storage/NrrdHeader_p.h"
#include "storage/Unpack_p.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <optional>

namespace semigda::storage
{

namespace
{

using core::ErrorCode;
using core::Result;
using Bytes = std::vector<unsigned char>;

template <typename T> bool readNumbers(std::istream &stream, std::uint64_t count, Bytes &bytes)
{
    bytes.resize(count * sizeof(T));
    double value = 0.0;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!(stream >> value))
            return false;
        if constexpr (std::is_integral_v<T>)
            if (value != std::floor(value) || value < static_cast<double>(std::numeric_limits<T>::min())
                || value >= std::ldexp(1.0, std::numeric_limits<T>::digits))
                return false;
        const T number = static_cast<T>(value);
        std::memcpy(bytes.data() + i * sizeof(T), &number, sizeof(T));
    }
    return true;
}

bool readText(std::istream &stream, const NrrdHeader &header, Bytes &bytes)
{
    const std::uint64_t count = header.voxelCount();
    switch (header.type) {
    case VoxelType::Int8:
        return readNumbers<std::int8_t>(stream, count, bytes);
    case VoxelType::UInt8:
        return readNumbers<std::uint8_t>(stream, count, bytes);
    case VoxelType::Int16:
        return readNumbers<std::int16_t>(stream, count, bytes);
    case VoxelType::UInt16:
        return readNumbers<std::uint16_t>(stream, count, bytes);
    case VoxelType::Int32:
        return readNumbers<std::int32_t>(stream, count, bytes);
    case VoxelType::UInt32:
        return readNumbers<std::uint32_t>(stream, count, bytes);
    case VoxelType::Int64:
        return readNumbers<std::int64_t>(stream, count, bytes);
    case VoxelType::UInt64:
        return readNumbers<std::uint64_t>(stream, count, bytes);
    case VoxelType::Float32:
        return readNumbers<float>(stream, count, bytes);
    case VoxelType::Float64:
        return readNumbers<double>(stream, count, bytes);
    }
    return false;
}

void swapBytes(Bytes &bytes, std::size_t each)
{
    for (std::size_t at = 0; at + each <= bytes.size(); at += each)
        std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                     bytes.begin() + static_cast<std::ptrdiff_t>(at + each));
}

/// Before memory is taken for what a damaged header claims.
bool canHoldVoxels(const NrrdHeader &header)
{
    constexpr std::uint64_t LargestRatio = 1100; // deflate packs at most 1032 : 1
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(header.dataFile, failure);
    if (failure || size < header.dataOffset)
        return false;
    const std::uintmax_t available = size - header.dataOffset;
    switch (header.encoding) {
    case NrrdHeader::Encoding::Raw:
        return available >= header.dataBytes();
    case NrrdHeader::Encoding::Gzip:
        return available >= header.dataBytes() / LargestRatio;
    case NrrdHeader::Encoding::Ascii:
        return available + 1 >= 2 * header.voxelCount();
    }
    return false;
}

bool readBytes(const NrrdHeader &header, Bytes &bytes)
{
    if (!canHoldVoxels(header))
        return false;
    if (header.encoding == NrrdHeader::Encoding::Gzip) {
        auto unpacked = unpackStart(header.dataFile, header.dataBytes(), header.dataOffset);
        if (!unpacked || unpacked->size() < header.dataBytes())
            return false;
        bytes = std::move(*unpacked);
        return true;
    }
    std::ifstream stream(header.dataFile, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(header.dataOffset));
    if (header.encoding == NrrdHeader::Encoding::Ascii)
        return readText(stream, header, bytes);
    bytes.resize(header.dataBytes());
    return static_cast<bool>(
        stream.read(reinterpret_cast<char *>(bytes.data()), static_cast<std::streamsize>(bytes.size())));
}

} // namespace

Result<core::Volume> readNrrdVoxels(const NrrdHeader &header, const std::filesystem::path &file)
{
    Bytes bytes;
    if (!readBytes(header, bytes))
        return badFile(ErrorCode::CorruptFile, file,
                       core::phrase("errors", "is cut off before the end of its voxels or they are damaged"),
                       CopyAgain);
    constexpr bool IsLittleHere = std::endian::native == std::endian::little;
    if (header.encoding != NrrdHeader::Encoding::Ascii && header.isLittleEndian != IsLittleHere)
        swapBytes(bytes, bytesOf(header.type));
    core::Volume volume;
    volume.width = header.width;
    volume.height = header.height;
    volume.depth = header.depth;
    takeVoxels(bytes.data(), header.type, static_cast<std::size_t>(header.voxelCount()), volume);
    return volume;
}

} // namespace semigda::storage
