// SPDX-License-Identifier: Apache-2.0
#include "core/workflow/Labelling.h"

#include "core/workflow/OneStep_p.h"

#include <algorithm>

namespace semigda::core
{

namespace
{

bool isAnythingAnnotated(const LabelMask &mask)
{
    const auto counts = countValues(mask);
    return counts.size() > 1 || (counts.size() == 1 && counts.front().first != NotAnnotated);
}

Result<Prediction> waitingPrediction(ProjectStore &store, ImageId id)
{
    Result<std::optional<Prediction>> newest = store.predictions().newest(id);
    if (!newest) {
        return newest.error();
    }
    if (!newest->has_value()) {
        return Error{ErrorCode::NotFound,
                     phrase("errors", "Image %1 has no prediction yet; train or predict first.").with(id.value)};
    }
    return std::move(**newest);
}

Result<EditRecord> takeOver(ProjectStore &store, ImageId id, const Prediction &prediction, const LabelMask &target,
                            Verdict verdict, const std::string &reviewer)
{
    Result<Annotation> current = store.annotations().load(id);
    if (!current) {
        return current.error();
    }
    const Result<ImageSummary> summary = store.images().summary(id);
    if (!summary) {
        return summary.error();
    }
    if (target.width() != current->mask.width() || target.height() != current->mask.height()) {
        return Error{ErrorCode::GeometryMismatch,
                     phrase("errors", "The mask for image %1 has another size than the image; predict it again.")
                         .with(summary->name)};
    }
    const bool isAccepted = verdict == Verdict::Accepted;
    Result<EditRecord> step = appendStep(
        store, id, *current, MaskDelta::between(current->mask, target), summary->state,
        {isAccepted ? "Accept" : "Correct", reviewer, true, isAccepted ? ImageState::Accepted : ImageState::Corrected});
    if (!step) {
        return step;
    }
    const Result<void> recorded = store.predictions().recordReview({id, prediction.id, verdict, reviewer, {}});
    if (!recorded) {
        return recorded.error();
    }
    return step;
}

} // namespace

Result<EditRecord> oneStep(ProjectStore &store, const std::function<Result<EditRecord>()> &change)
{
    std::optional<EditRecord> made;
    const Result<void> done = store.inTransaction([&]() -> Result<void> {
        Result<EditRecord> step = change();
        if (!step) {
            return step.error();
        }
        made = std::move(*step);
        return {};
    });
    if (!done) {
        return done.error();
    }
    return std::move(*made);
}

Result<EditRecord> appendStep(ProjectStore &store, ImageId id, const Annotation &before, MaskDelta delta,
                              ImageState stateBefore, const EditIntent &intent)
{
    const Result<std::int64_t> sequence = store.annotations().append(id, delta, intent);
    if (!sequence) {
        return sequence.error();
    }
    EditRecord record;
    record.sequence = *sequence;
    record.reason = intent.reason;
    record.author = intent.author;
    record.delta = std::move(delta);
    record.completeBefore = before.isComplete;
    record.completeAfter = intent.isComplete;
    record.stateBefore = stateBefore;
    record.stateAfter = intent.state;
    return record;
}

LabelValue erasedValue(bool isComplete, bool hasPrediction)
{
    return isComplete || hasPrediction ? Background : NotAnnotated;
}

ImageState stateAfterEdit(const LabelMask &mask, bool isComplete, ImageState before)
{
    if (before == ImageState::Accepted || before == ImageState::Corrected) {
        return ImageState::Corrected;
    }
    if (isComplete) {
        return ImageState::Labelled;
    }
    return isAnythingAnnotated(mask) ? ImageState::Partial : ImageState::Unlabelled;
}

Result<std::int64_t> commitStroke(ProjectStore &store, ImageId id, const MaskDelta &delta, const LabelMask &painted,
                                  bool isComplete, ImageState before, const std::string &tool,
                                  const std::string &author)
{
    return store.annotations().append(id, delta,
                                      {tool, author, isComplete, stateAfterEdit(painted, isComplete, before)});
}

Result<EditRecord> markComplete(ProjectStore &store, ImageId id, const std::string &author)
{
    return oneStep(store, [&]() -> Result<EditRecord> {
        Result<Annotation> current = store.annotations().load(id);
        if (!current) {
            return current.error();
        }
        const Result<ImageSummary> summary = store.images().summary(id);
        if (!summary) {
            return summary.error();
        }
        const LabelMask target = replaceValue(current->mask, NotAnnotated, Background);
        return appendStep(store, id, *current, MaskDelta::between(current->mask, target), summary->state,
                          {"Complete", author, true, stateAfterEdit(target, true, summary->state)});
    });
}

Result<EditRecord> acceptPrediction(ProjectStore &store, ImageId id, const std::string &reviewer)
{
    return oneStep(store, [&]() -> Result<EditRecord> {
        Result<Prediction> prediction = waitingPrediction(store, id);
        if (!prediction) {
            return prediction.error();
        }
        Result<Annotation> current = store.annotations().load(id);
        if (!current) {
            return current.error();
        }
        LabelMask target = prediction->mask;
        if (isAnythingAnnotated(current->mask) && target.width() == current->mask.width()
            && target.height() == current->mask.height()) {
            std::vector<LabelValue> pixels = target.toPixels();
            const std::vector<LabelValue> painted = current->mask.toPixels();
            for (std::size_t i = 0; i < pixels.size(); ++i) {
                pixels[i] = painted[i] == NotAnnotated ? pixels[i] : painted[i];
            }
            target = LabelMask::fromPixels(target.width(), target.height(), pixels);
        }
        return takeOver(store, id, *prediction, target, Verdict::Accepted, reviewer);
    });
}

Result<EditRecord> correctPrediction(ProjectStore &store, ImageId id, const LabelMask &corrected,
                                     const std::string &reviewer)
{
    return oneStep(store, [&]() -> Result<EditRecord> {
        const Result<Prediction> prediction = waitingPrediction(store, id);
        if (!prediction) {
            return prediction.error();
        }
        return takeOver(store, id, *prediction, replaceValue(corrected, NotAnnotated, Background), Verdict::Corrected,
                        reviewer);
    });
}

Result<EditRecord> rejectPrediction(ProjectStore &store, ImageId id, const std::string &reviewer)
{
    return oneStep(store, [&]() -> Result<EditRecord> {
        const Result<Prediction> prediction = waitingPrediction(store, id);
        if (!prediction) {
            return prediction.error();
        }
        Result<Annotation> current = store.annotations().load(id);
        if (!current) {
            return current.error();
        }
        const Result<ImageSummary> summary = store.images().summary(id);
        if (!summary) {
            return summary.error();
        }
        Result<EditRecord> step =
            appendStep(store, id, *current, MaskDelta(current->mask.width(), current->mask.height(), {}),
                       summary->state, {"Reject", reviewer, current->isComplete, ImageState::Rejected});
        if (!step) {
            return step;
        }
        const Result<void> recorded =
            store.predictions().recordReview({id, prediction->id, Verdict::Rejected, reviewer, {}});
        if (!recorded) {
            return recorded.error();
        }
        return step;
    });
}

Result<std::vector<PredictionSummary>> reviewQueue(ProjectStore &store)
{
    Result<std::vector<PredictionSummary>> all = store.predictions().list();
    if (!all) {
        return all;
    }
    const Result<std::vector<ImageSummary>> images = store.images().list();
    if (!images) {
        return images.error();
    }
    std::vector<ImageId> waiting;
    for (const ImageSummary &image : *images) {
        if (image.state == ImageState::Predicted) {
            waiting.push_back(image.id);
        }
    }
    std::sort(waiting.begin(), waiting.end());
    std::erase_if(
        *all, [&](const PredictionSummary &p) { return !std::binary_search(waiting.begin(), waiting.end(), p.image); });
    return all;
}

Result<std::optional<LabelMask>> finalMask(ProjectStore &store, ImageId id)
{
    Result<Annotation> annotation = store.annotations().load(id);
    if (!annotation) {
        return annotation.error();
    }
    if (!annotation->isComplete) {
        return std::optional<LabelMask>();
    }
    return std::optional<LabelMask>(std::move(annotation->mask));
}

} // namespace semigda::core
