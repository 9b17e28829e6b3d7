// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/ProjectRecords.h"
#include "core/ports/SampleSource.h"
#include "core/ports/TrainingService.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace semigda::learning
{

enum class StepOutcome { Continue, Finished };

/// One training run as a chain of short steps (one batch, one image prepared, one validation batch, ...). Plain
/// C++, no thread of its own, deterministic on the CPU from its seed. Use from one thread.
/// A run's folder holds config.json, state.safetensors + state.json (to resume) and best.safetensors + best.json
/// (to predict); all are replaced atomically. The folder above it keeps the prior's latents while stage 1 lasts, so
/// that a resumed run need not make them again, and for later runs where stage 0 leaves the prior as it is.
class TrainingJob
{
public:
    /// Fails with one sentence on an unknown setting, profile, method or device, on too little data (no labelled
    /// image) or a prior that cannot be read.
    static core::Result<std::unique_ptr<TrainingJob>> create(const core::TrainingRequest &request,
                                                             std::shared_ptr<core::SampleSource> samples,
                                                             const std::filesystem::path &runFolder);
    /// Continues from the folder's saved state. A time budget in the request replaces what was left.
    static core::Result<std::unique_ptr<TrainingJob>> resume(const core::TrainingRequest &request,
                                                             std::shared_ptr<core::SampleSource> samples,
                                                             const std::filesystem::path &runFolder);
    /// The side in pixels at which a run sees these images, if the request leaves it open: the profile's, in the
    /// compact profile less (down to 64) where most images are smaller, because enlarged pixels cost time and teach
    /// nothing. 0 where the request is none that could run.
    static int fittingImageSize(const core::TrainingRequest &request, const core::SampleSnapshot &samples);
    /// The settings a request leads to, as JSON, without starting anything.
    static core::Result<std::string> describeConfig(const core::TrainingRequest &request);

    ~TrainingJob();
    TrainingJob(const TrainingJob &) = delete;
    TrainingJob &operator=(const TrainingJob &) = delete;

    /// At most about a second of work on the compact profile; saves state and publishes checkpoints by itself when due.
    core::Result<StepOutcome> step();
    /// `run` and `predicted` are left for the caller to fill.
    core::TrainingProgress progress() const;
    /// Losses and validation scores since the last call.
    std::vector<core::MetricRecord> takeMetrics();
    /// True once after a better checkpoint was published.
    bool takePublished();
    core::Result<void> saveState();

private:
    class Private;
    explicit TrainingJob(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace semigda::learning
