// SPDX-License-Identifier: Apache-2.0
// What the steps of a run learn from, drawn and made ready without the networks: on the training thread or beside it.
// Everything here is a pure function of its arguments and takes part in no autograd. Tensors lie in the computer's
// memory.
#pragma once

#include "learning/Augmentation_p.h"
#include "learning/Learner_p.h"
#include "learning/PseudoTargets_p.h"

#include <compare>
#include <optional>
#include <vector>

namespace semigda::learning
{

/// A box of two thirds of each side changes places between labelled and unlabelled images (both ways).
class BoxMixer
{
public:
    BoxMixer(std::int64_t pairs, std::int64_t side, StepRandom &random);
    /// [2 * pairs, ...]: the labelled ones with the others' box, then the others with theirs.
    torch::Tensor operator()(const torch::Tensor &labelled, const torch::Tensor &unlabelled) const;
    Target operator()(const Target &labelled, const Target &unlabelled) const;

private:
    std::int64_t m_pairs;
    torch::Tensor m_inBox; ///< [1, 1, side, side]
};

/// Which step a batch is for, and what it was drawn from.
struct BatchKey
{
    std::size_t stage = 0;
    std::int64_t step = 0;
    int parts = 1;
    bool joinsUnlabelled = false;
    bool mixes = false;
    std::uint64_t samples = 0; ///< SampleCache::version()
    auto operator<=>(const BatchKey &) const = default;
};

/// A portion of a step of stage 1.
struct AlignmentPart
{
    std::vector<std::size_t> indices; ///< of samples, labelled ones first
    std::int64_t labelled = 0;
    std::vector<int> variants; ///< dihedral() of each
    torch::Tensor images;      ///< turned and recoloured, [N, 3, S, S]
};

/// A portion of a step of stage 2.
struct AdapterPart
{
    torch::Tensor masks; ///< [N, S, S], as Batch has them
    std::vector<bool> isPartial;
    torch::Tensor plain;           ///< labelled images, turned
    torch::Tensor shown;           ///< the same as they are learned from
    torch::Tensor unlabelled;      ///< as the teacher sees them; undefined where none join
    torch::Tensor shownUnlabelled; ///< in other colours
    std::optional<BoxMixer> mixer; ///< where the step mixes
    torch::Tensor mixed;
};

struct AdapterBatch
{
    bool takesSample = false; ///< of the posterior in place of its mean
    std::vector<AdapterPart> parts;
};

/// Whether the batch of the next step is to be made ready beside this one.
bool isPreparedAhead(const TrainingConfig &config, torch::Device device);

/// Copies of samples, so that a batch can be made while the project changes.
std::vector<PreparedSample> samplesAt(const SampleCache &samples, const std::vector<std::size_t> &indices);

std::vector<AlignmentPart> alignmentBatch(const TrainingConfig &config, Symmetries symmetries, const BatchKey &key,
                                          const std::vector<std::size_t> &labelled,
                                          const std::vector<std::size_t> &unlabelled,
                                          const std::vector<PreparedSample> &labelledSamples,
                                          const std::vector<PreparedSample> &unlabelledSamples);
AdapterBatch adapterBatch(const TrainingConfig &config, Symmetries symmetries, const BatchKey &key,
                          const std::vector<PreparedSample> &labelled, const std::vector<PreparedSample> &unlabelled);
/// Portions of labelled images for plain supervised training.
std::vector<Batch> supervisedBatch(const TrainingConfig &config, Symmetries symmetries, const BatchKey &key,
                                   const std::vector<PreparedSample> &labelled);

} // namespace semigda::learning
