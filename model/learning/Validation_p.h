// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learning/Checkpoint_p.h"
#include "learning/Inference_p.h"

namespace semigda::learning
{

struct ValidationResult
{
    double dice = 0.0;    ///< of the weighted mean
    double vaeDice = 0.0; ///< of each branch alone
    double cnnDice = 0.0;
    double vaeWeight = 0.5;
    Calibration calibration;
    std::vector<ScoredImage> scores;
};

/// Scores a learner on the validation images, a few images a call.
class Validation
{
public:
    void start(const SampleCache &samples, const TrainingConfig &config);
    /// The validation images as they are now join those scored since start(): cross-validation, fold by fold.
    void add(const SampleCache &samples, const TrainingConfig &config);
    /// False when all images are done. Throws when memory runs out even for one image.
    bool next(Learner &learner, const SampleCache &samples, const TrainingConfig &config);
    /// Weights the branches so that their mean does best, then scores it. `usualWeight` of the VAE branch is what a few
    /// images are not to lead far away from. The two views of a learner with one branch count alike.
    ValidationResult finish(const SampleCache &samples, bool hasTwoBranches, double usualWeight);

private:
    struct Kept
    {
        std::size_t index = 0;
        BranchProbabilities probabilities; ///< bytes, 0..255
    };
    struct Truth
    {
        torch::Tensor masks;   ///< one-hot
        torch::Tensor weights; ///< 0 where nothing is annotated
    };

    static Truth truthOf(const SampleCache &samples, const Kept &kept);
    double findWeight(const SampleCache &samples, double usualWeight) const;

    std::vector<std::size_t> m_pending;
    std::vector<Kept> m_kept;
    std::size_t m_batch = 8; ///< halved when memory runs out
};

/// Of the weights 0, 1/n, ... 1 that of the best mean Dice, over so many images; the fewer these are, the nearer to the
/// usual weight.
double bestWeight(const std::vector<double> &meanDice, std::size_t images, double usualWeight);
/// True unless `candidate` is worse than `best` by more than one standard error of their differences image by image:
/// with few validation images the weights of a later moment, which saw more, are the better guess.
bool mayReplace(const std::vector<ScoredImage> &best, const std::vector<ScoredImage> &candidate);

} // namespace semigda::learning
