// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/Checkpoint_p.h"
#include "learning/CrossValidation_p.h"
#include "learning/Guarded_p.h"
#include "learning/TrainingJob.h"
#include "learning/Validation_p.h"

#include <chrono>
#include <map>

namespace semigda::learning
{

/// What TrainingJob does, step by step: prepare images, train the stages, follow the project between epochs, validate,
/// publish and save when due, at last cross-validate where too few images are labelled to spare any. May throw what
/// LibTorch throws.
class TrainingLoop
{
public:
    TrainingLoop(const TrainingConfig &config, std::shared_ptr<core::SampleSource> source,
                 const std::filesystem::path &folder);
    core::Result<void> begin();
    /// From the saved state; `minutes` replaces what was left of the time.
    core::Result<void> beginAgain(std::optional<double> minutes);

    core::Result<StepOutcome> step();
    core::TrainingProgress progress();
    std::vector<core::MetricRecord> takeMetrics() { return std::exchange(m_metrics, {}); }
    bool takePublished() { return std::exchange(m_isPublished, false); }
    core::Result<void> save();

private:
    enum class Mode { Preparing, Training, Validating, CrossValidating, Finished };

    core::Result<void> takeSamples();
    core::Result<void> advance();
    void prepareSome();
    core::Result<void> afterPreparing();
    core::Result<void> enterStage(std::size_t stage);
    void fitToMemory();
    core::Result<void> trainStep();
    core::Result<void> stepBack();
    core::Result<void> followProject();
    bool isValidationDue() const;
    void startValidation();
    void watchPlateau(double dice);
    core::Result<void> finishValidation();
    core::Result<void> publishModel();
    void planFolds();
    core::Result<void> startCrossValidation();
    core::Result<void> crossValidate();
    core::Result<void> finishCrossValidation();
    void recordValidation(const ValidationResult &result);
    void record(const std::string &name, double value);
    void recordLosses(const StepLosses &losses);
    double stageFraction() const; ///< 0..1 of the current stage
    bool isLastStage() const { return m_state.stage + 1 >= m_plans.size(); }
    void notify(const core::Sentence &sentence);

    TrainingConfig m_config;
    std::filesystem::path m_folder;
    torch::Device m_device;
    std::string m_deviceName;
    SampleCache m_samples;
    std::unique_ptr<Learner> m_learner;
    std::vector<StagePlan> m_plans;
    RunState m_state;
    std::optional<TensorFile> m_restored; ///< until the samples are ready
    Mode m_mode = Mode::Preparing;
    Validation m_validation;
    double m_validationSeconds = 0.0;
    std::unique_ptr<CrossValidation> m_crossValidation;
    double m_plateauDice = -1.0; ///< the last Dice that was a clear step forward
    int m_plateauCount = 0;      ///< validations since then
    bool m_isFirstPreparation = true;
    std::int64_t m_epochSteps = 1;
    double m_lastSave = 0.0; ///< in elapsed seconds
    double m_saveCost = 0.0;
    double m_lastRefresh = 0.0;
    double m_refreshCost = 0.0;
    std::optional<double> m_loss;
    std::map<std::string, std::pair<double, int>> m_lossSums; ///< since the last record: sum and count
    std::vector<core::MetricRecord> m_metrics;
    bool m_isPublished = false;
    core::Sentence m_notice;
};

} // namespace semigda::learning
