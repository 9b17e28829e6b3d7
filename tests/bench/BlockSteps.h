// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/ClassCodes_p.h"
#include "learning/Learner_p.h"
#include "learning/Optimiser_p.h"
#include "learning/SemiGdaNetworks_p.h"

#include <array>
#include <string>
#include <vector>

namespace semigda::bench
{

enum class Phase { Batch, Encode, Mapping, Cnn, Decode, Losses, Backward, Optimiser, Average };
inline constexpr std::size_t PhaseCount = 9;
const char *describe(Phase phase);

/// Seconds by phase: each lap counts the time since the last one.
class PhaseTimes
{
public:
    void start();
    void lap(Phase phase);
    double seconds(Phase phase) const { return m_seconds[static_cast<std::size_t>(phase)]; }
    double total() const;

private:
    double m_last = 0.0;
    std::array<double, PhaseCount> m_seconds{};
};

/// How the steps are done.
///
/// Plain has the habits of the method's public reference implementation, each of them, and none that it does not have:
/// - stage 1 runs the prior's encoder on the images and on the masks of the labelled ones in every step. Its weights
///   are frozen, so that nothing is recorded for a backward pass;
/// - all tensors are contiguous, with torch's own group norm;
/// - torch's thread count is never set;
/// - in stage 2 each step encodes its images anew, and once more after mixing;
/// - prediction takes one image at a time, encoder, both branches and decoders, and leaves autograd on.
/// Where the reference does less than the product, Plain does less too: AdamW only for the mapping model and SGD for
/// all else, no clipping of gradients, no moving average of weights, Dice alone in stage 2. Its batches are augmented
/// ahead and not timed, since the reference's loader does that in processes of its own.
///
/// Product does what SemiGdaLearner does, from the same building blocks, to tell where its time goes.
enum class Path { Product, Plain };

/// The steps of the three stages out of the networks' building blocks, timed by phase.
class BlockSteps
{
public:
    enum Stage : std::size_t { Prior, Alignment, Adapters };

    /// `samples` must outlive it and have labelled and unlabelled images. The paper has no stage 0, nor has Plain.
    BlockSteps(const learning::TrainingConfig &config, const learning::SampleCache &samples, Path path);
    void enterStage(Stage stage);
    /// `mixes`: stage 2 with exchanged boxes.
    void step(bool mixes = false);
    /// Mean of both branches for [N, 3, S, S].
    torch::Tensor predict(const torch::Tensor &images);
    const PhaseTimes &times() const { return m_times; }
    void forgetTimes() { m_times = {}; }

private:
    struct Prepared
    {
        torch::Tensor images; ///< labelled first
        torch::Tensor masks;  ///< indices, of the labelled ones
        torch::Tensor imageLatents;
        torch::Tensor maskLatents;
    };
    struct Decoded
    {
        torch::Tensor vae;
        torch::Tensor cnn;
        torch::Tensor codes; ///< colours of both branches, labelled and unlabelled
    };
    bool isProduct() const { return m_path == Path::Product; }
    bool isMixed() const; ///< precision, as the learner
    torch::Tensor laidOut(const torch::Tensor &x) const;
    torch::Tensor maskCode(const torch::Tensor &masks) const;
    torch::Tensor encodedMean(const torch::Tensor &images);
    Prepared prepare(std::int64_t step);
    Prepared prepareAligned(std::int64_t step);
    void cacheLatents();
    torch::Tensor priorLoss(const Prepared &batch);
    torch::Tensor alignmentLoss(const Prepared &batch);
    torch::Tensor adapterLoss(const Prepared &batch, bool mixes);
    Decoded decodeBoth(const torch::Tensor &images, bool takesSample);
    void descend(const torch::Tensor &loss);

    learning::TrainingConfig m_config;
    const learning::SampleCache &m_samples;
    Path m_path;
    Stage m_stage = Alignment;
    learning::SemiGdaNetworks m_networks;
    learning::ClassColours m_colours;
    std::vector<int> m_largestOnly;
    std::vector<Prepared> m_ready; ///< Plain's batches
    std::int64_t m_step = 0;
    std::vector<learning::Optimiser> m_optimisers;                               ///< Product's
    std::vector<std::unique_ptr<torch::optim::Optimizer>> m_referenceOptimisers; ///< Plain's
    std::unique_ptr<learning::WeightAverage> m_average;
    std::vector<torch::Tensor> m_imageLatents; ///< by sample, [8, z, h, w]
    std::vector<torch::Tensor> m_maskLatents;
    PhaseTimes m_times;
};

} // namespace semigda::bench
