// SPDX-License-Identifier: Apache-2.0
#include "core/ImageData.h"

#include <algorithm>
#include <cstring>

namespace semigda::core
{

namespace
{

template <typename Sample> double read(const std::vector<std::byte> &bytes, std::size_t index)
{
    Sample sample;
    std::memcpy(&sample, bytes.data() + index * sizeof(Sample), sizeof(Sample));
    return static_cast<double>(sample);
}

} // namespace

std::size_t bytesPerSample(PixelType type)
{
    switch (type) {
    case PixelType::UInt8:
        return 1;
    case PixelType::UInt16:
    case PixelType::Int16:
        return 2;
    case PixelType::Int32:
    case PixelType::Float32:
        return 4;
    }
    return 1;
}

double ImageData::stored(int x, int y, int channel) const
{
    const std::size_t index =
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x))
            * static_cast<std::size_t>(channels)
        + static_cast<std::size_t>(channel);
    switch (type) {
    case PixelType::UInt8:
        return read<std::uint8_t>(bytes, index);
    case PixelType::UInt16:
        return read<std::uint16_t>(bytes, index);
    case PixelType::Int16:
        return read<std::int16_t>(bytes, index);
    case PixelType::Int32:
        return read<std::int32_t>(bytes, index);
    case PixelType::Float32:
        return read<float>(bytes, index);
    }
    return 0.0;
}

ImageData Volume::slice(int z) const
{
    ImageData image;
    image.width = width;
    image.height = height;
    image.type = type;
    image.slope = slope;
    image.intercept = intercept;
    image.geometry = geometry;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        image.geometry.origin[axis] += z * geometry.spacing[2] * geometry.direction[axis * 3 + 2];
    }
    const std::size_t size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * bytesPerSample(type);
    const auto first = bytes.begin() + static_cast<std::ptrdiff_t>(size * static_cast<std::size_t>(z));
    image.bytes.assign(first, first + static_cast<std::ptrdiff_t>(size));
    return image;
}

} // namespace semigda::core
