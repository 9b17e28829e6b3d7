// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "core/LabelMask.h"
#include "core/ports/ProjectRecords.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace semigda::learning
{

struct PredictedImage
{
    core::LabelMask mask; ///< full resolution, no NotAnnotated pixels
    core::PredictionScores scores;
    core::UncertaintyMap
        uncertainty; ///< branch disagreement, or the spread of samples where larger; network resolution
};

/// Masks from a published checkpoint. Use from one thread; no autograd.
class Predictor
{
public:
    /// NotFound when the run has not published a checkpoint yet.
    static core::Result<std::unique_ptr<Predictor>> load(const std::filesystem::path &runFolder,
                                                         const std::string &device = "auto");
    ~Predictor();
    Predictor(const Predictor &) = delete;
    Predictor &operator=(const Predictor &) = delete;

    /// How many images to hand over at once.
    std::size_t batchSize() const;
    core::Result<std::vector<PredictedImage>> predict(std::span<const core::ImageData> images);

private:
    class Private;
    explicit Predictor(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace semigda::learning
