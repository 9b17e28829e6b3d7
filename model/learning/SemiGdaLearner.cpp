// SPDX-License-Identifier: Apache-2.0
#include "learning/SemiGdaLearner_p.h"

#include "learning/ClassCodes_p.h"
#include "learning/Losses_p.h"
#include "learning/PriorLoss_p.h"
#include "learning/TensorState_p.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace semigda::learning
{

namespace
{

enum Stage : std::size_t { PriorStage = 0, AlignmentStage = 1, AdapterStage = 2 };

std::int64_t stepsPerEpoch(std::size_t labelled, int labelledInBatch)
{
    const auto share = static_cast<std::size_t>(std::max(labelledInBatch, 1));
    return static_cast<std::int64_t>(std::max<std::size_t>((labelled + share - 1) / share, 1));
}

} // namespace

SemiGdaLearner::SemiGdaLearner(const TrainingConfig &config, int classes, torch::Device device)
    : m_config(config)
    , m_classes(classes)
    , m_device(device)
    , m_networks(nullptr)
    , m_colours(classColours(classes).to(device))
{
    torch::manual_seed(config.seed);
    m_networks = SemiGdaNetworks(config.shape);
    m_networks->initialise();
    toChannelsLast(*m_networks);
    m_networks->to(device);
}

core::Result<void> SemiGdaLearner::loadPrior(const std::filesystem::path &file)
{
    const auto loaded = loadStartingWeights(m_networks, file);
    return loaded ? core::Result<void>() : loaded.error();
}

std::vector<StagePlan> SemiGdaLearner::stages(const SampleCache &samples) const
{
    const std::size_t complete = samples.labelled().size();
    const std::size_t painted = complete + samples.partial().size();
    const std::int64_t priorEpoch = stepsPerEpoch(painted, m_config.priorBatch / 2);
    const std::int64_t alignmentEpoch = stepsPerEpoch(complete, m_config.alignmentLabelled);
    const std::int64_t adapterEpoch = stepsPerEpoch(painted, m_config.adapterLabelled);
    // Without a complete mask there is nothing to align to, and two branches that only follow each other collapse.
    const bool canAlign = complete > 0;
    const double alignmentShare = canAlign ? m_config.alignmentShare : 0.0;
    return {{core::TrainingPhase::Prior, m_config.priorShare, m_config.priorSteps, priorEpoch},
            {core::TrainingPhase::Alignment, alignmentShare, canAlign ? alignmentEpoch * m_config.alignmentEpochs : 0,
             alignmentEpoch},
            {core::TrainingPhase::Adapters, 1.0 - m_config.priorShare - alignmentShare,
             std::max<std::int64_t>(adapterEpoch * m_config.adapterEpochs, 1), adapterEpoch}};
}

void SemiGdaLearner::enterStage(std::size_t stage, const SampleCache &samples)
{
    m_largestOnly = samples.largestOnly();
    m_optimisers.clear();
    m_average.reset();
    const bool adam = m_config.useAdamForAdapters;
    if (stage == PriorStage) {
        std::vector<torch::Tensor> parameters;
        for (auto &item : m_networks->prior->named_parameters()) {
            if (item.key().find("Jump_") == std::string::npos) {
                item.value().set_requires_grad(true);
                parameters.push_back(item.value());
            }
        }
        m_optimisers.emplace_back(parameters, m_config.priorRate, 0.0, true);
        return;
    }
    m_networks->freezePrior();
    if (stage == AlignmentStage) {
        m_latents.clear();
        if (m_config.profile == Profile::Compact) {
            measureLatentScale(samples);
        }
        m_optimisers.emplace_back(m_networks->mappingParameters(), m_config.mappingRate, 1e-2, true);
        m_optimisers.emplace_back(m_networks->cnnParameters(), m_config.cnnRate, m_config.weightDecay,
                                  m_config.useAdamForCnn);
        return;
    }
    m_latents.clear();
    std::vector<torch::Tensor> parameters = m_networks->adapterParameters();
    for (const auto &group : {m_networks->mappingParameters(), m_networks->cnnParameters()}) {
        parameters.insert(parameters.end(), group.begin(), group.end());
    }
    m_optimisers.emplace_back(parameters, m_config.adapterRate, m_config.weightDecay, adam);
    std::vector<torch::Tensor> averaged = averagedTensors({m_networks->mapping.get(), m_networks->cnn.get()});
    const std::vector<torch::Tensor> adapters = m_networks->adapterParameters();
    averaged.insert(averaged.end(), adapters.begin(), adapters.end());
    m_average.emplace(std::move(averaged), m_config.averageDecay);
}

StepLosses SemiGdaLearner::step(const StepPlace &place, const SampleCache &samples)
{
    torch::manual_seed(StepRandom(m_config.seed, 20 + place.stage, static_cast<std::uint64_t>(place.step)).next() >> 1);
    switch (place.stage) {
    case PriorStage:
        return priorStep(place, samples);
    case AlignmentStage:
        return alignmentStep(place, samples);
    default:
        return adapterStep(place, samples);
    }
}

torch::Tensor SemiGdaLearner::toDevice(const torch::Tensor &images) const
{
    return images.to(m_device).contiguous(torch::MemoryFormat::ChannelsLast);
}

torch::Tensor SemiGdaLearner::maskCode(const torch::Tensor &masks) const
{
    const torch::Tensor indices = masks.masked_fill(masks == IgnoredIndex, 0).to(m_device);
    return encodeClasses(indices, m_colours).contiguous(torch::MemoryFormat::ChannelsLast);
}

StepLosses SemiGdaLearner::finishStep(const StepPlace &place, const torch::Tensor &loss,
                                      std::vector<std::pair<std::string, double>> parts)
{
    StepLosses losses;
    losses.total = loss.item<double>();
    losses.parts = std::move(parts);
    losses.isFinite = std::isfinite(losses.total);
    if (!losses.isFinite) {
        return losses;
    }
    for (Optimiser &optimiser : m_optimisers) {
        optimiser.zeroGradients();
        optimiser.setRate(place.rateFactor * polynomialDecay(optimiser.startRate(), place.t));
    }
    loss.backward();
    for (Optimiser &optimiser : m_optimisers) {
        losses.isFinite = losses.isFinite && optimiser.step();
    }
    if (losses.isFinite && m_average) {
        m_average->update();
    }
    return losses;
}

StepLosses SemiGdaLearner::priorStep(const StepPlace &place, const SampleCache &samples)
{
    StepRandom random(m_config.seed, 30, static_cast<std::uint64_t>(place.step));
    const std::vector<std::size_t> painted = joined(samples.labelled(), samples.partial());
    const std::vector<std::size_t> all = joined(painted, samples.unlabelled());
    const auto half = static_cast<std::size_t>(std::max(m_config.priorBatch / 2, 1));
    const Batch images = augment(stack(samples, draw(all, half, place.step, m_config.seed, 31)), m_config, random);
    const Batch masks = augment(stack(samples, draw(painted, half, place.step, m_config.seed, 32)), m_config, random);
    const torch::Tensor input =
        torch::cat({toDevice(images.images), maskCode(masks.masks)}).contiguous(torch::MemoryFormat::ChannelsLast);

    m_networks->train();
    const PriorLoss loss =
        priorLoss(*m_networks->prior, input, m_networks->shape().latentChannels, m_config.priorKlWeight);
    return finishStep(place, loss.total,
                      {{"reconstruction", loss.reconstruction.item<double>()}, {"kl", loss.kl.item<double>()}});
}

void SemiGdaLearner::measureLatentScale(const SampleCache &samples)
{
    torch::NoGradGuard noGrad;
    m_networks->eval();
    const std::vector<std::size_t> painted = samples.labelled().empty() ? samples.partial() : samples.labelled();
    if (painted.empty()) {
        return;
    }
    const Batch batch = stack(samples, draw(painted, 16, 0, m_config.seed, 40));
    const torch::Tensor both = torch::cat({toDevice(batch.images), maskCode(batch.masks)});
    const torch::Tensor mean = m_networks->prior->encode(both).moments.narrow(1, 0, m_networks->shape().latentChannels);
    const double deviation = mean.std().item<double>();
    if (std::isfinite(deviation) && deviation > 1e-6) {
        m_networks->setLatentScale(1.0 / deviation);
    }
}

torch::Tensor SemiGdaLearner::cachedLatent(const SampleCache &samples, std::size_t index, int variant, bool ofMask)
{
    const PreparedSample &sample = samples.sample(index);
    CachedLatents &cached = m_latents[sample.item.id];
    if (cached.sequence != sample.item.sequence) {
        cached.mask = {};
        cached.sequence = sample.item.sequence;
    }
    std::array<torch::Tensor, 8> &latents = ofMask ? cached.mask : cached.image;
    if (!latents[0].defined()) {
        // All eight in one batch, always: a fixed batch keeps the rounding the same in a resumed run.
        torch::NoGradGuard noGrad;
        const Batch one = stack(samples, {index});
        std::vector<torch::Tensor> variants;
        for (int i = 0; i < 8; ++i) {
            variants.push_back(dihedral(ofMask ? one.masks : one.images, i));
        }
        const torch::Tensor all = torch::cat(variants);
        const torch::Tensor means =
            m_networks->latentMean(m_networks->prior->encode(ofMask ? maskCode(all) : toDevice(all)).moments);
        for (std::size_t i = 0; i < latents.size(); ++i) {
            latents[i] = means[static_cast<std::int64_t>(i)].contiguous();
        }
    }
    return latents[static_cast<std::size_t>(variant)];
}

StepLosses SemiGdaLearner::alignmentStep(const StepPlace &place, const SampleCache &samples)
{
    StepRandom random(m_config.seed, 50, static_cast<std::uint64_t>(place.step));
    const auto batchSize = static_cast<std::size_t>(m_config.alignmentBatch);
    std::vector<std::size_t> labelled =
        draw(samples.labelled(), static_cast<std::size_t>(m_config.alignmentLabelled), place.step, m_config.seed, 51);
    const std::vector<std::size_t> unlabelled =
        draw(joined(samples.unlabelled(), samples.partial()),
             batchSize - static_cast<std::size_t>(m_config.alignmentLabelled), place.step, m_config.seed, 52);
    const auto labelledCount = static_cast<std::int64_t>(labelled.size());
    const std::vector<std::size_t> chosen = joined(std::move(labelled), unlabelled);
    if (chosen.empty()) {
        return {};
    }
    m_networks->train();
    std::vector<torch::Tensor> imageLatents;
    std::vector<torch::Tensor> maskLatents;
    std::vector<torch::Tensor> images;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const int variant = static_cast<int>(random.below(8));
        imageLatents.push_back(cachedLatent(samples, chosen[i], variant, false));
        if (static_cast<std::int64_t>(i) < labelledCount) {
            maskLatents.push_back(cachedLatent(samples, chosen[i], variant, true));
        }
        images.push_back(dihedral(samples.sample(chosen[i]).image, variant));
    }
    torch::Tensor input = torch::stack(images).to(torch::kFloat32).div_(127.5).sub_(1.0);
    input = toDevice(jitterColours(input, m_config, random));
    const torch::Tensor v =
        m_networks->mapping->forward(torch::stack(imageLatents).contiguous(torch::MemoryFormat::ChannelsLast)).out;
    const torch::Tensor cnnMoments = m_networks->encodeCnn(input).moments;
    const torch::Tensor c = m_networks->latentMean(cnnMoments);
    const auto count = static_cast<std::int64_t>(chosen.size());
    torch::Tensor loss = torch::zeros({}, v.options());
    std::vector<std::pair<std::string, double>> parts;
    if (labelledCount > 0) {
        const torch::Tensor s = torch::stack(maskLatents);
        const torch::Tensor supervisedVae = torch::mse_loss(v.narrow(0, 0, labelledCount), s);
        const torch::Tensor supervisedCnn = torch::mse_loss(c.narrow(0, 0, labelledCount), s);
        loss = loss + supervisedVae + supervisedCnn;
        parts.emplace_back("aligned_vae", supervisedVae.item<double>());
        parts.emplace_back("aligned_cnn", supervisedCnn.item<double>());
    }
    if (count > labelledCount) {
        const torch::Tensor vu = v.narrow(0, labelledCount, count - labelledCount);
        const torch::Tensor cu = c.narrow(0, labelledCount, count - labelledCount);
        const torch::Tensor agreement = torch::mse_loss(vu, cu.detach()) + torch::mse_loss(cu, vu.detach());
        loss = loss + rampUp(m_config.consistencyPeak, place.t) * agreement;
        parts.emplace_back("agreement", agreement.item<double>());
    }
    return finishStep(place, loss, std::move(parts));
}

BranchProbabilities SemiGdaLearner::predict(const torch::Tensor &images)
{
    torch::NoGradGuard noGrad;
    if (m_average) {
        m_average->exchange();
    }
    m_networks->eval();
    const BranchProbabilities probabilities = decodeBoth(toDevice(images), false).probabilities;
    if (m_average) {
        m_average->exchange();
    }
    return probabilities;
}

void SemiGdaLearner::storeNetworks(TensorFile &file)
{
    storeModule(*m_networks, "", file);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.17g", m_networks->shape().latentScale);
    file.metadata["latent_scale"] = text.data();
}

void SemiGdaLearner::store(TensorFile &file)
{
    storeNetworks(file);
    for (std::size_t i = 0; i < m_optimisers.size(); ++i) {
        m_optimisers[i].store("optimiser." + std::to_string(i), file);
    }
    if (m_average) {
        m_average->store("average", file);
    }
}

core::Result<void> SemiGdaLearner::restore(const TensorFile &file)
{
    if (auto done = loadForPrediction(file, "The saved state"); !done) {
        return done;
    }
    for (std::size_t i = 0; i < m_optimisers.size(); ++i) {
        if (auto done = m_optimisers[i].restore("optimiser." + std::to_string(i), file); !done) {
            return done;
        }
    }
    return m_average ? m_average->restore("average", file) : core::Result<void>();
}

void SemiGdaLearner::storeForPrediction(TensorFile &file)
{
    if (m_average) {
        m_average->exchange();
    }
    storeNetworks(file);
    if (m_average) {
        m_average->exchange();
    }
}

core::Result<void> SemiGdaLearner::loadForPrediction(const TensorFile &file, const std::string &fileName)
{
    const auto scale = file.metadata.find("latent_scale");
    const double value = scale == file.metadata.end() ? 0.0 : std::strtod(scale->second.c_str(), nullptr);
    if (!(value > 0.0)) {
        return core::Error{core::ErrorCode::CorruptFile, fileName + " does not say its latent scale; train again."};
    }
    m_networks->setLatentScale(value);
    return restoreModule(*m_networks, "", file, fileName);
}

} // namespace semigda::learning
