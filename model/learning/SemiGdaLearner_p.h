// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/BatchAhead_p.h"
#include "learning/ClassCodes_p.h"
#include "learning/Descent_p.h"
#include "learning/PriorLatents_p.h"
#include "learning/SemiGdaNetworks_p.h"
#include "learning/StartingWeights_p.h"
#include "learning/StepMemory_p.h"
#include "learning/TrainingBatches_p.h"

#include <filesystem>
#include <optional>

namespace semigda::learning
{

/// The method. Stage 0 refines the prior on the project's images and masks, stage 1 aligns both branches in the latent
/// space (DAM), stage 2 trains the skip adapters (CDSA). See the paper, sections 3.2 and 3.3.
class SemiGdaLearner : public Learner
{
public:
    SemiGdaLearner(const TrainingConfig &config, int classes, torch::Device device);
    /// Any file that loadStartingWeights() reads.
    core::Result<void> loadPrior(const std::filesystem::path &file);
    core::Result<void> loadShippedWeights(ShippedPart part) { return learning::loadShippedWeights(m_networks, part); }
    core::Result<void> loadForPrediction(const TensorFile &file, const std::string &fileName);

    core::Result<void> takeShippedNetworks() override;
    std::vector<StagePlan> stages(const SampleCache &samples) const override;
    void enterStage(std::size_t stage, const SampleCache &samples) override;
    void samplesChanged(const SampleCache &samples) override;
    StepLosses step(const StepPlace &place, const SampleCache &samples) override;
    int mostParts(std::size_t stage) const override;
    double stepBytes(std::size_t stage) const override { return learning::stepBytes(m_config, stage); }
    BranchProbabilities predict(const torch::Tensor &images) override;
    torch::Tensor predictSamples(const torch::Tensor &images, int count) override;
    bool canPredict(std::size_t stage) const override { return stage == 2; }
    bool hasTwoBranches() const override { return true; }
    void store(TensorFile &file) override;
    core::Result<void> restore(const TensorFile &file) override;
    void storeForPrediction(TensorFile &file) override;

private:
    StepLosses priorStep(const StepPlace &place, const SampleCache &samples);
    StepLosses alignmentStep(const StepPlace &place, const SampleCache &samples);
    StepLosses adapterStep(const StepPlace &place, const SampleCache &samples);
    std::function<std::vector<AlignmentPart>()> alignmentWork(const BatchKey &key, const SampleCache &samples) const;
    std::function<AdapterBatch()> adapterWork(const BatchKey &key, const SampleCache &samples) const;
    PartLoss alignmentLoss(const SampleCache &samples, const AlignmentPart &part, double consistency);
    PartLoss adapterLoss(const StepPlace &place, const SampleCache &samples, const AdapterPart &part, bool takeSample,
                         bool trainsVae);
    struct Decoded
    {
        BranchProbabilities probabilities;
        torch::Tensor vaeCode;
        torch::Tensor cnnCode;
    };
    /// Without `wantsVae` the CNN branch alone; the VAE branch's tensors are undefined then.
    Decoded decodeBranches(const torch::Tensor &images, bool takeSample, bool wantsVae = true);
    /// Both branches of the averaged weights in evaluation mode: steadier than the weights of the moment.
    BranchProbabilities taught(const torch::Tensor &images);
    torch::Tensor codeOf(const torch::Tensor &oneHotMasks) const;
    torch::Tensor maskCode(const torch::Tensor &masks) const;
    PriorLatents &latents(const SampleCache &samples);
    /// Whether stage 0 changes the prior.
    bool refinesPrior() const;
    void measureLatentScale(const SampleCache &samples);
    torch::Tensor toDevice(const torch::Tensor &images) const;
    StepLosses descend(const StepPlace &place, const std::function<PartLoss(int part)> &lossOf);
    void storeNetworks(TensorFile &file);

    TrainingConfig m_config;
    int m_classes;
    torch::Device m_device;
    bool m_isMixed; ///< precision
    SemiGdaNetworks m_networks;
    ClassColours m_colours;
    MaskRules m_rules;
    std::vector<Optimiser> m_optimisers;
    std::optional<WeightAverage> m_average;
    std::optional<PriorLatents> m_latents;                             ///< in stage 1, from its first step on
    BatchAhead<BatchKey, std::vector<AlignmentPart>> m_alignmentAhead; ///< the last members: they read the settings
    BatchAhead<BatchKey, AdapterBatch> m_adapterAhead;
};

} // namespace semigda::learning
