// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ports/TrainingService.h"
#include "learning/Augmentation_p.h"
#include "learning/Losses_p.h"
#include "learning/Safetensors.h"
#include "learning/SampleCache_p.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <vector>

namespace semigda::learning
{

struct StagePlan
{
    core::TrainingPhase phase = core::TrainingPhase::Adapters;
    double share = 1.0;     ///< of the time budget
    std::int64_t steps = 0; ///< without a budget
    std::int64_t epochSteps = 1;
};

/// Where a step stands: `t` runs from 0 to 1 over its stage.
struct StepPlace
{
    std::size_t stage = 0;
    std::int64_t step = 0; ///< within the stage
    double t = 0.0;
    int parts = 1;           ///< portions a batch is worked through in, to need less memory
    double rateFactor = 1.0; ///< halved after the numbers ran away
    double vaeWeight = 0.5;  ///< of the VAE branch in the mean, by its validation Dice; the other has the rest
};

struct StepLosses
{
    double total = 0.0;
    std::vector<std::pair<std::string, double>> parts;
    bool isFinite = true;
};

/// Foreground probabilities [N, C, S, S] (C = 1, or classes + 1) of the two branches; a learner with one branch gives
/// it twice.
struct BranchProbabilities
{
    torch::Tensor vae;
    torch::Tensor cnn;
};

/// What a method has to offer to be trained by TrainingJob. Stages run in order.
class Learner
{
public:
    virtual ~Learner() = default;
    /// Takes over the networks that come with the program, where they fit the method's; before the first stage.
    virtual core::Result<void> takeShippedNetworks() { return {}; }
    virtual std::vector<StagePlan> stages(const SampleCache &samples) const = 0;
    /// Builds what the stage trains with. Also called before a resumed stage, ahead of restore().
    virtual void enterStage(std::size_t stage, const SampleCache &samples) = 0;
    /// After labels were added or taken away.
    virtual void samplesChanged(const SampleCache &samples) = 0;
    virtual StepLosses step(const StepPlace &place, const SampleCache &samples) = 0;
    /// The most equal portions a stage's batches can be worked through in; 1: they cannot be split.
    virtual int mostParts(std::size_t stage) const = 0;
    /// Bytes of memory that a step needs for a batch in one portion; 0: not known.
    virtual double stepBytes(std::size_t stage) const
    {
        (void)stage;
        return 0.0;
    }
    /// With the averaged weights; [N, 3, S, S] in [-1, 1].
    virtual BranchProbabilities predict(const torch::Tensor &images) = 0;
    /// Foreground probabilities of the generative branch for `count` samples of each image's latent posterior (method
    /// section 4), [count, N, C, S, S], the same for the same images; undefined where a method has no such latent.
    virtual torch::Tensor predictSamples(const torch::Tensor &images, int count)
    {
        (void)images;
        (void)count;
        return {};
    }
    /// True when predict() gives masks worth publishing.
    virtual bool canPredict(std::size_t stage) const = 0;
    virtual bool hasTwoBranches() const = 0;
    /// All that is needed to go on.
    virtual void store(TensorFile &file) = 0;
    virtual core::Result<void> restore(const TensorFile &file) = 0;
    /// Averaged weights for a Predictor.
    virtual void storeForPrediction(TensorFile &file) = 0;
};

/// Builds the method's networks. `classes` counts foreground classes.
core::Result<std::unique_ptr<Learner>> makeLearner(const TrainingConfig &config, int classes, torch::Device device);
/// As above for prediction only, from storeForPrediction()'s tensors.
core::Result<std::unique_ptr<Learner>> loadLearner(const TrainingConfig &config, int classes, torch::Device device,
                                                   const TensorFile &file, const std::string &fileName);

/// One pool of samples after the other.
std::vector<std::size_t> joined(std::vector<std::size_t> a, const std::vector<std::size_t> &b);
/// Draws `count` items of `pool` in shuffled passes, a pure function of (seed, stream, position).
std::vector<std::size_t> draw(const std::vector<std::size_t> &pool, std::size_t count, std::int64_t step,
                              std::uint64_t seed, std::uint64_t stream);
/// Over the batch where the samples lack classes, if the settings want it so.
DiceOver diceOver(const TrainingConfig &config, const SampleCache &samples);
/// Stacks samples: images in [-1, 1], masks as int64 indices (all 255 where a sample has none).
Batch stack(const SampleCache &samples, const std::vector<std::size_t> &indices);
Batch stack(const std::vector<PreparedSample> &samples);

} // namespace semigda::learning
