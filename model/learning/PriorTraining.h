// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "core/Result.h"
#include "learning/TrainingJob.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace semigda::learning
{

struct PriorTrainingOptions
{
    double minutes = 30.0;  ///< time for training; ignored when `steps` is given
    std::int64_t steps = 0; ///< 0: by time
    int imageSize = 128;    ///< side in pixels, a multiple of 8 from 32 to 512
    int batch = 8;          ///< pictures and masks together, 2 .. 256
    double rate = 2e-3;     ///< at the start; falls to nothing at the end
    double klWeight = 1e-6; ///< method section 3, stage 0
    std::uint64_t seed = 1;
    std::string device = "auto";
};

struct PriorTrainingProgress
{
    std::int64_t step = 0;
    double elapsedSeconds = 0.0;
    double fraction = 0.0;     ///< 0 .. 1
    double pictureError = 0.0; ///< mean squared error of the last 50 steps, pictures in [-1, 1]
    double maskError = 0.0;    ///< and of colour-coded masks
};

/// Trains the autoencoder of the compact profile (its prior) on pictures and on masks that it makes up itself, so that
/// a project need only refine it. Plain C++, no thread of its own, deterministic on the CPU from its seed when given
/// `steps`. Use from one thread.
class PriorTraining
{
public:
    /// InvalidArgument or NotFound (device) in one sentence.
    static core::Result<std::unique_ptr<PriorTraining>> create(const PriorTrainingOptions &options);
    ~PriorTraining();
    PriorTraining(const PriorTraining &) = delete;
    PriorTraining &operator=(const PriorTraining &) = delete;

    /// Adds a picture to learn from, before the first step; kept at twice the network's size, 3 bytes a pixel. Without
    /// any, only made-up scenes are used.
    core::Result<void> addPicture(const core::ImageData &picture);
    std::size_t pictureCount() const;
    /// One batch.
    core::Result<StepOutcome> step();
    PriorTrainingProgress progress() const;
    /// Writes the averaged weights as half-precision safetensors, as --prior reads them, and beside them a .json with
    /// `command`, seed, settings, versions, the loss curve and how well pictures and masks survive encoding on scenes
    /// never trained on. Replaces both files atomically.
    core::Result<void> write(const std::filesystem::path &file, const std::string &command);

private:
    class Private;
    explicit PriorTraining(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace semigda::learning
