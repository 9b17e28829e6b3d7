// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/results/EvaluationReport.h"

#include <filesystem>
#include <stop_token>

namespace semigda::app
{

/// Evaluates a run as evaluateRun does and gathers what a report shows of it; every image is predicted once. Blocks;
/// the store is used on the calling thread only.
core::Result<RunReport> reportRun(core::ProjectStore &store, core::RunId run, core::Split split,
                                  const core::ProgressSink &progress, const std::stop_token &stop);

/// Whether a report could be written there, to be asked before the work: the folder exists and can be written, and the
/// name is not that of a folder or of something else that is no file. One sentence says what to do.
core::Result<void> checkReportFile(const std::filesystem::path &file);

/// Head and versions of a report on runs that have been gathered, made now.
core::Result<EvaluationReport> assembleReport(core::ProjectStore &store, core::Split split, std::vector<RunReport> runs,
                                              const std::filesystem::path &file);

/// Replaces the file as a whole.
core::Result<void> writeReport(const EvaluationReport &report, const std::filesystem::path &file);

} // namespace semigda::app
