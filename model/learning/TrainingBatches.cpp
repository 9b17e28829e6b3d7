// SPDX-License-Identifier: Apache-2.0
#include "learning/TrainingBatches_p.h"

#include "learning/Descent_p.h"

#include <algorithm>

namespace semigda::learning
{

namespace
{

// Streams of StepRandom, one for each kind of step.
constexpr std::uint64_t SupervisedStream = 10;
constexpr std::uint64_t AlignmentStream = 50;
constexpr std::uint64_t AdapterStream = 60;

std::vector<PreparedSample> portionOf(const std::vector<PreparedSample> &samples, int part, int parts)
{
    std::vector<std::size_t> all(samples.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::vector<PreparedSample> some;
    for (const std::size_t index : portion(all, part, parts)) {
        some.push_back(samples[index]);
    }
    return some;
}

AdapterPart adapterPart(const TrainingConfig &config, Symmetries symmetries, bool mixes,
                        const std::vector<PreparedSample> &labelled, const std::vector<PreparedSample> &unlabelled,
                        StepRandom &random)
{
    AdapterPart part;
    const Batch batch = augment(stack(labelled), config, symmetries, random);
    part.plain = batch.images;
    part.masks = batch.masks;
    for (const PreparedSample &sample : labelled) {
        part.isPartial.push_back(sample.item.role == core::SampleRole::Partial);
    }
    // Mixed images are made harder by themselves, so they begin with the picture as it is.
    part.shown = config.labelledDistortion > 0.0 ? distort(part.plain, config.labelledDistortion, random) : part.plain;
    if (unlabelled.empty()) {
        return part;
    }
    TrainingConfig weak = config;
    weak.jitterProbability = config.usesAveragedTeacher ? 0.0 : config.jitterProbability;
    part.unlabelled = augment(stack(unlabelled), weak, symmetries, random).images;
    // The average judges the picture as it is; who learns sees it under other colours.
    part.shownUnlabelled =
        config.usesAveragedTeacher ? jitterColours(part.unlabelled, config, random) : part.unlabelled;
    if (mixes) {
        part.mixer.emplace(std::min(part.plain.size(0), part.unlabelled.size(0)), part.unlabelled.size(2), random);
        part.mixed = (*part.mixer)(part.plain, part.shownUnlabelled);
        if (config.usesAveragedTeacher && config.distortion > 0.0) {
            part.mixed = distort(part.mixed, config.distortion, random);
        }
    }
    return part;
}

} // namespace

BoxMixer::BoxMixer(std::int64_t pairs, std::int64_t side, StepRandom &random)
    : m_pairs(pairs)
    , m_inBox(torch::zeros({1, 1, side, side}))
{
    const std::int64_t box = side * 2 / 3;
    const auto top = static_cast<std::int64_t>(random.below(static_cast<std::size_t>(side - box + 1)));
    const auto left = static_cast<std::int64_t>(random.below(static_cast<std::size_t>(side - box + 1)));
    m_inBox.narrow(2, top, box).narrow(3, left, box).fill_(1.0);
}

torch::Tensor BoxMixer::operator()(const torch::Tensor &labelled, const torch::Tensor &unlabelled) const
{
    const torch::Tensor inBox = m_inBox.to(labelled.device());
    const torch::Tensor a = labelled.narrow(0, 0, m_pairs);
    const torch::Tensor b = unlabelled.narrow(0, 0, m_pairs);
    return torch::cat({a * (1.0 - inBox) + b * inBox, b * (1.0 - inBox) + a * inBox});
}

Target BoxMixer::operator()(const Target &labelled, const Target &unlabelled) const
{
    return {(*this)(labelled.probabilities, unlabelled.probabilities), (*this)(labelled.code, unlabelled.code),
            (*this)(labelled.weight, unlabelled.weight)};
}

bool isPreparedAhead(const TrainingConfig &config, torch::Device device)
{
    return config.prepareAhead == AlwaysAhead || (config.prepareAhead == AheadForGraphicsCards && device.is_cuda());
}

std::vector<PreparedSample> samplesAt(const SampleCache &samples, const std::vector<std::size_t> &indices)
{
    std::vector<PreparedSample> copies;
    for (const std::size_t index : indices) {
        copies.push_back(samples.sample(index));
    }
    return copies;
}

std::vector<AlignmentPart> alignmentBatch(const TrainingConfig &config, Symmetries symmetries, const BatchKey &key,
                                          const std::vector<std::size_t> &labelled,
                                          const std::vector<std::size_t> &unlabelled,
                                          const std::vector<PreparedSample> &labelledSamples,
                                          const std::vector<PreparedSample> &unlabelledSamples)
{
    StepRandom random(config.seed, AlignmentStream, static_cast<std::uint64_t>(key.step));
    const std::vector<int> variants = variantsOf(symmetries);
    std::vector<AlignmentPart> parts;
    for (int i = 0; i < key.parts; ++i) {
        AlignmentPart part;
        const std::vector<std::size_t> first = portion(labelled, i, key.parts);
        part.indices = joined(first, portion(unlabelled, i, key.parts));
        part.labelled = static_cast<std::int64_t>(first.size());
        std::vector<PreparedSample> chosen = portionOf(labelledSamples, i, key.parts);
        const std::vector<PreparedSample> others = portionOf(unlabelledSamples, i, key.parts);
        chosen.insert(chosen.end(), others.begin(), others.end());
        std::vector<torch::Tensor> images;
        for (const PreparedSample &sample : chosen) {
            part.variants.push_back(variants[random.below(variants.size())]);
            images.push_back(dihedral(sample.image, part.variants.back()));
        }
        if (!images.empty()) {
            part.images = torch::stack(images).to(torch::kFloat32).div_(127.5).sub_(1.0);
            part.images = jitterColours(part.images, config, random);
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

AdapterBatch adapterBatch(const TrainingConfig &config, Symmetries symmetries, const BatchKey &key,
                          const std::vector<PreparedSample> &labelled, const std::vector<PreparedSample> &unlabelled)
{
    StepRandom random(config.seed, AdapterStream, static_cast<std::uint64_t>(key.step));
    AdapterBatch batch;
    batch.takesSample = random.chance(config.sampleProbability);
    for (int i = 0; i < key.parts; ++i) {
        batch.parts.push_back(adapterPart(config, symmetries, key.mixes, portionOf(labelled, i, key.parts),
                                          portionOf(unlabelled, i, key.parts), random));
    }
    return batch;
}

std::vector<Batch> supervisedBatch(const TrainingConfig &config, Symmetries symmetries, const BatchKey &key,
                                   const std::vector<PreparedSample> &labelled)
{
    StepRandom random(config.seed, SupervisedStream, static_cast<std::uint64_t>(key.step));
    std::vector<Batch> parts;
    for (int i = 0; i < key.parts; ++i) {
        Batch batch = augment(stack(portionOf(labelled, i, key.parts)), config, symmetries, random);
        if (config.labelledDistortion > 0.0) {
            batch.images = distort(batch.images, config.labelledDistortion, random);
        }
        parts.push_back(std::move(batch));
    }
    return parts;
}

} // namespace semigda::learning
