// SPDX-License-Identifier: Apache-2.0
#include "app/predict/PredictImages.h"

#include "app/predict/ImagePredictor.h"
#include "app/predict/RunChoice.h"

#include <algorithm>

namespace semigda::app
{

using core::Error;
using core::ErrorCode;
using core::Result;

bool isWaiting(core::ImageState state)
{
    return state == core::ImageState::Unlabelled || state == core::ImageState::Predicted
           || state == core::ImageState::Partial;
}

Result<PredictReport> predictImages(core::ProjectStore &store, core::RunId run, bool all,
                                    const core::ProgressSink &progress, const std::stop_token &stop)
{
    const core::ProjectInfo info = store.info();
    if (info.isReadOnly)
        return Error{
            ErrorCode::ReadOnly,
            core::phrase("errors", "Predictions cannot be stored in %1: %2").with(info.name, info.readOnlyReason)};
    const Result<core::RunRecord> record = chooseRun(store, run);
    if (!record)
        return record.error();
    Result<ImagePredictor> predictor = ImagePredictor::load(store, *record, "auto");
    if (!predictor)
        return predictor.error();
    const Result<std::vector<core::ImageSummary>> images = store.images().list();
    if (!images)
        return images.error();
    std::vector<core::ImageId> ids;
    for (const core::ImageSummary &image : *images)
        if (all || isWaiting(image.state))
            ids.push_back(image.id);

    PredictReport report;
    report.run = record->id;
    const std::size_t batch = std::max<std::size_t>(1, predictor->batchSize());
    for (std::size_t at = 0; at < ids.size(); at += batch) {
        if (stop.stop_requested()) {
            report.isCancelled = true;
            break;
        }
        if (progress)
            progress({at, ids.size(), {}});
        const std::span<const core::ImageId> part = std::span(ids).subspan(at, std::min(batch, ids.size() - at));
        Result<std::vector<ImagePredictor::Predicted>> predicted = predictor->predict(part, report.skipped);
        if (!predicted)
            return predicted.error();
        report.predicted += predicted->size();
        if (const Result<void> saved = predictor->save(std::move(*predicted)); !saved)
            return saved.error();
    }
    if (progress && !report.isCancelled)
        progress({ids.size(), ids.size(), {}});
    return report;
}

} // namespace semigda::app
