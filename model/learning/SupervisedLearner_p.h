// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/BatchAhead_p.h"
#include "learning/Descent_p.h"
#include "learning/StepMemory_p.h"
#include "learning/TrainingBatches_p.h"
#include "learning/UNet_p.h"

namespace semigda::learning
{

/// The baseline: a U-Net trained with Dice and cross-entropy on the labelled images alone, with the same augmentation,
/// averaging and validation as SemiGDA.
class SupervisedLearner : public Learner
{
public:
    SupervisedLearner(const TrainingConfig &config, int classes, torch::Device device);
    std::vector<StagePlan> stages(const SampleCache &samples) const override;
    void enterStage(std::size_t stage, const SampleCache &samples) override;
    void samplesChanged(const SampleCache &) override {}
    StepLosses step(const StepPlace &place, const SampleCache &samples) override;
    int mostParts(std::size_t) const override { return m_config.supervisedBatch; }
    double stepBytes(std::size_t stage) const override { return learning::stepBytes(m_config, stage); }
    BranchProbabilities predict(const torch::Tensor &images) override;
    bool canPredict(std::size_t) const override { return true; }
    bool hasTwoBranches() const override { return false; }
    void store(TensorFile &file) override;
    core::Result<void> restore(const TensorFile &file) override;
    void storeForPrediction(TensorFile &file) override;
    core::Result<void> loadForPrediction(const TensorFile &file, const std::string &fileName);

private:
    /// Of the network, before softmax, as float32.
    torch::Tensor scores(const torch::Tensor &images);

    TrainingConfig m_config;
    int m_classes;
    torch::Device m_device;
    UNet m_network;
    std::optional<Optimiser> m_optimiser;
    std::optional<WeightAverage> m_average;
    BatchAhead<BatchKey, std::vector<Batch>> m_ahead; ///< last: it reads the settings
};

} // namespace semigda::learning
