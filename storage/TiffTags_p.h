// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Result.h"

#include <cstdint>
#include <filesystem>

namespace semigda::storage
{

/// What a TIFF file's directories say about its pages.
struct TiffTags
{
    enum class SampleFormat { Unsigned = 1, Signed = 2, Float = 3 };

    std::uint64_t width = 0;
    std::uint64_t height = 0;
    unsigned bitsPerSample = 1;
    unsigned samplesPerPixel = 1;
    unsigned photometric = 1; ///< 0 white is zero, 1 black is zero, 2 RGB, 3 palette
    unsigned orientation = 1;
    SampleFormat sampleFormat = SampleFormat::Unsigned;
    int pageCount = 1; ///< pages as large as the first; 1 when others have other sizes (previews, pyramids)

    bool isGrey() const { return samplesPerPixel == 1 && photometric <= 1; }
    /// Grey numbers that Qt's codec cannot hold and VTK's reader can.
    bool needsVtk() const
    {
        return isGrey() && (sampleFormat != SampleFormat::Unsigned || bitsPerSample == 32) && bitsPerSample >= 8;
    }
};

/// Classic and BigTIFF, both byte orders. CorruptFile when the file ends before the last strip or tile of its first
/// page; UnsupportedFormat for samples that no reader here keeps in full depth.
core::Result<TiffTags> readTiffTags(const std::filesystem::path &file);

} // namespace semigda::storage
