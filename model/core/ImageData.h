// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageGeometry.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace semigda::core
{

enum class PixelType : std::uint8_t { UInt8, UInt16, Int16, Int32, Float32 };

std::size_t bytesPerSample(PixelType type);

/// Display window in rescaled units (for CT: Hounsfield), as DICOM PS3.3 C.11.2.1.2.
struct ValueWindow
{
    double centre = 0.5;
    double width = 1.0;

    bool operator==(const ValueWindow &) const = default;
};

/// One 2D image in native depth: rows of interleaved samples, no padding, native byte order.
/// Channels: 1 grey, 3 RGB, 4 RGBA. A stored sample s means slope * s + intercept.
struct ImageData
{
    int width = 0;
    int height = 0;
    int channels = 1;
    PixelType type = PixelType::UInt8;
    std::vector<std::byte> bytes;
    double slope = 1.0;
    double intercept = 0.0;
    bool isInverted = false;           ///< MONOCHROME1: the smallest value is shown white
    std::optional<ValueWindow> window; ///< the file's own, if it names one
    ImageGeometry geometry;

    bool isEmpty() const { return width <= 0 || height <= 0; }
    std::size_t sampleCount() const
    {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * static_cast<std::size_t>(channels);
    }
    /// The stored sample at column x, row y, unchecked.
    double stored(int x, int y, int channel = 0) const;
    /// The rescaled value at column x, row y, unchecked.
    double value(int x, int y, int channel = 0) const { return slope * stored(x, y, channel) + intercept; }
};

/// A stack of equally sized slices, slice by slice; geometry as of the first slice.
struct Volume
{
    int width = 0;
    int height = 0;
    int depth = 0;
    PixelType type = PixelType::Int16;
    std::vector<std::byte> bytes;
    double slope = 1.0;
    double intercept = 0.0;
    ImageGeometry geometry;

    /// Copy of slice z (0-based); its geometry's origin is moved along the slice step.
    ImageData slice(int z) const;
};

} // namespace semigda::core
