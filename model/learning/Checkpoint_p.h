// SPDX-License-Identifier: Apache-2.0
// The files of a run's folder. Each .safetensors file carries its description as metadata, so that weights and
// description can never come from different moments; the .json beside it is a copy for people and other tools.
#pragma once

#include "core/LabelSet.h"
#include "learning/Calibration_p.h"
#include "learning/MaskRules_p.h"
#include "learning/Safetensors.h"
#include "learning/TrainingConfig.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace semigda::learning
{

/// What a Predictor must know besides the weights.
struct PublishedModel
{
    TrainingConfig config;
    std::vector<core::LabelValue> classes; ///< mask value of class index 1, 2, ...
    MaskRules rules;
    double vaeWeight = 0.5; ///< of the VAE branch in the mean; the CNN branch has the rest
    Calibration calibration;
    std::optional<double> validationDice;
    std::int64_t step = 0;
};

/// One validation image's Dice, to compare checkpoints image by image.
struct ScoredImage
{
    std::int64_t id = 0;
    double dice = 0.0;
};

/// Where a run stands; the weights lie beside it.
struct RunState
{
    std::vector<core::LabelValue> classes;
    std::size_t stage = 0;
    std::int64_t stageStep = 0;
    std::int64_t step = 0;
    double elapsed = 0.0;       ///< seconds of work
    double trainingStart = 0.0; ///< `elapsed` when the images were ready
    double stageStart = 0.0;    ///< `elapsed` when the stage began
    double rateFactor = 1.0;
    int parts = 1;         ///< portions a batch is worked through in
    bool hasStage = false; ///< the stage's optimisers are in the file
    bool isFinished = false;
    std::int64_t validationStep = 0; ///< of the last validation or publication
    double validationElapsed = 0.0;  ///< `elapsed` then
    double validationCost = 0.0;     ///< seconds it took
    double vaeWeight = 0.5;
    Calibration calibration;
    std::optional<double> validationDice;
    std::optional<double> bestDice;
    std::vector<ScoredImage> bestScores; ///< of the best validation
    int folds = 0;                       ///< of the cross-validation that ends the run; 0: none
    double foldSeconds = 0.0;            ///< kept of the time budget for it
    bool isCrossValidated = false;
};

core::Result<void> writeConfig(const std::filesystem::path &folder, const TrainingConfig &config);
core::Result<TrainingConfig> readConfig(const std::filesystem::path &folder);

core::Result<void> writeState(const std::filesystem::path &folder, const RunState &state, TensorFile tensors);
/// NotFound when the run was never saved.
core::Result<RunState> readState(const std::filesystem::path &folder, TensorFile &tensors);

core::Result<void> publish(const std::filesystem::path &folder, const PublishedModel &model, TensorFile tensors);
/// NotFound when the run has not published yet; NewerVersion for a file of a later program.
core::Result<PublishedModel> readPublished(const std::filesystem::path &folder, TensorFile &tensors);
std::filesystem::path publishedFile(const std::filesystem::path &folder);

} // namespace semigda::learning
