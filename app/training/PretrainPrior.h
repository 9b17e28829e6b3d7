// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"
#include "learning/PriorTraining.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace semigda::app
{

struct PretrainRequest
{
    std::vector<std::filesystem::path>
        paths;                 ///< image files and folders, searched with their sub-folders; may be empty
    std::filesystem::path out; ///< .safetensors; the .json beside it is written too
    std::string command;       ///< recorded in the .json
    learning::PriorTrainingOptions options;
};

struct PretrainReport
{
    std::size_t pictures = 0; ///< that were learned from
    learning::PriorTrainingProgress end;
    bool isStoppedEarly = false; ///< what was learned until then is written
    std::vector<core::ImportIssue> skipped;
};

/// Trains the compact profile's prior on pictures and made-up scenes. At most 3000 pictures (slices of volumes count
/// one each), drawn evenly from all. `progress` counts pictures read, then hundredths of the training. Any thread.
core::Result<PretrainReport> pretrainPrior(const PretrainRequest &request, const core::ProgressSink &progress,
                                           const std::stop_token &stop);

} // namespace semigda::app
