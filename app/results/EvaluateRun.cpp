// SPDX-License-Identifier: Apache-2.0
#include "app/results/EvaluateRun.h"

#include "app/predict/ImagePredictor.h"
#include "app/predict/RunChoice.h"
#include "core/workflow/Labelling.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace semigda::app
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::Result;

struct Values
{
    std::vector<double> dice;
    std::vector<double> iou;
    std::vector<double> hd95;
    std::vector<double> assd;
};

ScoreSummary summarise(const Values &values)
{
    return {core::bootstrapMean(values.dice), core::bootstrapMean(values.iou), core::bootstrapMean(values.hd95),
            core::bootstrapMean(values.assd)};
}

void add(std::vector<double> &means, const std::vector<double> &values)
{
    if (!values.empty())
        means.push_back(std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()));
}

void summarise(Evaluation &evaluation, const core::LabelSet &classes)
{
    const bool hasSpacing = std::any_of(evaluation.images.begin(), evaluation.images.end(),
                                        [](const ImageEvaluation &each) { return each.isInMillimetres; });
    evaluation.distanceUnit = hasSpacing ? "mm" : "px";
    std::vector<Values> byClass(classes.size());
    Values means;
    for (const ImageEvaluation &image : evaluation.images) {
        const bool countsDistance = image.isInMillimetres == hasSpacing;
        Values within;
        for (std::size_t i = 0; i < image.classes.size(); ++i) {
            const core::ClassScore &score = image.classes[i];
            for (Values *each : {&byClass[i], &within}) {
                each->dice.push_back(score.dice);
                each->iou.push_back(score.iou);
                if (countsDistance && score.hd95)
                    each->hd95.push_back(*score.hd95);
                if (countsDistance && score.assd)
                    each->assd.push_back(*score.assd);
            }
        }
        add(means.dice, within.dice);
        add(means.iou, within.iou);
        add(means.hd95, within.hd95);
        add(means.assd, within.assd);
    }
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const core::LabelClass &each = classes.classes()[i];
        evaluation.classes.push_back({each.value, each.name, summarise(byClass[i])});
    }
    evaluation.mean = summarise(means);
}

DoubtEvaluation judgeDoubts(const std::vector<ImageEvaluation> &images)
{
    std::vector<double> errors;
    std::vector<double> disagreements;
    std::vector<double> entropies;
    std::vector<double> estimates;
    std::vector<double> distances;
    for (const ImageEvaluation &image : images) {
        const double dice = image.meanDice();
        errors.push_back(1.0 - dice);
        disagreements.push_back(double{image.doubts.disagreement});
        entropies.push_back(double{image.doubts.entropy});
        estimates.push_back(double{image.doubts.doubt()});
        if (image.doubts.estimatedDice)
            distances.push_back(std::abs(double{*image.doubts.estimatedDice} - dice));
    }
    DoubtEvaluation doubts;
    doubts.disagreementRank = core::rankCorrelation(disagreements, errors);
    doubts.entropyRank = core::rankCorrelation(entropies, errors);
    doubts.estimateRank = core::rankCorrelation(estimates, errors);
    if (!distances.empty())
        doubts.estimateError =
            std::accumulate(distances.begin(), distances.end(), 0.0) / static_cast<double>(distances.size());
    return doubts;
}

/// The split's images with a complete mask; counts the others.
Result<std::vector<core::ImageSummary>> judgeableImages(core::ProjectStore &store, core::Split split,
                                                        std::size_t &unfinished)
{
    const Result<std::vector<core::ImageSummary>> images = store.images().list();
    if (!images)
        return images.error();
    std::vector<core::ImageSummary> found;
    for (const core::ImageSummary &image : *images) {
        const bool hasMask = image.state == core::ImageState::Labelled || image.state == core::ImageState::Accepted
                             || image.state == core::ImageState::Corrected;
        if (image.split != split)
            continue;
        if (!hasMask) {
            ++unfinished;
            continue;
        }
        const Result<std::optional<core::LabelMask>> mask = core::finalMask(store, image.id);
        if (!mask)
            return mask.error();
        if (mask->has_value())
            found.push_back(image);
        else
            ++unfinished;
    }
    if (found.empty())
        return Error{
            ErrorCode::NotFound,
            core::Sentence::verbatim(std::string("No image of the split \"") + core::toString(split)
                                     + "\" has a complete mask to compare with; import some with --masks and --split "
                                     + core::toString(split) + ".")};
    return found;
}

} // namespace

double ImageEvaluation::meanDice() const
{
    double sum = 0.0;
    for (const core::ClassScore &each : classes)
        sum += each.dice;
    return classes.empty() ? 0.0 : sum / static_cast<double>(classes.size());
}

Result<Evaluation> evaluateRun(core::ProjectStore &store, core::RunId run, core::Split split,
                               const core::ProgressSink &progress, const std::stop_token &stop,
                               const ComparedImageSink &compared)
{
    const Result<core::RunRecord> record = chooseRun(store, run);
    if (!record)
        return record.error();
    const Result<core::LabelSet> classes = store.classes();
    if (!classes)
        return classes.error();
    Evaluation evaluation;
    const Result<std::vector<core::ImageSummary>> images = judgeableImages(store, split, evaluation.unfinished);
    if (!images)
        return images.error();
    Result<ImagePredictor> predictor = ImagePredictor::load(store, *record, "auto");
    if (!predictor)
        return predictor.error();

    evaluation.run = *record;
    evaluation.split = split;
    std::set<std::string> patients;
    std::vector<core::ImageId> ids;
    for (const core::ImageSummary &image : *images)
        ids.push_back(image.id);
    const std::size_t batch = std::max<std::size_t>(1, predictor->batchSize());
    for (std::size_t at = 0; at < ids.size(); at += batch) {
        if (stop.stop_requested())
            return Error{ErrorCode::Cancelled, core::Sentence::verbatim("The evaluation was cancelled.")};
        if (progress)
            progress({at, ids.size(), (*images)[at].name});
        const auto part = std::span<const core::ImageId>(ids).subspan(at, std::min(batch, ids.size() - at));
        const Result<std::vector<ImagePredictor::Predicted>> predicted = predictor->predict(part, evaluation.skipped);
        if (!predicted)
            return predicted.error();
        for (const ImagePredictor::Predicted &each : *predicted) {
            const Result<core::ImageRecord> image = store.images().record(each.image);
            if (!image)
                return image.error();
            const Result<std::optional<core::LabelMask>> truth = core::finalMask(store, each.image);
            if (!truth)
                return truth.error();
            if (!truth->has_value())
                continue; // edited meanwhile
            evaluation.images.push_back({each.image, image->name, image->geometry.hasSpacing,
                                         core::scoreClasses(each.result.mask, **truth, *classes, image->geometry),
                                         each.result.scores});
            patients.insert(image->patientKey.empty() ? "#" + std::to_string(each.image.value) : image->patientKey);
            if (compared)
                compared({*image, evaluation.images.back(), **truth, each.result.mask});
        }
    }
    if (progress)
        progress({ids.size(), ids.size(), {}});
    if (evaluation.images.empty())
        return evaluation.skipped.empty()
                   ? Error{ErrorCode::NotFound,
                           core::Sentence::verbatim(
                               "No image is left to compare with; their masks were changed meanwhile.")}
                   : evaluation.skipped.front().error;
    evaluation.patients = patients.size();
    summarise(evaluation, *classes);
    evaluation.doubts = judgeDoubts(evaluation.images);
    return evaluation;
}

} // namespace semigda::app
