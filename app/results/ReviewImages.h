// SPDX-License-Identifier: Apache-2.0
// Reviewing proposals by the image's number; over core/workflow/Labelling.h. Any thread, with a store of that thread.
#pragma once

#include "core/ports/ProjectSession.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace semigda::app
{

struct ReviewItem
{
    core::ImageId image;
    std::string name;
    core::RunId run;
    core::PredictionScores scores;
};

struct ReviewReport
{
    std::vector<core::ImageId> done;
    std::vector<core::ImportIssue> failed; ///< one sentence for each image
};

/// The images whose proposal waits for a look, most doubtful first.
core::Result<std::vector<ReviewItem>> waitingReviews(core::ProjectStore &store);

/// Each image is a step of its own: one that fails does not undo the others. Verdict Accepted or Rejected.
ReviewReport reviewImages(core::ProjectStore &store, std::span<const core::ImageId> images, core::Verdict verdict,
                          const std::string &reviewer);

/// Accepts all that wait, or only those whose disagreement (0..1) is at most the given.
core::Result<ReviewReport> acceptWaiting(core::ProjectStore &store, std::optional<double> mostDisagreement,
                                         const std::string &reviewer);

} // namespace semigda::app
