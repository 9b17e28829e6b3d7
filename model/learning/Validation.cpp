// SPDX-License-Identifier: Apache-2.0
#include "learning/Validation_p.h"

#include "learning/ClassCodes_p.h"
#include "learning/Guarded_p.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace semigda::learning
{

namespace
{

/// Kept in memory at once; more images would not make the estimate much better.
constexpr std::size_t MostImages = 400;

double meanOf(const std::vector<double> &values)
{
    double sum = 0.0;
    for (const double value : values) {
        sum += value;
    }
    return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

torch::Tensor toBytes(const torch::Tensor &probabilities)
{
    return probabilities.mul(255.0).round().to(torch::kUInt8);
}

torch::Tensor fromBytes(const torch::Tensor &bytes)
{
    return bytes.to(torch::kFloat32).div(255.0);
}

} // namespace

void Validation::start(const SampleCache &samples, const TrainingConfig &config)
{
    m_kept.clear();
    add(samples, config);
}

void Validation::add(const SampleCache &samples, const TrainingConfig &config)
{
    m_pending = samples.validation();
    if (m_pending.size() > MostImages) {
        StepRandom random(config.seed, 110, 0);
        const std::vector<std::size_t> order = random.permutation(m_pending.size());
        std::vector<std::size_t> drawn;
        for (std::size_t i = 0; i < MostImages; ++i) {
            drawn.push_back(m_pending[order[i]]);
        }
        m_pending = std::move(drawn);
    }
    std::reverse(m_pending.begin(), m_pending.end());
}

bool Validation::next(Learner &learner, const SampleCache &samples, const TrainingConfig &config)
{
    std::vector<std::size_t> indices;
    while (!m_pending.empty() && indices.size() < m_batch) {
        indices.push_back(m_pending.back());
        m_pending.pop_back();
    }
    if (!indices.empty()) {
        BranchProbabilities p;
        try {
            p = predictBranches(learner, stack(samples, indices).images, testView(config));
        } catch (const std::exception &failure) {
            if (!isOutOfMemory(failure) || indices.size() < 2) {
                throw;
            }
            m_batch = indices.size() / 2;
            m_pending.insert(m_pending.end(), indices.rbegin(), indices.rend());
            return true;
        }
        for (std::size_t i = 0; i < indices.size(); ++i) {
            const auto row = static_cast<std::int64_t>(i);
            m_kept.push_back({indices[i], {toBytes(p.vae.narrow(0, row, 1)), toBytes(p.cnn.narrow(0, row, 1))}});
        }
    }
    return !m_pending.empty();
}

ValidationResult Validation::finish(const SampleCache &samples, bool hasTwoBranches, double usualWeight)
{
    torch::NoGradGuard noGrad;
    const MaskRules rules = samples.maskRules();
    ValidationResult result;
    std::vector<double> vaeScores;
    std::vector<double> cnnScores;
    for (const Kept &kept : m_kept) {
        const auto [truth, weight] = truthOf(samples, kept);
        const BranchProbabilities p{fromBytes(kept.probabilities.vae), fromBytes(kept.probabilities.cnn)};
        vaeScores.push_back(diceScores(hardMasks(p.vae, p, rules), truth, weight).front());
        cnnScores.push_back(diceScores(hardMasks(p.cnn, p, rules), truth, weight).front());
    }
    result.vaeDice = meanOf(vaeScores);
    result.cnnDice = meanOf(cnnScores);
    result.vaeWeight = hasTwoBranches ? findWeight(samples, usualWeight) : 0.5;

    std::vector<double> scores;
    std::vector<double> outlinedScores;
    std::vector<double> expectedErrors;
    for (const Kept &kept : m_kept) {
        const auto [truth, weight] = truthOf(samples, kept);
        const BranchProbabilities p{fromBytes(kept.probabilities.vae), fromBytes(kept.probabilities.cnn)};
        const torch::Tensor mean = weightedMean(p, result.vaeWeight);
        const torch::Tensor mask = hardMasks(mean, p, rules);
        const std::vector<double> ofClasses = classDiceScores(mask, truth, weight).front();
        scores.push_back(meanOf(ofClasses));
        const std::vector<ExpectedDice> expected = expectedDice(mean, mask, rules.absentShares).front();
        // Where people paint strokes they are sure, and so are networks: that tells nothing of a whole mask's Dice.
        const bool isComplete = weight.min().item<float>() > 0.0F;
        for (std::size_t c = 0; c < ofClasses.size(); ++c) {
            if (isComplete && !expected[c].isEmpty) {
                outlinedScores.push_back(ofClasses[c]);
                expectedErrors.push_back(1.0 - expected[c].dice);
            }
        }
        result.scores.push_back({samples.sample(kept.index).item.id.value, scores.back()});
    }
    result.dice = meanOf(scores);
    result.calibration = calibrate(expectedErrors, outlinedScores);
    m_kept.clear();
    return result;
}

Validation::Truth Validation::truthOf(const SampleCache &samples, const Kept &kept)
{
    const torch::Tensor mask = samples.sample(kept.index).mask.to(torch::kInt64).unsqueeze(0);
    return {oneHot(mask.masked_fill(mask == IgnoredIndex, 0), samples.classCount()),
            (mask != IgnoredIndex).to(torch::kFloat32).unsqueeze(1)};
}

double Validation::findWeight(const SampleCache &samples, double usualWeight) const
{
    // Masks have to be made for every weight and image.
    constexpr std::size_t Steps = 10;
    constexpr std::size_t MostTried = 20;
    const MaskRules rules = samples.maskRules();
    const std::size_t stride = std::max<std::size_t>((m_kept.size() + MostTried - 1) / MostTried, 1);
    std::vector<double> dice(Steps + 1, 0.0);
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_kept.size(); i += stride, ++count) {
        const auto [truth, weight] = truthOf(samples, m_kept[i]);
        const BranchProbabilities p{fromBytes(m_kept[i].probabilities.vae), fromBytes(m_kept[i].probabilities.cnn)};
        for (std::size_t step = 0; step <= Steps; ++step) {
            const torch::Tensor mean = weightedMean(p, static_cast<double>(step) / Steps);
            dice[step] += diceScores(hardMasks(mean, p, rules), truth, weight).front();
        }
    }
    if (count == 0) {
        return usualWeight;
    }
    for (double &each : dice) {
        each /= static_cast<double>(count);
    }
    return bestWeight(dice, count, usualWeight);
}

double bestWeight(const std::vector<double> &meanDice, std::size_t images, double usualWeight)
{
    // With two images a quarter more or less must gain 0.003 to be believed, see README.md.
    constexpr double Pull = 0.1;
    double best = usualWeight;
    double bestValue = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < meanDice.size(); ++i) {
        const double weight = static_cast<double>(i) / static_cast<double>(meanDice.size() - 1);
        const double away = weight - usualWeight;
        const double value = meanDice[i] - Pull / static_cast<double>(images) * away * away;
        if (value > bestValue) {
            bestValue = value;
            best = weight;
        }
    }
    return best;
}

bool mayReplace(const std::vector<ScoredImage> &best, const std::vector<ScoredImage> &candidate)
{
    std::map<std::int64_t, double> bestOf;
    for (const ScoredImage &score : best) {
        bestOf[score.id] = score.dice;
    }
    std::vector<double> losses;
    for (const ScoredImage &score : candidate) {
        if (const auto found = bestOf.find(score.id); found != bestOf.end()) {
            losses.push_back(found->second - score.dice);
        }
    }
    if (losses.size() < 2) {
        return true;
    }
    const double mean = meanOf(losses);
    double squares = 0.0;
    for (const double loss : losses) {
        squares += (loss - mean) * (loss - mean);
    }
    const auto count = static_cast<double>(losses.size());
    return mean <= std::sqrt(squares / (count - 1.0) / count);
}

} // namespace semigda::learning
