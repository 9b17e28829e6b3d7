// SPDX-License-Identifier: Apache-2.0
#include "learning/SupervisedLearner_p.h"

#include "learning/Losses_p.h"
#include "learning/Precision_p.h"
#include "learning/TensorState_p.h"

namespace semigda::learning
{

namespace
{

const char *const Prefix = "unet.";

} // namespace

SupervisedLearner::SupervisedLearner(const TrainingConfig &config, int classes, torch::Device device)
    : m_config(config)
    , m_classes(classes)
    , m_device(device)
    , m_network(nullptr)
{
    torch::manual_seed(config.seed);
    m_network = UNet(classes + 1, unetWidths(config.profile), unetStemFactor(config.profile));
    toChannelsLast(*m_network);
    m_network->to(device);
}

std::vector<StagePlan> SupervisedLearner::stages(const SampleCache &samples) const
{
    const std::size_t labelled = samples.labelled().size() + samples.partial().size();
    const auto batch = static_cast<std::size_t>(m_config.supervisedBatch);
    const auto epoch = static_cast<std::int64_t>((labelled + batch - 1) / batch);
    return {
        {core::TrainingPhase::Supervised, 1.0, std::max<std::int64_t>(epoch * m_config.supervisedEpochs, 1), epoch}};
}

void SupervisedLearner::enterStage(std::size_t, const SampleCache &)
{
    m_ahead.drop();
    m_optimiser.emplace(m_network->parameters(), m_config.supervisedRate, m_config.weightDecay, true);
    m_average.emplace(averagedTensors({m_network.get()}), m_config.averageDecay);
}

StepLosses SupervisedLearner::step(const StepPlace &place, const SampleCache &samples)
{
    torch::manual_seed(StepRandom(m_config.seed, 12, static_cast<std::uint64_t>(place.step)).next() >> 1);
    const auto keyOf = [&](std::int64_t step) {
        return BatchKey{place.stage, step, place.parts, false, false, samples.version()};
    };
    const auto workOf = [&](const BatchKey &key) {
        const std::vector<std::size_t> chosen =
            draw(joined(samples.labelled(), samples.partial()), static_cast<std::size_t>(m_config.supervisedBatch),
                 key.step, m_config.seed, 11);
        return [this, key, symmetries = samples.symmetries(), labelled = samplesAt(samples, chosen)] {
            return supervisedBatch(m_config, symmetries, key, labelled);
        };
    };
    const BatchKey key = keyOf(place.step);
    const std::vector<Batch> batches = m_ahead.take(key, workOf(key));
    if (isPreparedAhead(m_config, m_device)) {
        m_ahead.begin(keyOf(place.step + 1), workOf(keyOf(place.step + 1)));
    }
    m_network->train();
    return descend(std::span(&*m_optimiser, 1), m_average, place, place.parts, [&](int part) {
        const Batch &batch = batches[static_cast<std::size_t>(part)];
        const torch::Tensor images = batch.images.to(m_device).contiguous(torch::MemoryFormat::ChannelsLast);
        const torch::Tensor masks = batch.masks.to(m_device);
        const torch::Tensor weight = (masks != IgnoredIndex).to(torch::kFloat32).unsqueeze(1);
        const torch::Tensor target = torch::one_hot(masks.masked_fill(masks == IgnoredIndex, 0), m_classes + 1)
                                         .permute({0, 3, 1, 2})
                                         .to(torch::kFloat32);
        const torch::Tensor probabilities = torch::softmax(scores(images), 1);
        const torch::Tensor dice = diceLoss(probabilities, target, weight, diceOver(m_config, samples));
        const torch::Tensor entropy = crossEntropy(probabilities, target, weight);
        return PartLoss{dice + entropy, {{"dice", dice.item<double>()}, {"cross_entropy", entropy.item<double>()}}};
    });
}

torch::Tensor SupervisedLearner::scores(const torch::Tensor &images)
{
    const MixedPrecision mixed(m_device, m_config.mixedPrecision && hasFastBFloat16(m_device));
    return m_network(images).to(torch::kFloat32);
}

BranchProbabilities SupervisedLearner::predict(const torch::Tensor &images)
{
    torch::NoGradGuard noGrad;
    const AveragedWeights inPlace(m_average);
    m_network->eval();
    const torch::Tensor input = images.to(m_device).contiguous(torch::MemoryFormat::ChannelsLast);
    torch::Tensor probabilities = torch::softmax(scores(input), 1);
    if (m_classes == 1) {
        probabilities = probabilities.narrow(1, 1, 1);
    }
    return {probabilities, probabilities};
}

void SupervisedLearner::store(TensorFile &file)
{
    storeModule(*m_network, Prefix, file);
    if (m_optimiser) {
        m_optimiser->store("optimiser", file);
        m_average->store("average", file);
    }
}

core::Result<void> SupervisedLearner::restore(const TensorFile &file)
{
    if (auto done = restoreModule(*m_network, Prefix, file, "The saved state"); !done) {
        return done;
    }
    if (auto done = m_optimiser->restore("optimiser", file); !done) {
        return done;
    }
    return m_average->restore("average", file);
}

void SupervisedLearner::storeForPrediction(TensorFile &file)
{
    const AveragedWeights inPlace(m_average);
    storeModule(*m_network, Prefix, file);
}

core::Result<void> SupervisedLearner::loadForPrediction(const TensorFile &file, const std::string &fileName)
{
    return restoreModule(*m_network, Prefix, file, fileName);
}

} // namespace semigda::learning
