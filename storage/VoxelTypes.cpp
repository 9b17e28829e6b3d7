// SPDX-License-Identifier: Apache-2.0
#include "storage/VoxelTypes_p.h"

#include <cstring>
#include <limits>
#include <type_traits>

namespace semigda::storage
{

namespace
{

using core::PixelType;

template <typename T> T loadAt(const void *source, std::size_t index)
{
    T value;
    std::memcpy(&value, static_cast<const std::byte *>(source) + index * sizeof(T), sizeof(T));
    return value;
}

template <typename From, typename To> void convert(const void *source, std::size_t count, core::Volume &volume)
{
    volume.bytes.resize(count * sizeof(To));
    for (std::size_t i = 0; i < count; ++i) {
        const To value = static_cast<To>(loadAt<From>(source, i));
        std::memcpy(volume.bytes.data() + i * sizeof(To), &value, sizeof(To));
    }
}

template <typename From> bool fitInt32(const void *source, std::size_t count)
{
    constexpr auto Most = std::numeric_limits<std::int32_t>::max();
    for (std::size_t i = 0; i < count; ++i) {
        const From value = loadAt<From>(source, i);
        if (value > static_cast<From>(Most))
            return false;
        if constexpr (std::is_signed_v<From>)
            if (value < std::numeric_limits<std::int32_t>::min())
                return false;
    }
    return true;
}

template <typename From> void convertLarge(const void *source, std::size_t count, core::Volume &volume)
{
    const bool fits = fitInt32<From>(source, count);
    volume.type = fits ? PixelType::Int32 : PixelType::Float32;
    if (fits)
        convert<From, std::int32_t>(source, count, volume);
    else
        convert<From, float>(source, count, volume);
}

void copy(const void *source, PixelType type, std::size_t count, core::Volume &volume)
{
    volume.type = type;
    const auto *first = static_cast<const std::byte *>(source);
    volume.bytes.assign(first, first + count * core::bytesPerSample(type));
}

/// Numbers beyond float's range become infinite; a plain cast of them would be undefined.
void convertDoubles(const void *source, std::size_t count, core::Volume &volume)
{
    constexpr double Most = std::numeric_limits<float>::max();
    volume.type = PixelType::Float32;
    volume.bytes.resize(count * sizeof(float));
    for (std::size_t i = 0; i < count; ++i) {
        const double value = loadAt<double>(source, i);
        float narrow = 0.0F;
        if (value > Most || value < -Most)
            narrow = value > 0.0 ? std::numeric_limits<float>::infinity() : -std::numeric_limits<float>::infinity();
        else
            narrow = static_cast<float>(value);
        std::memcpy(volume.bytes.data() + i * sizeof(float), &narrow, sizeof(float));
    }
}

} // namespace

std::size_t bytesOf(VoxelType type)
{
    switch (type) {
    case VoxelType::Int8:
    case VoxelType::UInt8:
        return 1;
    case VoxelType::Int16:
    case VoxelType::UInt16:
        return 2;
    case VoxelType::Int32:
    case VoxelType::UInt32:
    case VoxelType::Float32:
        return 4;
    default:
        return 8;
    }
}

void takeVoxels(const void *source, VoxelType type, std::size_t count, core::Volume &volume)
{
    switch (type) {
    case VoxelType::Int8:
        volume.type = PixelType::Int16;
        return convert<std::int8_t, std::int16_t>(source, count, volume);
    case VoxelType::UInt8:
        return copy(source, PixelType::UInt8, count, volume);
    case VoxelType::Int16:
        return copy(source, PixelType::Int16, count, volume);
    case VoxelType::UInt16:
        return copy(source, PixelType::UInt16, count, volume);
    case VoxelType::Int32:
        return copy(source, PixelType::Int32, count, volume);
    case VoxelType::UInt32:
        return convertLarge<std::uint32_t>(source, count, volume);
    case VoxelType::Int64:
        return convertLarge<std::int64_t>(source, count, volume);
    case VoxelType::UInt64:
        return convertLarge<std::uint64_t>(source, count, volume);
    case VoxelType::Float32:
        return copy(source, PixelType::Float32, count, volume);
    case VoxelType::Float64:
        return convertDoubles(source, count, volume);
    }
}

} // namespace semigda::storage
