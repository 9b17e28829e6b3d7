// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"
#include "learning/NetworkPretraining.h"
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
        paths;                   ///< image files and folders, searched with their sub-folders; may be empty
    std::filesystem::path prior; ///< a trained one, in place of training one; may be empty
    std::filesystem::path masks; ///< folder with masks of the same stem for some of them; may be empty
    std::filesystem::path out;   ///< .safetensors; the .json beside it is written too
    std::string command;         ///< recorded in the .json
    int epochs = 0;              ///< of all networks, after the prior; 0: the prior alone
    int scenes = 2000;           ///< made-up ones for all networks
    learning::PriorTrainingOptions options;
};

struct PretrainReport
{
    std::size_t pictures = 0;                       ///< that were learned from
    std::size_t masks = 0;                          ///< of them, with a mask
    learning::PriorTrainingProgress end;            ///< of the prior
    std::optional<core::TrainingProgress> networks; ///< where all networks were trained
    bool isStoppedEarly = false;                    ///< what was learned until then is written
    std::vector<core::ImportIssue> skipped;
};

/// Trains the compact profile's prior on pictures and made-up scenes and, if asked for, all networks on those with
/// masks. At most 6000 pictures (slices of volumes count one each), drawn evenly from all. `progress` counts pictures
/// read, then hundredths of each training. Any thread.
core::Result<PretrainReport> pretrainPrior(const PretrainRequest &request, const core::ProgressSink &progress,
                                           const std::stop_token &stop);

} // namespace semigda::app
