// SPDX-License-Identifier: Apache-2.0
#include "learning/Learner_p.h"

#include "learning/SemiGdaLearner_p.h"
#include "learning/SupervisedLearner_p.h"

namespace semigda::learning
{

core::Result<std::unique_ptr<Learner>> makeLearner(const TrainingConfig &config, int classes, torch::Device device)
{
    if (config.method == Method::Supervised) {
        return std::unique_ptr<Learner>(std::make_unique<SupervisedLearner>(config, classes, device));
    }
    auto learner = std::make_unique<SemiGdaLearner>(config, classes, device);
    if (!config.priorFile.empty()) {
        if (const auto loaded = learner->loadPrior(config.priorFile); !loaded) {
            return loaded.error();
        }
    } else if (config.usesShippedPrior && config.shape == NetworkShape::compact()) {
        if (const auto loaded = learner->loadShippedWeights(ShippedPart::Prior); !loaded) {
            return loaded.error();
        }
    }
    return std::unique_ptr<Learner>(std::move(learner));
}

core::Result<std::unique_ptr<Learner>> loadLearner(const TrainingConfig &config, int classes, torch::Device device,
                                                   const TensorFile &file, const std::string &fileName)
{
    if (config.method == Method::Supervised) {
        auto learner = std::make_unique<SupervisedLearner>(config, classes, device);
        if (const auto loaded = learner->loadForPrediction(file, fileName); !loaded) {
            return loaded.error();
        }
        return std::unique_ptr<Learner>(std::move(learner));
    }
    auto learner = std::make_unique<SemiGdaLearner>(config, classes, device);
    if (const auto loaded = learner->loadForPrediction(file, fileName); !loaded) {
        return loaded.error();
    }
    return std::unique_ptr<Learner>(std::move(learner));
}

std::vector<std::size_t> joined(std::vector<std::size_t> a, const std::vector<std::size_t> &b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

std::vector<std::size_t> draw(const std::vector<std::size_t> &pool, std::size_t count, std::int64_t step,
                              std::uint64_t seed, std::uint64_t stream)
{
    std::vector<std::size_t> drawn;
    if (pool.empty()) {
        return drawn;
    }
    const std::uint64_t first = static_cast<std::uint64_t>(step) * count;
    std::vector<std::size_t> order;
    std::uint64_t orderPass = ~std::uint64_t{0};
    for (std::uint64_t position = first; position < first + count; ++position) {
        const std::uint64_t pass = position / pool.size();
        if (pass != orderPass) {
            orderPass = pass;
            order = StepRandom(seed, stream, pass).permutation(pool.size());
        }
        drawn.push_back(pool[order[position % pool.size()]]);
    }
    return drawn;
}

DiceOver diceOver(const TrainingConfig &config, const SampleCache &samples)
{
    return config.batchDice && samples.lacksClasses() ? DiceOver::Batch : DiceOver::Image;
}

Batch stack(const SampleCache &samples, const std::vector<std::size_t> &indices)
{
    std::vector<PreparedSample> chosen;
    for (const std::size_t index : indices) {
        chosen.push_back(samples.sample(index));
    }
    return stack(chosen);
}

Batch stack(const std::vector<PreparedSample> &samples)
{
    std::vector<torch::Tensor> images;
    std::vector<torch::Tensor> masks;
    for (const PreparedSample &sample : samples) {
        images.push_back(sample.image);
        masks.push_back(sample.mask.defined()
                            ? sample.mask
                            : torch::full({sample.image.size(1), sample.image.size(2)}, IgnoredIndex, torch::kUInt8));
    }
    Batch batch;
    batch.images = torch::stack(images).to(torch::kFloat32).div_(127.5).sub_(1.0);
    batch.masks = torch::stack(masks).to(torch::kInt64);
    return batch;
}

} // namespace semigda::learning
