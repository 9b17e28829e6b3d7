// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/SegmentationMetrics.h"
#include "core/ports/ProjectSession.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace semigda::app
{

/// Means over images with their 95 % bootstrap intervals. Distances leave out images where only one of both masks has
/// the class, as no distance exists there; `count` tells how many are in.
struct ScoreSummary
{
    core::MeanInterval dice;
    core::MeanInterval iou;
    core::MeanInterval hd95;
    core::MeanInterval assd;
};

struct ClassEvaluation
{
    core::LabelValue value = 0;
    std::string name;
    ScoreSummary scores;
};

struct ImageEvaluation
{
    core::ImageId image;
    std::string name;
    bool isInMillimetres = false; ///< else distances are in pixels
    std::vector<core::ClassScore> classes;
    core::PredictionScores doubts{}; ///< the run's own, made without the true mask

    double meanDice() const; ///< over the classes
};

/// A human and a predicted mask side by side, while they are at hand.
struct ComparedImage
{
    const core::ImageRecord &record;
    const ImageEvaluation &scores;
    const core::LabelMask &truth;
    const core::LabelMask &predicted;
};
/// Called once for each image compared, on the thread that evaluates; what it wants to keep it must copy.
using ComparedImageSink = std::function<void(const ComparedImage &)>;

/// How far a run's own doubts can be trusted.
struct DoubtEvaluation
{
    std::optional<double> disagreementRank; ///< rank correlation of the branches' disagreement with 1 - Dice, -1..1
    std::optional<double> entropyRank;      ///< and of the mean entropy
    std::optional<double> estimateRank;     ///< and of 1 - estimated Dice, which orders the review
    std::optional<double> estimateError;    ///< mean distance of the estimated Dice from the true one
};

struct Evaluation
{
    core::RunRecord run;
    core::Split split = core::Split::Test;
    std::string distanceUnit;   ///< "mm" or "px"; where some images have no spacing, only the others' distances count
    std::size_t patients = 0;   ///< an image whose patient is not known counts as one of its own
    std::size_t unfinished = 0; ///< images of the split without a complete human mask; not compared
    std::vector<ImageEvaluation> images;
    std::vector<ClassEvaluation> classes;
    DoubtEvaluation doubts;
    ScoreSummary mean; ///< over classes within an image, then over images
    std::vector<core::ImportIssue> skipped;
};

/// Predicts the split's images that have a complete human mask with the run's best checkpoint (the newest run's when
/// invalid), without storing anything, and compares. Masks are forgotten after each batch, so that memory stays bounded
/// whatever the number of images. NotFound when there is no run or no such image; Cancelled.
core::Result<Evaluation> evaluateRun(core::ProjectStore &store, core::RunId run, core::Split split,
                                     const core::ProgressSink &progress, const std::stop_token &stop,
                                     const ComparedImageSink &compared = {});

} // namespace semigda::app
