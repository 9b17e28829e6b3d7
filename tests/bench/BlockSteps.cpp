// SPDX-License-Identifier: Apache-2.0
#include "bench/BlockSteps.h"

#include "bench/Measuring.h"
#include "learning/ClassCodes_p.h"
#include "learning/Losses_p.h"
#include "learning/Precision_p.h"

#include <algorithm>
#include <numeric>

namespace semigda::bench
{

namespace
{

using namespace learning;

/// Late enough in the run that whatever is unlabelled counts.
constexpr double Progress = 0.8;
constexpr std::size_t ReadyBatches = 4;

std::vector<std::size_t> together(std::vector<std::size_t> a, const std::vector<std::size_t> &b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

torch::Tensor firstOf(const torch::Tensor &x, std::int64_t count)
{
    return x.narrow(0, 0, count);
}

torch::Tensor restOf(const torch::Tensor &x, std::int64_t count)
{
    return x.narrow(0, count, x.size(0) - count);
}

} // namespace

const char *describe(Phase phase)
{
    switch (phase) {
    case Phase::Batch:
        return "stack, augment";
    case Phase::Encode:
        return "prior encoder";
    case Phase::Mapping:
        return "mapping model";
    case Phase::Cnn:
        return "CNN encoder";
    case Phase::Decode:
        return "decoder";
    case Phase::Losses:
        return "losses, pseudo-labels";
    case Phase::Backward:
        return "backward";
    case Phase::Optimiser:
        return "optimiser";
    case Phase::Average:
        return "weight average";
    }
    return "";
}

void PhaseTimes::start()
{
    m_last = now();
}

void PhaseTimes::lap(Phase phase)
{
    const double at = now();
    m_seconds[static_cast<std::size_t>(phase)] += at - m_last;
    m_last = at;
}

double PhaseTimes::total() const
{
    return std::accumulate(m_seconds.begin(), m_seconds.end(), 0.0);
}

BlockSteps::BlockSteps(const TrainingConfig &config, const SampleCache &samples, Path path)
    : m_config(config)
    , m_samples(samples)
    , m_path(path)
    , m_networks(config.shape)
    , m_colours(classColours(samples.classCount()))
    , m_largestOnly(samples.maskRules().largestOnly)
{
    m_networks->initialise();
    if (isProduct()) {
        toChannelsLast(*m_networks);
    }
}

torch::Tensor BlockSteps::laidOut(const torch::Tensor &x) const
{
    return x.contiguous(isProduct() ? torch::MemoryFormat::ChannelsLast : torch::MemoryFormat::Contiguous);
}

torch::Tensor BlockSteps::maskCode(const torch::Tensor &masks) const
{
    return laidOut(encodeClasses(masks.masked_fill(masks == IgnoredIndex, 0), m_colours));
}

torch::Tensor BlockSteps::encodedMean(const torch::Tensor &images)
{
    return m_networks->latentMean(m_networks->prior->encode(images).moments);
}

void BlockSteps::enterStage(Stage stage)
{
    m_stage = stage;
    m_step = 0;
    m_times = {};
    m_optimisers.clear();
    m_referenceOptimisers.clear();
    m_average.reset();
    m_ready.clear();
    m_networks->train();
    const std::vector<torch::Tensor> mapping = m_networks->mappingParameters();
    const std::vector<torch::Tensor> cnn = m_networks->cnnParameters();
    const std::vector<torch::Tensor> adapters = m_networks->adapterParameters();
    const auto all = [&] {
        std::vector<torch::Tensor> parameters = adapters;
        parameters.insert(parameters.end(), mapping.begin(), mapping.end());
        parameters.insert(parameters.end(), cnn.begin(), cnn.end());
        return parameters;
    };
    if (stage == Prior) {
        std::vector<torch::Tensor> parameters;
        for (auto &item : m_networks->prior->named_parameters()) {
            item.value().set_requires_grad(item.key().find("Jump_") == std::string::npos);
            if (item.value().requires_grad()) {
                parameters.push_back(item.value());
            }
        }
        m_optimisers.emplace_back(parameters, m_config.priorRate, 0.0, true);
        return;
    }
    m_networks->freezePrior();
    if (isProduct()) {
        if (stage == Alignment) {
            cacheLatents();
            m_optimisers.emplace_back(mapping, m_config.mappingRate, 1e-2, true);
            m_optimisers.emplace_back(cnn, m_config.cnnRate, m_config.weightDecay, m_config.useAdamForCnn);
            return;
        }
        m_optimisers.emplace_back(all(), m_config.adapterRate, m_config.weightDecay, m_config.useAdamForAdapters);
        std::vector<torch::Tensor> averaged = averagedTensors({m_networks->mapping.get(), m_networks->cnn.get()});
        averaged.insert(averaged.end(), adapters.begin(), adapters.end());
        m_average = std::make_unique<WeightAverage>(std::move(averaged), m_config.averageDecay);
        return;
    }
    const auto sgd = [](std::vector<torch::Tensor> parameters) {
        return std::make_unique<torch::optim::SGD>(std::move(parameters),
                                                   torch::optim::SGDOptions(0.01).momentum(0.9).weight_decay(1e-4));
    };
    if (stage == Alignment) {
        m_referenceOptimisers.push_back(
            std::make_unique<torch::optim::AdamW>(mapping, torch::optim::AdamWOptions(2e-3)));
        m_referenceOptimisers.push_back(sgd(cnn));
    } else {
        m_referenceOptimisers.push_back(sgd(all()));
    }
    for (std::size_t i = 0; i < ReadyBatches; ++i) {
        m_ready.push_back(prepare(static_cast<std::int64_t>(i)));
    }
}

void BlockSteps::cacheLatents()
{
    torch::NoGradGuard noGrad;
    m_imageLatents.assign(m_samples.size(), {});
    m_maskLatents.assign(m_samples.size(), {});
    const auto allVariants = [](const torch::Tensor &planes) {
        std::vector<torch::Tensor> variants;
        for (int i = 0; i < 8; ++i) {
            variants.push_back(dihedral(planes, i));
        }
        return torch::cat(variants);
    };
    for (const std::size_t i : together(m_samples.labelled(), m_samples.unlabelled())) {
        const Batch one = stack(m_samples, {i});
        m_imageLatents[i] = encodedMean(laidOut(allVariants(one.images)));
        m_maskLatents[i] = encodedMean(maskCode(allVariants(one.masks)));
    }
}

BlockSteps::Prepared BlockSteps::prepareAligned(std::int64_t step)
{
    StepRandom random(m_config.seed, 50, static_cast<std::uint64_t>(step));
    const auto labelled = static_cast<std::size_t>(m_config.alignmentLabelled);
    const auto rest = static_cast<std::size_t>(m_config.alignmentBatch) - labelled;
    const std::vector<std::size_t> chosen = together(draw(m_samples.labelled(), labelled, step, m_config.seed, 51),
                                                     draw(m_samples.unlabelled(), rest, step, m_config.seed, 52));
    std::vector<torch::Tensor> images;
    std::vector<torch::Tensor> imageLatents;
    std::vector<torch::Tensor> maskLatents;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const auto variant = static_cast<int>(random.below(8));
        images.push_back(dihedral(m_samples.sample(chosen[i]).image, variant));
        imageLatents.push_back(m_imageLatents[chosen[i]][variant]);
        if (i < labelled) {
            maskLatents.push_back(m_maskLatents[chosen[i]][variant]);
        }
    }
    const torch::Tensor stacked = torch::stack(images).to(torch::kFloat32).div_(127.5).sub_(1.0);
    Prepared batch;
    batch.images = laidOut(jitterColours(stacked, m_config, random));
    batch.imageLatents = laidOut(torch::stack(imageLatents));
    batch.maskLatents = torch::stack(maskLatents);
    return batch;
}

BlockSteps::Prepared BlockSteps::prepare(std::int64_t step)
{
    if (m_stage == Alignment && isProduct()) {
        return prepareAligned(step);
    }
    StepRandom random(m_config.seed, 60 + m_stage, static_cast<std::uint64_t>(step));
    const auto drawn = [&](const std::vector<std::size_t> &pool, int count, std::uint64_t stream) {
        return augment(stack(m_samples, draw(pool, static_cast<std::size_t>(count), step, m_config.seed, stream)),
                       m_config, AllSymmetries, random);
    };
    int labelledCount = m_config.priorBatch / 2;
    int count = m_config.priorBatch;
    if (m_stage == Alignment) {
        labelledCount = m_config.alignmentLabelled;
        count = m_config.alignmentBatch;
    } else if (m_stage == Adapters) {
        labelledCount = m_config.adapterLabelled;
        count = m_config.adapterBatch;
    }
    const Batch labelled = drawn(m_samples.labelled(), labelledCount, 61);
    const Batch unlabelled = drawn(m_samples.unlabelled(), count - labelledCount, 62);
    Prepared batch;
    batch.masks = labelled.masks;
    batch.images = m_stage == Prior ? laidOut(torch::cat({laidOut(unlabelled.images), maskCode(labelled.masks)}))
                                    : laidOut(torch::cat({labelled.images, unlabelled.images}));
    return batch;
}

void BlockSteps::step(bool mixes)
{
    m_times.start();
    const Prepared batch = isProduct() ? prepare(m_step) : m_ready[static_cast<std::size_t>(m_step) % m_ready.size()];
    if (isProduct()) {
        m_times.lap(Phase::Batch);
    }
    torch::Tensor loss;
    switch (m_stage) {
    case Prior:
        loss = priorLoss(batch);
        break;
    case Alignment:
        loss = alignmentLoss(batch);
        break;
    case Adapters:
        loss = adapterLoss(batch, mixes);
        break;
    }
    m_times.lap(Phase::Losses);
    descend(loss);
    ++m_step;
}

void BlockSteps::descend(const torch::Tensor &loss)
{
    for (Optimiser &optimiser : m_optimisers) {
        optimiser.zeroGradients();
    }
    for (const auto &optimiser : m_referenceOptimisers) {
        optimiser->zero_grad();
    }
    m_times.lap(Phase::Optimiser);
    loss.backward();
    m_times.lap(Phase::Backward);
    for (Optimiser &optimiser : m_optimisers) {
        static_cast<void>(optimiser.step());
    }
    for (const auto &optimiser : m_referenceOptimisers) {
        optimiser->step();
    }
    m_times.lap(Phase::Optimiser);
    if (m_average) {
        m_average->update();
        m_times.lap(Phase::Average);
    }
}

torch::Tensor BlockSteps::priorLoss(const Prepared &batch)
{
    const torch::Tensor moments = m_networks->prior->encode(batch.images).moments;
    m_times.lap(Phase::Encode);
    const int z = m_networks->shape().latentChannels;
    const torch::Tensor mean = moments.narrow(1, 0, z);
    const torch::Tensor logVariance = moments.narrow(1, z, z).clamp(-30.0, 20.0);
    const torch::Tensor latent = mean + torch::exp(0.5 * logVariance) * torch::randn_like(mean);
    m_times.lap(Phase::Losses);
    const torch::Tensor decoded = m_networks->prior->decode(latent);
    m_times.lap(Phase::Decode);
    const torch::Tensor kl = 0.5 * (mean.square() + logVariance.exp() - 1.0 - logVariance).sum();
    return torch::mse_loss(decoded, batch.images) + m_config.priorKlWeight * kl;
}

torch::Tensor BlockSteps::alignmentLoss(const Prepared &batch)
{
    const std::int64_t labelled = m_config.alignmentLabelled;
    const torch::Tensor imageLatents = isProduct() ? batch.imageLatents : encodedMean(batch.images);
    const torch::Tensor s = isProduct() ? batch.maskLatents : encodedMean(maskCode(batch.masks));
    m_times.lap(Phase::Encode);
    torch::Tensor v;
    torch::Tensor c;
    {
        const MixedPrecision mixed(torch::kCPU, isMixed());
        v = m_networks->mapping->forward(imageLatents).out.to(torch::kFloat32);
        m_times.lap(Phase::Mapping);
        c = m_networks->latentMean(m_networks->encodeCnn(batch.images).moments).to(torch::kFloat32);
        m_times.lap(Phase::Cnn);
    }
    const torch::Tensor vu = restOf(v, labelled);
    const torch::Tensor cu = restOf(c, labelled);
    const torch::Tensor agreement = torch::mse_loss(vu, cu.detach()) + torch::mse_loss(cu, vu.detach());
    return torch::mse_loss(firstOf(v, labelled), s) + torch::mse_loss(firstOf(c, labelled), s)
           + rampUp(m_config.consistencyPeak, Progress) * agreement;
}

bool BlockSteps::isMixed() const
{
    return isProduct() && m_config.mixedPrecision && hasFastBFloat16(torch::kCPU);
}

BlockSteps::Decoded BlockSteps::decodeBoth(const torch::Tensor &images, bool takesSample)
{
    const MixedPrecision mixed(torch::kCPU, isMixed());
    const Encoded prior = m_networks->encodeVae(images);
    torch::Tensor latent = m_networks->latentMean(prior.moments);
    if (takesSample) {
        latent = m_networks->latentSample(prior.moments, torch::randn_like(latent));
    }
    m_times.lap(Phase::Encode);
    const torch::Tensor v = m_networks->mapping->forward(latent, prior.features.back()).out;
    m_times.lap(Phase::Mapping);
    const Encoded cnn = m_networks->encodeCnn(images);
    m_times.lap(Phase::Cnn);
    const torch::Tensor vaeCode = m_networks->decodeMask(v, prior.features, Branch::Vae).to(torch::kFloat32);
    const torch::Tensor cnnCode =
        m_networks->decodeMask(m_networks->latentMean(cnn.moments), cnn.features, Branch::Cnn).to(torch::kFloat32);
    m_times.lap(Phase::Decode);
    return {decodeProbabilities(vaeCode, m_colours), decodeProbabilities(cnnCode, m_colours), vaeCode + cnnCode};
}

torch::Tensor BlockSteps::adapterLoss(const Prepared &batch, bool mixes)
{
    const std::int64_t labelled = m_config.adapterLabelled;
    const bool takesSample = m_step % 2 == 0;
    const Decoded decoded = decodeBoth(batch.images, takesSample);
    const torch::Tensor target =
        oneHot(batch.masks.masked_fill(batch.masks == IgnoredIndex, 0), m_samples.classCount());
    torch::Tensor loss =
        diceLoss(firstOf(decoded.vae, labelled), target) + diceLoss(firstOf(decoded.cnn, labelled), target);
    if (isProduct() && m_config.codeWeight > 0.0) {
        const torch::Tensor trueCodes = 2.0 * maskCode(batch.masks);
        loss = loss + m_config.codeWeight * torch::mse_loss(firstOf(decoded.codes, labelled), trueCodes);
    }
    const double weight = rampUp(m_config.consistencyPeak, Progress);
    const torch::Tensor pseudoVae = pseudoLabel(restOf(decoded.vae, labelled), m_config.pseudoThreshold, m_largestOnly);
    const torch::Tensor pseudoCnn = pseudoLabel(restOf(decoded.cnn, labelled), m_config.pseudoThreshold, m_largestOnly);
    loss = loss
           + weight
                 * (diceLoss(restOf(decoded.vae, labelled), pseudoCnn)
                    + diceLoss(restOf(decoded.cnn, labelled), pseudoVae));
    if (!mixes) {
        return loss;
    }
    const auto side = batch.images.size(2);
    torch::Tensor inBox = torch::zeros({1, 1, side, side});
    inBox.narrow(2, side / 6, side * 2 / 3).narrow(3, side / 6, side * 2 / 3).fill_(1.0);
    const auto pairs = std::min<std::int64_t>(labelled, batch.images.size(0) - labelled);
    const auto mix = [&](const torch::Tensor &a, const torch::Tensor &b) {
        const torch::Tensor x = firstOf(a, pairs);
        const torch::Tensor y = firstOf(b, pairs);
        return torch::cat({x * (1.0 - inBox) + y * inBox, y * (1.0 - inBox) + x * inBox});
    };
    const torch::Tensor mixedImages = laidOut(mix(firstOf(batch.images, labelled), restOf(batch.images, labelled)));
    m_times.lap(Phase::Losses);
    const Decoded mixed = decodeBoth(mixedImages, takesSample);
    return loss + weight * (diceLoss(mixed.vae, mix(target, pseudoCnn)) + diceLoss(mixed.cnn, mix(target, pseudoVae)));
}

torch::Tensor BlockSteps::predict(const torch::Tensor &images)
{
    m_networks->eval();
    const Decoded decoded = decodeBoth(laidOut(images), false);
    return (decoded.vae + decoded.cnn) / 2.0;
}

} // namespace semigda::bench
