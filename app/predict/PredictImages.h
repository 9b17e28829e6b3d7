// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectSession.h"

#include <stop_token>

namespace semigda::app
{

struct PredictReport
{
    core::RunId run;
    std::size_t predicted = 0;
    std::vector<core::ImportIssue> skipped;
    bool isCancelled = false;
};

/// True for images that a model's proposal helps: no human has finished or refused them.
bool isWaiting(core::ImageState state);

/// Predicts the waiting images, or all, with a run's best checkpoint (the newest run's when invalid) and enters the
/// masks into the review queue. Blocks; any thread, with a store of that thread.
core::Result<PredictReport> predictImages(core::ProjectStore &store, core::RunId run, bool all,
                                          const core::ProgressSink &progress, const std::stop_token &stop);

} // namespace semigda::app
