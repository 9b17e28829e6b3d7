// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "core/Result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace semigda::storage
{

/// What an image file holds, without its pixels.
struct ImageFileInfo
{
    std::string format; ///< "png", "jpeg", "tiff", "bmp", "webp", "dicom", "nifti", "nrrd"
    int width = 0;
    int height = 0;
    int channels = 1;
    int bitsPerSample = 8;
    int frameCount = 1;           ///< slices of a volume, frames of a DICOM file
    bool isVolume = false;        ///< the frames are slices of one volume
    int exifOrientation = 1;      ///< applied when read
    core::ImageGeometry geometry; ///< of the first frame
    std::string patientKey;       ///< DICOM PatientID (hashed), else empty
    std::string studyKey;         ///< DICOM StudyInstanceUID
    std::string seriesKey;        ///< DICOM SeriesInstanceUID
    int instanceNumber = 0;       ///< DICOM
};

/// True for names this program would try (extension, or DICOM by its magic number); folders are walked with it.
bool looksLikeImage(const std::filesystem::path &file);

/// Recognises by content, not by name. The errors are one sentence with file, fault and remedy:
/// CorruptFile (empty, truncated, not what its name says), UnsupportedFormat (transfer syntax named, 5 dimensions,
/// no pixel data), PermissionDenied, NotFound, Io. Any thread.
core::Result<ImageFileInfo> probeImage(const std::filesystem::path &file);

/// One frame in native depth, orientation applied. Volumes are read whole; the last one is kept per thread, so
/// reading slices one after another is cheap.
core::Result<core::ImageData> readImage(const std::filesystem::path &file, int frame = 0);
core::Result<core::Volume> readVolume(const std::filesystem::path &file);

/// Files a DICOMDIR refers to, in its order.
core::Result<std::vector<std::filesystem::path>> readDicomDir(const std::filesystem::path &file);

} // namespace semigda::storage
