// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectStore.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace semigda::test
{

struct FakeImage
{
    core::ImageRecord record;
    std::shared_ptr<const core::ImageData> pixels;
    int timesKept = 0; ///< what keepPixels() was asked
    core::Annotation annotation;
    std::vector<core::EditRecord> edits;
    std::size_t editsInForce = 0;
    std::vector<std::string> tags;
    std::string removedAt;         ///< empty: in the project
    std::int64_t lastSequence = 0; ///< never given out twice, so that a sequence names one content
};

struct FakeRun
{
    core::RunRecord record;
    std::vector<core::MetricRecord> metrics;
};

/// What a transaction keeps or puts back; copies share pixels and mask tiles.
struct FakeContent
{
    core::LabelSet classes;
    std::map<core::ImageId, FakeImage> images;
    std::map<core::PredictionId, core::Prediction> predictions;
    std::vector<core::Review> reviews;
    std::map<core::StepRef, std::vector<core::StepRef>> links;
    std::map<core::RunId, FakeRun> runs;
    std::map<std::string, std::string> settings;
    std::vector<std::string> audit;
    std::int64_t lastImage = 0;
    std::int64_t lastPrediction = 0;
    std::int64_t lastRun = 0;
};

struct FakeProject
{
    std::recursive_mutex mutex; ///< guards all below; a transaction holds it
    FakeContent content;
    std::filesystem::path folder;
    std::string readOnlyReason;
    int writesBeforeFailure = -1; ///< negative: none fails
    core::Error failure;
    std::int64_t clock = 0;

    /// Called by every write with the mutex held.
    core::Result<void> beginWrite();
    /// UTC text that grows by a second a call.
    std::string now();
    FakeImage *image(core::ImageId id);
    core::Error noImage(core::ImageId id) const;
    const core::Prediction *newestPrediction(core::ImageId id) const;
    bool isReviewed(core::PredictionId id) const;
};

std::unique_ptr<core::ImageCatalog> makeFakeCatalog(std::shared_ptr<FakeProject> project);
std::unique_ptr<core::AnnotationStore> makeFakeAnnotations(std::shared_ptr<FakeProject> project);
std::unique_ptr<core::PredictionStore> makeFakePredictions(std::shared_ptr<FakeProject> project);
std::unique_ptr<core::RunStore> makeFakeRuns(std::shared_ptr<FakeProject> project);

} // namespace semigda::test
