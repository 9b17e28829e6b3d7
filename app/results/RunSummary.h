// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/TrainingService.h"

#include <filesystem>
#include <optional>
#include <string>

namespace semigda::app
{

/// What a run leaves in its folder (summary.json) about how it went.
struct RunSummary
{
    std::string status;
    double seconds = 0.0;
    std::int64_t steps = 0;
    std::size_t labelled = 0;
    std::size_t partial = 0;
    std::size_t unlabelled = 0;
    std::size_t predicted = 0;
    std::optional<double> bestValidationDice;
    std::string device;
    std::string program;  ///< version that trained it; empty for runs from before it was noted
    std::string libTorch; ///< likewise
};

RunSummary summaryOf(const core::TrainingProgress &progress, const std::string &status);
core::Result<void> writeRunSummary(const std::filesystem::path &runFolder, const RunSummary &summary);
/// nullopt when the run has not written one, or it cannot be read.
std::optional<RunSummary> readRunSummary(const std::filesystem::path &runFolder);

} // namespace semigda::app
