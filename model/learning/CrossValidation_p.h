// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/Validation_p.h"

#include <chrono>

namespace semigda::learning
{

/// With few labelled images none can be spared, yet someone has to tell how good the masks are: networks of the same
/// settings are trained several times, each in a part of the time and without a part of the labelled images, and scored
/// on those. What they show (Dice, the branches' weights, the calibration) is then told of the networks that learned
/// from all images. They had more time and more images, so it is rather too little than too much.
class CrossValidation
{
public:
    /// What it may cost: seconds, or where that is 0 steps of training, as a share of a whole run's.
    struct Budget
    {
        double seconds = 0.0;
        double stepShare = 0.0;
    };

    /// Holds parts of `samples` out while it lives. `parts`: portions a batch is worked through in, to begin with.
    CrossValidation(const TrainingConfig &config, SampleCache &samples, torch::Device device, int folds,
                    const Budget &budget, int parts = 1);
    ~CrossValidation();
    CrossValidation(const CrossValidation &) = delete;
    CrossValidation &operator=(const CrossValidation &) = delete;

    /// Whether there is more than one fold, and enough for each to train networks that tell anything.
    static bool isWorthwhile(const Budget &budget, int folds, const std::vector<StagePlan> &plans);

    /// A training step or a few validation images; false when all is done. Diverged when a loss was no number. May
    /// throw what LibTorch throws, for want of memory only when portions cannot get smaller.
    core::Result<bool> step(double rateFactor);
    /// 0..1.
    double fraction() const;
    /// Of all images that were held out.
    ValidationResult finish();

private:
    core::Result<void> beginFold();
    void enterStage(std::size_t stage);
    double stageFraction() const;
    bool isSkipped(std::size_t stage) const;
    core::Result<bool> trainStep(double rateFactor);

    const TrainingConfig &m_config;
    SampleCache &m_samples;
    torch::Device m_device;
    int m_folds;
    Budget m_budget;
    int m_fold = 0;
    std::unique_ptr<Learner> m_learner;
    std::vector<StagePlan> m_plans; ///< with a fold's steps
    std::size_t m_stage = 0;
    std::int64_t m_stageStep = 0;
    double m_foldSeconds = 0.0; ///< of training, in this fold
    double m_stageStart = 0.0;  ///< `m_foldSeconds` when the stage began
    int m_parts;
    bool m_isValidating = false;
    bool m_hasTwoBranches = true;
    Validation m_validation;
};

} // namespace semigda::learning
