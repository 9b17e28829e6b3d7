// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"
#include "storage/ImageFiles.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace semigda::app
{

struct PlannedFile
{
    std::filesystem::path path;
    storage::ImageFileInfo info;
    std::string sha256; ///< known for files with several frames, else empty
};

/// One image to be: a frame of a file and its place in a volume.
struct PlannedImage
{
    std::size_t file = 0; ///< index into ImportPlan::files
    int frame = 0;
    std::string name;
    std::string patientKey;
    std::string seriesKey;
    int slicePosition = 0;
    core::ImageGeometry geometry;
};

struct ImportPlan
{
    std::vector<PlannedFile> files;
    std::vector<PlannedImage> images; ///< volumes slice by slice
    std::vector<core::ImportIssue> skipped;
    std::vector<core::ImportIssue> warnings;
};

/// Looks into every file, without decoding pixels, and puts the slices of volumes and DICOM series together. Any
/// thread.
ImportPlan planImport(const std::vector<std::filesystem::path> &files, const core::ProgressSink &progress,
                      const std::stop_token &stop);

} // namespace semigda::app
