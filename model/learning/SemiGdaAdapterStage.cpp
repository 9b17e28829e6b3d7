// SPDX-License-Identifier: Apache-2.0
// Stage 2 of SemiGDA (CDSA): skip adapters, cross pseudo-supervision and mixing. Method, section 3.
#include "learning/SemiGdaLearner_p.h"

#include "learning/ClassCodes_p.h"
#include "learning/Losses_p.h"

#include <algorithm>

namespace semigda::learning
{

namespace
{

/// What a branch is trained towards.
struct Target
{
    torch::Tensor probabilities; ///< one-hot, as Losses_p.h lays it out
    torch::Tensor code;          ///< the same as colours, [N, 3, S, S]
    torch::Tensor weight;        ///< [N, 1, S, S], 0 where nothing is known
};

torch::Tensor first(const torch::Tensor &t, std::int64_t count)
{
    return t.narrow(0, 0, count);
}

/// Dice; with weight also cross-entropy and the squared error of the colours.
torch::Tensor targetLoss(const torch::Tensor &probabilities, const torch::Tensor &code, const Target &target,
                         double entropyWeight, double codeWeight)
{
    torch::Tensor loss = diceLoss(probabilities, target.probabilities, target.weight);
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

/// A box of two thirds of each side changes places between labelled and unlabelled images (both ways).
class BoxMixer
{
public:
    BoxMixer(std::int64_t pairs, std::int64_t side, torch::Device device, StepRandom &random)
        : m_pairs(pairs)
        , m_inBox(torch::zeros({1, 1, side, side}, torch::TensorOptions(device)))
    {
        const std::int64_t box = side * 2 / 3;
        const auto top = static_cast<std::int64_t>(random.below(static_cast<std::size_t>(side - box + 1)));
        const auto left = static_cast<std::int64_t>(random.below(static_cast<std::size_t>(side - box + 1)));
        m_inBox.narrow(2, top, box).narrow(3, left, box).fill_(1.0);
    }
    torch::Tensor operator()(const torch::Tensor &labelled, const torch::Tensor &unlabelled) const
    {
        const torch::Tensor a = first(labelled, m_pairs);
        const torch::Tensor b = first(unlabelled, m_pairs);
        return torch::cat({a * (1.0 - m_inBox) + b * m_inBox, b * (1.0 - m_inBox) + a * m_inBox});
    }
    Target operator()(const Target &labelled, const Target &unlabelled) const
    {
        return {(*this)(labelled.probabilities, unlabelled.probabilities), (*this)(labelled.code, unlabelled.code),
                (*this)(labelled.weight, unlabelled.weight)};
    }

private:
    std::int64_t m_pairs;
    torch::Tensor m_inBox;
};

} // namespace

SemiGdaLearner::Decoded SemiGdaLearner::decodeBoth(const torch::Tensor &images, bool takeSample)
{
    Encoded vae;
    torch::Tensor imageLatent;
    {
        torch::NoGradGuard noGrad;
        vae = m_networks->prior->encode(images);
        imageLatent = m_networks->latentMean(vae.moments);
        if (takeSample) {
            imageLatent = m_networks->latentSample(vae.moments, torch::randn_like(imageLatent));
        }
    }
    const torch::Tensor v = m_networks->mapping->forward(imageLatent).out;
    const Encoded cnn = m_networks->encodeCnn(images);
    const torch::Tensor c = m_networks->latentMean(cnn.moments);
    Decoded decoded;
    decoded.vaeCode = m_networks->decodeMask(v, vae.features, Branch::Vae);
    decoded.cnnCode = m_networks->decodeMask(c, cnn.features, Branch::Cnn);
    decoded.probabilities = {decodeProbabilities(decoded.vaeCode, m_colours),
                             decodeProbabilities(decoded.cnnCode, m_colours)};
    return decoded;
}

BranchProbabilities SemiGdaLearner::taught(const torch::Tensor &images)
{
    torch::NoGradGuard noGrad;
    m_average->exchange();
    m_networks->eval();
    const BranchProbabilities probabilities = decodeBoth(images, false).probabilities;
    m_networks->train();
    m_average->exchange();
    return probabilities;
}

StepLosses SemiGdaLearner::adapterStep(const StepPlace &place, const SampleCache &samples)
{
    StepRandom random(m_config.seed, 60, static_cast<std::uint64_t>(place.step));
    const bool joinsUnlabelled = !samples.unlabelled().empty() && place.t >= m_config.unlabelledStart
                                 && m_config.consistencyPeak > 0.0 && m_config.adapterLabelled < m_config.adapterBatch;
    const int labelledCount = joinsUnlabelled ? m_config.adapterLabelled : m_config.adapterBatch;
    // Complete and partial images share the labelled part of the batch.
    const Batch labelled =
        augment(stack(samples, draw(joined(samples.labelled(), samples.partial()),
                                    static_cast<std::size_t>(labelledCount), place.step, m_config.seed, 61)),
                m_config, random);
    m_networks->train();
    const bool takeSample = random.chance(m_config.sampleProbability);

    const torch::Tensor masks = labelled.masks.to(m_device);
    Target truth;
    truth.weight = (masks != IgnoredIndex).to(torch::kFloat32).unsqueeze(1);
    truth.probabilities = oneHot(masks.masked_fill(masks == IgnoredIndex, 0), m_classes);
    truth.code = maskCode(labelled.masks);
    const double entropyWeight =
        samples.partial().empty() ? m_config.crossEntropyWeight : std::max(1.0, m_config.crossEntropyWeight);

    std::vector<torch::Tensor> inputs{toDevice(labelled.images)};
    torch::Tensor unlabelledImages;
    BranchProbabilities teacher;
    std::optional<BoxMixer> mixer;
    const bool isMixedOnly = m_config.usesAveragedTeacher && m_config.mixesOnly && place.t >= m_config.mixingStart;
    if (joinsUnlabelled) {
        TrainingConfig weak = m_config;
        weak.jitterProbability = m_config.usesAveragedTeacher ? 0.0 : m_config.jitterProbability;
        const Batch unlabelled = augment(
            stack(samples, draw(samples.unlabelled(), static_cast<std::size_t>(m_config.adapterBatch - labelledCount),
                                place.step, m_config.seed, 62)),
            weak, random);
        unlabelledImages = toDevice(unlabelled.images);
        if (m_config.usesAveragedTeacher) {
            // The average judges the picture as it is; who learns sees it under other colours.
            teacher = taught(unlabelledImages);
            unlabelledImages = toDevice(jitterColours(unlabelled.images, m_config, random));
        }
        if (place.t >= m_config.mixingStart) {
            mixer.emplace(std::min<std::int64_t>(labelledCount, m_config.adapterBatch - labelledCount),
                          unlabelledImages.size(2), m_device, random);
        }
        if (!isMixedOnly) {
            inputs.push_back(unlabelledImages);
        }
        if (mixer && m_config.usesAveragedTeacher) {
            inputs.push_back((*mixer)(inputs.front(), unlabelledImages));
        }
    }
    const torch::Tensor images = torch::cat(inputs).contiguous(torch::MemoryFormat::ChannelsLast);
    const Decoded decoded = decodeBoth(images, takeSample);
    const BranchProbabilities &p = decoded.probabilities;
    const torch::Tensor lossVae = targetLoss(first(p.vae, labelledCount), first(decoded.vaeCode, labelledCount), truth,
                                             entropyWeight, m_config.codeWeight);
    const torch::Tensor lossCnn = targetLoss(first(p.cnn, labelledCount), first(decoded.cnnCode, labelledCount), truth,
                                             entropyWeight, m_config.codeWeight);
    torch::Tensor loss = lossVae + lossCnn;
    std::vector<std::pair<std::string, double>> parts{{"labelled_vae", lossVae.item<double>()},
                                                      {"labelled_cnn", lossCnn.item<double>()}};
    if (!joinsUnlabelled) {
        return finishStep(place, loss, std::move(parts));
    }

    const double consistency = rampUp(m_config.consistencyPeak, place.t);
    const auto unlabelledCount = unlabelledImages.size(0);
    std::int64_t position = labelledCount;
    if (!m_config.usesAveragedTeacher) {
        teacher = {p.vae.narrow(0, position, unlabelledCount), p.cnn.narrow(0, position, unlabelledCount)};
    }
    const auto pseudoTarget = [&](const torch::Tensor &probabilities) {
        Target target;
        const double half = probabilities.size(1) == 1 ? 0.5 : 0.0;
        target.probabilities =
            pseudoLabel(probabilities, m_config.ignoresUnsure ? half : m_config.pseudoThreshold, m_largestOnly);
        target.weight = m_config.ignoresUnsure ? confidence(probabilities, m_config.pseudoThreshold)
                                               : torch::ones_like(probabilities.narrow(1, 0, 1));
        target.code = codeOf(target.probabilities);
        return target;
    };
    const double codeWeight = m_config.unlabelledCode ? m_config.codeWeight : 0.0;
    const Target fromVae = pseudoTarget(teacher.vae);
    const Target fromCnn = pseudoTarget(teacher.cnn);
    const auto crossLoss = [&](const Decoded &of, std::int64_t start, std::int64_t count, const Target &forVae,
                               const Target &forCnn) {
        return targetLoss(of.probabilities.vae.narrow(0, start, count), of.vaeCode.narrow(0, start, count), forVae, 0.0,
                          codeWeight)
               + targetLoss(of.probabilities.cnn.narrow(0, start, count), of.cnnCode.narrow(0, start, count), forCnn,
                            0.0, codeWeight);
    };
    if (!isMixedOnly) {
        const torch::Tensor cross = crossLoss(decoded, position, unlabelledCount, fromCnn, fromVae);
        loss = loss + consistency * cross;
        parts.emplace_back("cross", cross.item<double>());
        position += unlabelledCount;
    }
    if (mixer) {
        const Target forVae = (*mixer)(truth, fromCnn);
        const Target forCnn = (*mixer)(truth, fromVae);
        // Without a teacher the pseudo-labels of this very pass are needed first, so mixing takes a second one.
        const Decoded mixed = m_config.usesAveragedTeacher
                                  ? decoded
                                  : decodeBoth(toDevice((*mixer)(inputs.front(), unlabelledImages)), takeSample);
        const std::int64_t start = m_config.usesAveragedTeacher ? position : 0;
        const torch::Tensor mixLoss = crossLoss(mixed, start, forVae.weight.size(0), forVae, forCnn);
        loss = loss + consistency * mixLoss;
        parts.emplace_back("mixed", mixLoss.item<double>());
    }
    return finishStep(place, loss, std::move(parts));
}

torch::Tensor SemiGdaLearner::codeOf(const torch::Tensor &oneHotMasks) const
{
    const torch::Tensor indices =
        oneHotMasks.size(1) == 1 ? oneHotMasks.squeeze(1).to(torch::kInt64) : oneHotMasks.argmax(1);
    return encodeClasses(indices, m_colours).contiguous(torch::MemoryFormat::ChannelsLast);
}

} // namespace semigda::learning
