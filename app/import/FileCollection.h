// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace semigda::app
{

struct CollectedFiles
{
    std::vector<std::filesystem::path> files; ///< as the user named them, folders in natural order; each once
    std::vector<core::ImportIssue> problems;  ///< paths that are missing, unreadable or hold no image
};

/// The image files behind the request's files, folders and DICOMDIRs. Hidden files, project folders and the request's
/// mask folder are passed over. Any thread.
CollectedFiles collectFiles(const core::ImportRequest &request, const std::stop_token &stop);

/// "scan.nii.gz" to "scan".
std::string stemOf(const std::filesystem::path &file);

} // namespace semigda::app
