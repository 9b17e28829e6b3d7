// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ImageData.h"
#include "core/LabelMask.h"
#include "learning/TrainingJob.h"

#include <filesystem>
#include <memory>
#include <string>

namespace semigda::learning
{

struct NetworkPretrainingOptions
{
    int epochs = 10;     ///< passes over all pictures and scenes, 1 .. 10000
    int scenes = 2000;   ///< made-up scenes beside the pictures, 0 .. 100000
    int imageSize = 128; ///< side in pixels, as PriorTrainingOptions has it
    std::uint64_t seed = 1;
    std::string device = "auto";
    std::filesystem::path prior;     ///< what PriorTraining wrote
    std::filesystem::path runFolder; ///< an existing folder for the files of the run
};

/// Trains all networks of the compact profile, from a trained prior on, to outline what stands out in made-up scenes
/// and in pictures whose masks are known, so that a project with a few masks does not start from random encoders. All
/// classes count as one. Plain C++, no thread of its own, deterministic on the CPU from its seed. Use from one thread.
class NetworkPretraining
{
public:
    /// InvalidArgument in one sentence.
    static core::Result<std::unique_ptr<NetworkPretraining>> create(const NetworkPretrainingOptions &options);
    ~NetworkPretraining();
    NetworkPretraining(const NetworkPretraining &) = delete;
    NetworkPretraining &operator=(const NetworkPretraining &) = delete;

    /// Before the first step; kept at the network's size, half of them cut to a part. One in
    /// fifty only validates. InvalidArgument where the mask
    /// has another size than the picture.
    core::Result<void> addPicture(const core::ImageData &picture, const core::LabelMask &mask);
    std::size_t pictureCount() const;
    /// InvalidArgument where there is too little to learn from.
    core::Result<void> checkEnough() const;
    /// As TrainingJob::step().
    core::Result<StepOutcome> step();
    core::TrainingProgress progress() const;
    /// All networks as half-precision safetensors, as --prior reads them, in place of `file`; what was done, by which
    /// command, comes into the .json beside it, after what the .json beside the prior says. NotFound as long as no
    /// weights are worth writing.
    core::Result<void> write(const std::filesystem::path &file, const std::string &command);

private:
    class Private;
    explicit NetworkPretraining(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace semigda::learning
