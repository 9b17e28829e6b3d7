// SPDX-License-Identifier: Apache-2.0
// Stage 2 of SemiGDA (CDSA): skip adapters, cross pseudo-supervision and mixing. Method, section 3.
#include "learning/SemiGdaLearner_p.h"

#include "learning/ClassCodes_p.h"
#include "learning/Inference_p.h"
#include "learning/Losses_p.h"
#include "learning/Precision_p.h"
#include "learning/PseudoTargets_p.h"

#include <algorithm>

namespace semigda::learning
{

namespace
{

/// Dice; with weight also cross-entropy and the squared error of the colours.
torch::Tensor targetLoss(const torch::Tensor &probabilities, const torch::Tensor &code, const Target &target,
                         DiceOver over, double entropyWeight, double codeWeight)
{
    torch::Tensor loss = diceLoss(probabilities, target.probabilities, target.weight, over);
    if (entropyWeight > 0.0) {
        loss = loss + entropyWeight * crossEntropy(probabilities, target.probabilities, target.weight);
    }
    if (codeWeight > 0.0) {
        // The clamp to [0, 1] has no slope where the decoder overshoots; the colour itself always has.
        loss = loss
               + codeWeight * ((code - target.code).square() * target.weight).sum()
                     / (3.0 * target.weight.sum()).clamp_min(1.0);
    }
    return loss;
}

} // namespace

SemiGdaLearner::Decoded SemiGdaLearner::decodeBranches(const torch::Tensor &images, bool takeSample, bool wantsVae)
{
    const MixedPrecision mixed(m_device, m_isMixed);
    Decoded decoded;
    if (wantsVae) {
        Encoded vae;
        torch::Tensor imageLatent;
        {
            torch::NoGradGuard noGrad;
            vae = m_networks->encodeVae(images);
            imageLatent = m_networks->latentMean(vae.moments);
            if (takeSample) {
                imageLatent = m_networks->latentSample(vae.moments, torch::randn_like(imageLatent));
            }
        }
        const torch::Tensor v = m_networks->mapping->forward(imageLatent, vae.features.back()).out;
        if (!m_config.usesSkipAdapters) {
            vae.features.clear();
        }
        decoded.vaeCode = m_networks->decodeMask(v, vae.features, Branch::Vae).to(torch::kFloat32);
        decoded.probabilities.vae = decodeProbabilities(decoded.vaeCode, m_colours);
    }
    Encoded cnn = m_networks->encodeCnn(images);
    if (!m_config.usesSkipAdapters) {
        cnn.features.clear();
    }
    decoded.cnnCode =
        m_networks->decodeMask(m_networks->latentMean(cnn.moments), cnn.features, Branch::Cnn).to(torch::kFloat32);
    decoded.probabilities.cnn = decodeProbabilities(decoded.cnnCode, m_colours);
    return decoded;
}

BranchProbabilities SemiGdaLearner::taught(const torch::Tensor &images)
{
    torch::NoGradGuard noGrad;
    const AveragedWeights inPlace(m_average);
    m_networks->eval();
    const BranchProbabilities probabilities = decodeBranches(images, false).probabilities;
    m_networks->train();
    return probabilities;
}

std::function<AdapterBatch()> SemiGdaLearner::adapterWork(const BatchKey &key, const SampleCache &samples) const
{
    const auto labelledCount =
        static_cast<std::size_t>(key.joinsUnlabelled ? m_config.adapterLabelled : m_config.adapterBatch);
    // Complete and partial images share the labelled part of the batch.
    const std::vector<std::size_t> labelled =
        draw(joined(samples.labelled(), samples.partial()), labelledCount, key.step, m_config.seed, 61);
    std::vector<std::size_t> unlabelled;
    if (key.joinsUnlabelled) {
        unlabelled = draw(samples.unlabelled(), static_cast<std::size_t>(m_config.adapterBatch) - labelledCount,
                          key.step, m_config.seed, 62);
    }
    return [this, key, symmetries = samples.symmetries(), labelledSamples = samplesAt(samples, labelled),
            unlabelledSamples = samplesAt(samples, unlabelled)] {
        return adapterBatch(m_config, symmetries, key, labelledSamples, unlabelledSamples);
    };
}

StepLosses SemiGdaLearner::adapterStep(const StepPlace &place, const SampleCache &samples)
{
    BatchKey key{place.stage, place.step, place.parts, false, false, samples.version()};
    key.joinsUnlabelled = !samples.unlabelled().empty() && place.t >= m_config.unlabelledStart
                          && m_config.consistencyPeak > 0.0 && m_config.adapterLabelled < m_config.adapterBatch;
    key.mixes = key.joinsUnlabelled && place.t >= m_config.mixingStart;
    const AdapterBatch batch = m_adapterAhead.take(key, adapterWork(key, samples));
    if (isPreparedAhead(m_config, m_device)) {
        ++key.step; // whatever joins by then is seen to when the step comes
        m_adapterAhead.begin(key, adapterWork(key, samples));
    }
    m_networks->train();
    const bool trainsVae = !m_config.usesAveragedTeacher || place.step % m_config.vaeEvery == 0;
    return descend(place, [&](int part) {
        return adapterLoss(place, samples, batch.parts[static_cast<std::size_t>(part)], batch.takesSample, trainsVae);
    });
}

PartLoss SemiGdaLearner::adapterLoss(const StepPlace &place, const SampleCache &samples, const AdapterPart &part,
                                     bool takeSample, bool trainsVae)
{
    const auto labelledCount = part.plain.size(0);
    const torch::Tensor masks = part.masks.to(m_device);
    Target truth;
    truth.weight = (masks != IgnoredIndex).to(torch::kFloat32).unsqueeze(1);
    truth.probabilities = oneHot(masks.masked_fill(masks == IgnoredIndex, 0), m_classes);
    truth.code = maskCode(part.masks);
    const bool hasPartial = std::find(part.isPartial.begin(), part.isPartial.end(), true) != part.isPartial.end();
    if (hasPartial && m_config.usesAveragedTeacher && m_config.balancesStrokes) {
        balanceStrokes(truth, part.isPartial, taught(toDevice(part.plain)), place.vaeWeight, m_config, m_rules);
    }
    const double entropyWeight = std::max({m_config.crossEntropyWeight, samples.partial().empty() ? 0.0 : 1.0,
                                           m_classes > 1 ? m_config.classEntropyWeight : 0.0});

    std::vector<torch::Tensor> inputs{toDevice(part.shown)};
    BranchProbabilities teacher;
    const bool hasTeacher = m_config.usesAveragedTeacher;
    const bool isMixedOnly = hasTeacher && m_config.mixesOnly && place.t >= m_config.mixingStart;
    const bool joinsUnlabelled = part.unlabelled.defined();
    const std::int64_t unlabelledCount = joinsUnlabelled ? part.unlabelled.size(0) : 0;
    if (joinsUnlabelled) {
        if (hasTeacher) {
            teacher = taught(toDevice(part.unlabelled));
        }
        if (!isMixedOnly) {
            inputs.push_back(toDevice(part.shownUnlabelled));
        }
        if (part.mixer && hasTeacher) {
            inputs.push_back(toDevice(part.mixed));
        }
    }
    const Decoded decoded =
        decodeBranches(torch::cat(inputs).contiguous(torch::MemoryFormat::ChannelsLast), takeSample, trainsVae);
    const DiceOver over = diceOver(m_config, samples);
    const auto lossOf = [over](const Decoded &of, std::int64_t start, const Target &forVae, const Target &forCnn,
                               double entropy, double code) {
        const auto count = forVae.weight.size(0);
        torch::Tensor vae;
        if (of.vaeCode.defined()) {
            vae = targetLoss(of.probabilities.vae.narrow(0, start, count), of.vaeCode.narrow(0, start, count), forVae,
                             over, entropy, code);
        }
        return std::pair(vae, targetLoss(of.probabilities.cnn.narrow(0, start, count),
                                         of.cnnCode.narrow(0, start, count), forCnn, over, entropy, code));
    };
    const auto [lossVae, lossCnn] = lossOf(decoded, 0, truth, truth, entropyWeight, m_config.codeWeight);
    PartLoss result;
    result.loss = lossCnn;
    result.terms = {{"labelled_cnn", lossCnn.item<double>()}};
    if (lossVae.defined()) {
        result.loss = result.loss + lossVae;
        result.terms.emplace_back("labelled_vae", lossVae.item<double>());
    }
    if (!joinsUnlabelled) {
        return result;
    }

    const double consistency = rampUp(m_config.consistencyPeak, place.t);
    const double codeWeight = m_config.unlabelledCode ? m_config.codeWeight : 0.0;
    const double trustInVae = m_config.weighsTrust ? 2.0 * place.vaeWeight : 1.0;
    const auto add = [&](const char *name, const std::pair<torch::Tensor, torch::Tensor> &losses) {
        torch::Tensor both = trustInVae * losses.second;
        if (losses.first.defined()) {
            both = both + (2.0 - trustInVae) * losses.first;
        }
        result.loss = result.loss + consistency * both;
        result.terms.emplace_back(name, both.item<double>());
    };
    std::int64_t position = labelledCount;
    if (!hasTeacher) {
        const BranchProbabilities &p = decoded.probabilities;
        teacher = {p.vae.narrow(0, position, unlabelledCount), p.cnn.narrow(0, position, unlabelledCount)};
    }
    const BranchProbabilities branches = teacher;
    if (hasTeacher && m_config.sharesTeacher) {
        teacher.vae = weightedMean(teacher, place.vaeWeight);
        teacher.cnn = teacher.vae;
    }
    const auto targetOf = [&](const torch::Tensor &probabilities) {
        Target target = pseudoTarget(probabilities, branches, m_config, m_rules);
        target.code = codeOf(target.probabilities);
        return target;
    };
    const Target fromVae = targetOf(teacher.vae);
    const Target fromCnn = targetOf(teacher.cnn);
    if (!isMixedOnly) {
        add("cross", lossOf(decoded, position, fromCnn, fromVae, 0.0, codeWeight));
        position += unlabelledCount;
    }
    if (part.mixer) {
        // Without a teacher the pseudo-labels of this very pass are needed first, so mixing takes a second one.
        const Decoded mixed = hasTeacher ? decoded : decodeBranches(toDevice(part.mixed), takeSample);
        add("mixed", lossOf(mixed, hasTeacher ? position : 0, (*part.mixer)(truth, fromCnn),
                            (*part.mixer)(truth, fromVae), 0.0, codeWeight));
    }
    return result;
}

torch::Tensor SemiGdaLearner::codeOf(const torch::Tensor &oneHotMasks) const
{
    const torch::Tensor indices =
        oneHotMasks.size(1) == 1 ? oneHotMasks.squeeze(1).to(torch::kInt64) : oneHotMasks.argmax(1);
    return encodeClasses(indices, m_colours).contiguous(torch::MemoryFormat::ChannelsLast);
}

} // namespace semigda::learning
