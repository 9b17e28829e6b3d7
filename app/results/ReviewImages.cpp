// SPDX-License-Identifier: Apache-2.0
#include "app/results/ReviewImages.h"

#include "core/workflow/Labelling.h"

namespace semigda::app
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::Result;

Result<void> reviewOne(core::ProjectStore &store, core::ImageId id, core::Verdict verdict, const std::string &reviewer)
{
    const Result<core::ImageSummary> summary = store.images().summary(id);
    if (!summary)
        return summary.error();
    if (summary->state != core::ImageState::Predicted)
        return Error{ErrorCode::InvalidArgument,
                     core::Sentence::verbatim("Image " + std::to_string(id.value) + " (" + summary->name + ") is "
                                              + core::toString(summary->state)
                                              + " and has no mask that waits for review.")};
    const Result<core::EditRecord> step = verdict == core::Verdict::Rejected
                                              ? core::rejectPrediction(store, id, reviewer)
                                              : core::acceptPrediction(store, id, reviewer);
    if (!step)
        return step.error();
    return {};
}

} // namespace

Result<std::vector<ReviewItem>> waitingReviews(core::ProjectStore &store)
{
    const Result<std::vector<core::PredictionSummary>> queue = core::reviewQueue(store);
    if (!queue)
        return queue.error();
    std::vector<ReviewItem> items;
    for (const core::PredictionSummary &each : *queue) {
        const Result<core::ImageSummary> summary = store.images().summary(each.image);
        if (!summary)
            return summary.error();
        items.push_back({each.image, summary->name, each.run, each.scores});
    }
    return items;
}

ReviewReport reviewImages(core::ProjectStore &store, std::span<const core::ImageId> images, core::Verdict verdict,
                          const std::string &reviewer)
{
    ReviewReport report;
    for (const core::ImageId id : images) {
        const Result<void> reviewed = reviewOne(store, id, verdict, reviewer);
        if (reviewed)
            report.done.push_back(id);
        else
            report.failed.push_back({{}, reviewed.error()});
    }
    return report;
}

Result<ReviewReport> acceptWaiting(core::ProjectStore &store, std::optional<double> mostDisagreement,
                                   const std::string &reviewer)
{
    const Result<std::vector<ReviewItem>> items = waitingReviews(store);
    if (!items)
        return items.error();
    std::vector<core::ImageId> ids;
    for (const ReviewItem &item : *items)
        if (!mostDisagreement || static_cast<double>(item.scores.disagreement) <= *mostDisagreement)
            ids.push_back(item.image);
    return reviewImages(store, ids, core::Verdict::Accepted, reviewer);
}

} // namespace semigda::app
