// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "storage/DicomFile_p.h"

#include "core/ImageData.h"

#include <optional>
#include <string>
#include <vector>

namespace semigda::storage
{

/// How pixels lie in a DICOM file and what they mean (PS3.3 C.7.6.3).
struct DicomHeader
{
    enum class Samples { Integer, Float, Double };

    int width = 0;
    int height = 0;
    int frameCount = 1;
    int samplesPerPixel = 1;
    int bitsAllocated = 16;
    int bitsStored = 16;
    int highBit = 15;
    bool isSigned = false;
    Samples samples = Samples::Integer;
    std::string photometric;

    bool isGrey() const { return photometric == "MONOCHROME1" || photometric == "MONOCHROME2"; }
    /// What grey frames become; a modality look-up table or 32 bits change it further.
    core::PixelType greyType() const;
    std::size_t pixelsPerFrame() const { return static_cast<std::size_t>(width) * static_cast<std::size_t>(height); }
};

/// CorruptFile for a missing or impossible size, UnsupportedFormat for layouts nothing here can show.
core::Result<DicomHeader> readDicomHeader(DcmDataset &dataset, const std::filesystem::path &file);

struct DicomRescale
{
    double slope = 1.0;
    double intercept = 0.0;
};

/// Frame-wise functional groups, shared ones, then the data set itself.
DicomRescale rescaleOf(DcmDataset &dataset, int frame);
std::optional<core::ValueWindow> windowOf(DcmDataset &dataset, int frame);
core::ImageGeometry geometryOf(DcmDataset &dataset, int frame);

/// The geometry of the stack when the frames are evenly spaced parallel slices along their normal, in order.
std::optional<core::ImageGeometry> volumeGeometryOf(DcmDataset &dataset, int frameCount);

} // namespace semigda::storage
