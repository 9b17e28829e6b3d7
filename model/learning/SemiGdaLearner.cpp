// SPDX-License-Identifier: Apache-2.0
#include "learning/SemiGdaLearner_p.h"

#include "core/Numbers.h"
#include "learning/ClassCodes_p.h"
#include "learning/Losses_p.h"
#include "learning/Precision_p.h"
#include "learning/PriorLoss_p.h"
#include "learning/TensorState_p.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <cmath>
#include <numeric>

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

/// Images, and masks to align to.
std::size_t picturesOf(const SampleCache &samples)
{
    return samples.size() + samples.labelled().size() + samples.completed().size();
}

} // namespace

SemiGdaLearner::SemiGdaLearner(const TrainingConfig &config, int classes, torch::Device device)
    : m_config(config)
    , m_classes(classes)
    , m_device(device)
    , m_isMixed(config.mixedPrecision && hasFastBFloat16(device))
    , m_networks(nullptr)
    , m_colours(classColours(classes, config.spreadColours).to(device))
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

core::Result<void> SemiGdaLearner::takeShippedNetworks()
{
    const bool isFitting = m_config.shape == NetworkShape::compact();
    const bool hasOtherStart = !m_config.priorFile.empty() || !m_config.usesShippedPrior;
    return isFitting && !hasOtherStart ? loadShippedWeights(ShippedPart::AllNetworks) : core::Result<void>();
}

std::vector<StagePlan> SemiGdaLearner::stages(const SampleCache &samples) const
{
    const std::size_t complete = samples.labelled().size() + samples.completed().size();
    const std::size_t painted = samples.labelled().size() + samples.partial().size();
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
    m_rules = samples.maskRules();
    m_alignmentAhead.drop();
    m_adapterAhead.drop();
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
    m_latents.reset();
    if (stage == AlignmentStage) {
        if (m_config.profile == Profile::Compact) {
            measureLatentScale(samples);
        }
        m_optimisers.emplace_back(m_networks->mappingParameters(), m_config.mappingRate, 1e-2, true);
        m_optimisers.emplace_back(m_networks->cnnParameters(), m_config.cnnRate, m_config.weightDecay,
                                  m_config.useAdamForCnn);
        return;
    }
    if (refinesPrior()) {
        PriorLatents::removeFile(m_config); // no run will have this prior again
    }
    std::vector<torch::Tensor> parameters = m_networks->adapterParameters();
    for (const auto &group : {m_networks->mappingParameters(), m_networks->cnnParameters()}) {
        parameters.insert(parameters.end(), group.begin(), group.end());
    }
    m_optimisers.emplace_back(parameters, m_config.adapterRate, m_config.weightDecay, adam);
    const PriorDecoder &decoder = m_networks->prior->decoder;
    m_average.emplace(averagedTensors({m_networks->mapping.get(), m_networks->cnn.get(),
                                       &decoder->adapters(Branch::Vae), &decoder->adapters(Branch::Cnn)}),
                      m_config.averageDecay);
}

void SemiGdaLearner::samplesChanged(const SampleCache &samples)
{
    m_rules = samples.maskRules();
    if (m_latents && m_latents->pictures() < picturesOf(samples)) {
        m_latents.reset(); // one with room for all of them
    }
}

bool SemiGdaLearner::refinesPrior() const
{
    return m_config.isTimed() ? m_config.priorShare > 0.0 : m_config.priorSteps > 0;
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
    const torch::Tensor ordered = images.contiguous(torch::MemoryFormat::ChannelsLast);
    // From pinned memory a graphics card fetches by itself while the thread goes on.
    return m_device.is_cuda() && ordered.is_cpu() ? ordered.pin_memory().to(m_device, true) : ordered.to(m_device);
}

torch::Tensor SemiGdaLearner::maskCode(const torch::Tensor &masks) const
{
    const torch::Tensor indices = masks.masked_fill(masks == IgnoredIndex, 0).to(m_device);
    return encodeClasses(indices, m_colours).contiguous(torch::MemoryFormat::ChannelsLast);
}

int SemiGdaLearner::mostParts(std::size_t stage) const
{
    // Every portion has its equal share of either stream.
    const auto equalShares = [](int labelled, int batch) {
        return std::max(std::gcd(labelled, std::max(batch - labelled, 0)), 1);
    };
    switch (stage) {
    case PriorStage:
        return std::max(m_config.priorBatch / 2, 1);
    case AlignmentStage:
        return equalShares(m_config.alignmentLabelled, m_config.alignmentBatch);
    default:
        return equalShares(m_config.adapterLabelled, m_config.adapterBatch);
    }
}

StepLosses SemiGdaLearner::descend(const StepPlace &place, const std::function<PartLoss(int part)> &lossOf)
{
    return learning::descend(m_optimisers, m_average, place, place.parts, lossOf);
}

StepLosses SemiGdaLearner::priorStep(const StepPlace &place, const SampleCache &samples)
{
    StepRandom random(m_config.seed, 30, static_cast<std::uint64_t>(place.step));
    const std::vector<std::size_t> painted = joined(samples.labelled(), samples.partial());
    const std::vector<std::size_t> all = joined(painted, samples.unlabelled());
    const auto half = static_cast<std::size_t>(std::max(m_config.priorBatch / 2, 1));
    const std::vector<std::size_t> shown = draw(all, half, place.step, m_config.seed, 31);
    const std::vector<std::size_t> masked = draw(painted, half, place.step, m_config.seed, 32);
    m_networks->train();
    return descend(place, [&](int part) {
        const Batch images =
            augment(stack(samples, portion(shown, part, place.parts)), m_config, samples.symmetries(), random);
        const Batch masks =
            augment(stack(samples, portion(masked, part, place.parts)), m_config, samples.symmetries(), random);
        const torch::Tensor input =
            torch::cat({toDevice(images.images), maskCode(masks.masks)}).contiguous(torch::MemoryFormat::ChannelsLast);
        const PriorLoss loss =
            priorLoss(*m_networks->prior, input, m_networks->shape().latentChannels, m_config.priorKlWeight);
        return PartLoss{loss.total,
                        {{"reconstruction", loss.reconstruction.item<double>()}, {"kl", loss.kl.item<double>()}}};
    });
}

void SemiGdaLearner::measureLatentScale(const SampleCache &samples)
{
    torch::NoGradGuard noGrad;
    m_networks->eval();
    const std::vector<std::size_t> painted = samples.labelled().empty() ? samples.partial() : samples.labelled();
    if (painted.empty()) {
        return;
    }
    std::vector<torch::Tensor> means;
    for (const std::size_t index : draw(painted, 16, 0, m_config.seed, 40)) {
        const Batch one = stack(samples, {index});
        const torch::Tensor both = torch::cat({toDevice(one.images), maskCode(one.masks)});
        means.push_back(m_networks->prior->encode(both).moments.narrow(1, 0, m_networks->shape().latentChannels));
    }
    const double deviation = torch::cat(means).std().item<double>();
    if (std::isfinite(deviation) && deviation > 1e-6) {
        m_networks->setLatentScale(1.0 / deviation);
    }
}

PriorLatents &SemiGdaLearner::latents(const SampleCache &samples)
{
    if (!m_latents) {
        m_latents.emplace(m_networks, m_colours, m_device, m_config, picturesOf(samples));
    }
    return *m_latents;
}

std::function<std::vector<AlignmentPart>()> SemiGdaLearner::alignmentWork(const BatchKey &key,
                                                                          const SampleCache &samples) const
{
    const auto batchSize = static_cast<std::size_t>(m_config.alignmentBatch);
    const auto labelledCount = static_cast<std::size_t>(m_config.alignmentLabelled);
    const std::vector<std::size_t> labelled =
        draw(joined(samples.labelled(), samples.completed()), labelledCount, key.step, m_config.seed, 51);
    const std::vector<std::size_t> unlabelled = draw(joined(samples.unlabelled(), samples.uncompleted()),
                                                     batchSize - labelledCount, key.step, m_config.seed, 52);
    return [this, key, labelled, unlabelled, symmetries = samples.symmetries(),
            labelledSamples = samplesAt(samples, labelled), unlabelledSamples = samplesAt(samples, unlabelled)] {
        return alignmentBatch(m_config, symmetries, key, labelled, unlabelled, labelledSamples, unlabelledSamples);
    };
}

StepLosses SemiGdaLearner::alignmentStep(const StepPlace &place, const SampleCache &samples)
{
    BatchKey key{place.stage, place.step, place.parts, false, false, samples.version()};
    const std::vector<AlignmentPart> parts = m_alignmentAhead.take(key, alignmentWork(key, samples));
    if (isPreparedAhead(m_config, m_device)) {
        ++key.step;
        m_alignmentAhead.begin(key, alignmentWork(key, samples));
    }
    m_networks->train();
    const double consistency = rampUp(m_config.consistencyPeak, place.t);
    return descend(
        place, [&](int part) { return alignmentLoss(samples, parts[static_cast<std::size_t>(part)], consistency); });
}

PartLoss SemiGdaLearner::alignmentLoss(const SampleCache &samples, const AlignmentPart &part, double consistency)
{
    if (part.indices.empty()) {
        return {};
    }
    const std::int64_t labelledCount = part.labelled;
    const auto unlabelledCount = static_cast<std::int64_t>(part.indices.size()) - labelledCount;
    PriorLatents &known = latents(samples);
    std::vector<torch::Tensor> imageLatents;
    std::vector<torch::Tensor> maskLatents;
    for (std::size_t i = 0; i < part.indices.size(); ++i) {
        const PreparedSample &sample = samples.sample(part.indices[i]);
        imageLatents.push_back(known.ofImage(sample, part.variants[i]));
        if (static_cast<std::int64_t>(i) < labelledCount) {
            maskLatents.push_back(known.ofMask(sample, part.variants[i]));
        }
    }
    const torch::Tensor input = toDevice(part.images);
    torch::Tensor v;
    torch::Tensor c;
    {
        const MixedPrecision mixed(m_device, m_isMixed);
        v = m_networks->mapping->forward(toDevice(torch::stack(imageLatents))).out.to(torch::kFloat32);
        // Without the pixels that encodeCnn() adds for the adapters: no adapter runs here.
        c = m_networks->latentMean(m_networks->prior->quantise(m_networks->cnn(input).moments)).to(torch::kFloat32);
    }
    PartLoss result;
    result.loss = torch::zeros({}, v.options());
    if (labelledCount > 0) {
        const torch::Tensor s = torch::stack(maskLatents).to(m_device);
        const torch::Tensor supervisedVae = torch::mse_loss(v.narrow(0, 0, labelledCount), s);
        const torch::Tensor supervisedCnn = torch::mse_loss(c.narrow(0, 0, labelledCount), s);
        result.loss = result.loss + supervisedVae + supervisedCnn;
        result.terms.emplace_back("aligned_vae", supervisedVae.item<double>());
        result.terms.emplace_back("aligned_cnn", supervisedCnn.item<double>());
    }
    if (unlabelledCount > 0) {
        const torch::Tensor vu = v.narrow(0, labelledCount, unlabelledCount);
        const torch::Tensor cu = c.narrow(0, labelledCount, unlabelledCount);
        const torch::Tensor agreement = torch::mse_loss(vu, cu.detach()) + torch::mse_loss(cu, vu.detach());
        result.loss = result.loss + consistency * agreement;
        result.terms.emplace_back("agreement", agreement.item<double>());
    }
    return result;
}

BranchProbabilities SemiGdaLearner::predict(const torch::Tensor &images)
{
    torch::NoGradGuard noGrad;
    const AveragedWeights inPlace(m_average);
    m_networks->eval();
    return decodeBranches(toDevice(images), false).probabilities;
}

torch::Tensor SemiGdaLearner::predictSamples(const torch::Tensor &images, int count)
{
    torch::NoGradGuard noGrad;
    const AveragedWeights inPlace(m_average);
    m_networks->eval();
    Encoded encoded = m_networks->encodeVae(toDevice(images));
    const torch::Tensor deepest = encoded.features.back();
    if (!m_config.usesSkipAdapters) {
        encoded.features.clear();
    }
    // A generator of its own: asking how sure a prediction is must not change what training draws next.
    auto generator = at::make_generator<at::CPUGeneratorImpl>(m_config.seed);
    const std::vector<std::int64_t> shape = m_networks->latentMean(encoded.moments).sizes().vec();
    std::vector<torch::Tensor> samples;
    for (int i = 0; i < count; ++i) {
        const torch::Tensor noise = torch::randn(shape, generator, torch::TensorOptions()).to(m_device);
        const torch::Tensor latent =
            m_networks->latentSample(encoded.moments, noise).contiguous(torch::MemoryFormat::ChannelsLast);
        const torch::Tensor code =
            m_networks->decodeMask(m_networks->mapping->forward(latent, deepest).out, encoded.features, Branch::Vae);
        samples.push_back(decodeProbabilities(code, m_colours));
    }
    return torch::stack(samples);
}

void SemiGdaLearner::storeNetworks(TensorFile &file)
{
    storeModule(*m_networks, "", file);
    file.metadata["latent_scale"] = core::numberText(m_networks->shape().latentScale, 17);
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
    const AveragedWeights inPlace(m_average);
    storeNetworks(file);
}

core::Result<void> SemiGdaLearner::loadForPrediction(const TensorFile &file, const std::string &fileName)
{
    const std::optional<double> scale = latentScaleIn(file.metadata);
    if (!scale) {
        return core::Error{core::ErrorCode::CorruptFile,
                           core::phrase("errors", "%1 does not say its latent scale; train again.").with(fileName)};
    }
    m_latents.reset();
    m_networks->setLatentScale(*scale);
    return restoreModule(*m_networks, "", file, fileName);
}

} // namespace semigda::learning
