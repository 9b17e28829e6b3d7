// SPDX-License-Identifier: Apache-2.0
#include "learning/Predictor.h"

#include "core/ConnectedComponents.h"
#include "core/Resample.h"
#include "learning/Checkpoint_p.h"
#include "learning/Device_p.h"
#include "learning/Guarded_p.h"
#include "learning/Inference_p.h"
#include "learning/SampleCache_p.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace semigda::learning
{

namespace
{

/// Where an output row or column lies between two network ones: bilinear at pixel centres, edges repeated.
struct Tap
{
    int first = 0;
    int second = 0;
    float part = 0.0F; ///< of the second
};

std::vector<Tap> tapsFor(int from, int to)
{
    std::vector<Tap> taps(static_cast<std::size_t>(to));
    for (int i = 0; i < to; ++i) {
        const double at = std::clamp((i + 0.5) * from / to - 0.5, 0.0, static_cast<double>(from - 1));
        Tap &tap = taps[static_cast<std::size_t>(i)];
        tap.first = static_cast<int>(at);
        tap.second = std::min(tap.first + 1, from - 1);
        tap.part = static_cast<float>(at - tap.first);
    }
    return taps;
}

/// Probabilities [C, S, S] enlarged to the image's size and decided there, row by row: no full-size float plane.
core::LabelMask decideAtFullSize(const torch::Tensor &probabilities, int width, int height,
                                 const std::vector<core::LabelValue> &classes)
{
    const auto channels = static_cast<std::size_t>(probabilities.size(0));
    const auto side = static_cast<std::size_t>(probabilities.size(1));
    const torch::Tensor planes = probabilities.contiguous();
    const float *values = planes.data_ptr<float>();
    const std::vector<Tap> columns = tapsFor(static_cast<int>(side), width);
    const std::vector<Tap> rows = tapsFor(static_cast<int>(side), height);
    core::LabelMask mask(width, height, core::Background);
    std::vector<float> mixed(side);
    std::vector<float> best(static_cast<std::size_t>(width));
    std::vector<core::LabelValue> labels(static_cast<std::size_t>(width));
    for (int y = 0; y < height; ++y) {
        const Tap &row = rows[static_cast<std::size_t>(y)];
        // One channel: foreground from 0.5 on. Several: the largest, background being channel 0.
        std::fill(best.begin(), best.end(), channels == 1 ? 0.5F : -1.0F);
        std::fill(labels.begin(), labels.end(), core::Background);
        for (std::size_t c = 0; c < channels; ++c) {
            const float *top = values + (c * side + static_cast<std::size_t>(row.first)) * side;
            const float *bottom = values + (c * side + static_cast<std::size_t>(row.second)) * side;
            for (std::size_t x = 0; x < side; ++x) {
                mixed[x] = top[x] + (bottom[x] - top[x]) * row.part;
            }
            const core::LabelValue label = channels == 1 ? classes[0] : c == 0 ? core::Background : classes[c - 1];
            for (std::size_t x = 0; x < labels.size(); ++x) {
                const Tap &tap = columns[x];
                const float left = mixed[static_cast<std::size_t>(tap.first)];
                const float p = left + (mixed[static_cast<std::size_t>(tap.second)] - left) * tap.part;
                if (channels == 1 ? p >= best[x] : p > best[x]) {
                    best[x] = p;
                    labels[x] = label;
                }
            }
        }
        mask.writeRow(0, y, width, labels.data());
    }
    return mask;
}

} // namespace

class Predictor::Private
{
public:
    std::vector<PredictedImage> predictBatch(std::span<const core::ImageData> images);
    /// None after memory ran out; the same images are then to be tried again, fewer at once.
    std::optional<std::vector<PredictedImage>> predictWithinMemory(std::span<const core::ImageData> images);

    PublishedModel model;
    std::unique_ptr<Learner> learner;
    std::vector<core::LabelValue> largestOnly; ///< mask values
    std::size_t batch = 8;                     ///< images at once; halved when memory runs out
};

std::vector<PredictedImage> Predictor::Private::predictBatch(std::span<const core::ImageData> images)
{
    torch::NoGradGuard noGrad;
    const int side = model.config.imageSize;
    std::vector<torch::Tensor> shown;
    for (const core::ImageData &image : images) {
        // By way of bytes, as in training: what is rounded there is rounded here.
        shown.push_back(networkBytes(image, side, model.config.stretch));
    }
    const torch::Tensor input = torch::stack(shown).to(torch::kFloat32).div_(127.5).sub_(1.0);
    const BranchProbabilities branches = predictBranches(*learner, input, testView(model.config));
    const torch::Tensor mean = weightedMean(branches, model.vaeWeight);
    const std::vector<ImageDoubts> doubts = doubtsOf(branches, mean, model.rules);
    const torch::Tensor kept = keepLikeliest(mean, branches, model.rules.likeliestOnly);
    torch::Tensor doubt = pixelDisagreement(branches);
    torch::Tensor variance;
    if (model.config.posteriorSamples > 1) {
        variance = learner->predictSamples(input, model.config.posteriorSamples);
    }
    if (variance.defined()) {
        variance = pixelVariance(variance.to(torch::kCPU));
        doubt = torch::maximum(doubt, variance.sqrt());
    }
    doubt = doubt.mul(255.0).round().to(torch::kUInt8).contiguous();

    std::vector<PredictedImage> predicted(images.size());
    for (std::size_t i = 0; i < images.size(); ++i) {
        const auto row = static_cast<std::int64_t>(i);
        PredictedImage &result = predicted[i];
        result.mask = core::keepLargestComponents(
            decideAtFullSize(kept[row], images[i].width, images[i].height, model.classes), largestOnly);
        result.scores.disagreement = static_cast<float>(doubts[i].disagreement);
        result.scores.entropy = static_cast<float>(doubts[i].entropy);
        result.scores.estimatedDice = static_cast<float>(model.calibration.estimate(doubts[i].expected));
        if (variance.defined()) {
            result.scores.sampleVariance = variance[row].mean().item<float>();
        }
        result.uncertainty.width = side;
        result.uncertainty.height = side;
        const auto *from = doubt[row].data_ptr<std::uint8_t>();
        result.uncertainty.values.assign(from, from + static_cast<std::ptrdiff_t>(side) * side);
    }
    return predicted;
}

std::optional<std::vector<PredictedImage>>
Predictor::Private::predictWithinMemory(std::span<const core::ImageData> images)
{
    try {
        return predictBatch(images);
    } catch (const std::exception &failure) {
        if (!isOutOfMemory(failure) || images.size() < 2) {
            throw;
        }
    }
    batch = images.size() / 2;
    return std::nullopt;
}

Predictor::Predictor(std::unique_ptr<Private> p)
    : d(std::move(p))
{}

Predictor::~Predictor() = default;

core::Result<std::unique_ptr<Predictor>> Predictor::load(const std::filesystem::path &runFolder,
                                                         const std::string &device)
{
    return guarded([&]() -> core::Result<std::unique_ptr<Predictor>> {
        const auto found = deviceFrom(device);
        if (!found) {
            return found.error();
        }
        TensorFile tensors;
        auto model = readPublished(runFolder, tensors);
        if (!model) {
            return model.error();
        }
        auto p = std::make_unique<Private>();
        p->model = std::move(*model);
        auto learner = loadLearner(p->model.config, static_cast<int>(p->model.classes.size()), *found, tensors,
                                   publishedFile(runFolder).string());
        if (!learner) {
            return learner.error();
        }
        p->learner = std::move(*learner);
        p->batch = p->model.config.profile == Profile::Compact ? 8 : 4;
        for (const int index : p->model.rules.largestOnly) {
            p->largestOnly.push_back(p->model.classes[static_cast<std::size_t>(index - 1)]);
        }
        return std::unique_ptr<Predictor>(new Predictor(std::move(p)));
    });
}

std::size_t Predictor::batchSize() const
{
    return d->batch;
}

core::Result<std::vector<PredictedImage>> Predictor::predict(std::span<const core::ImageData> images)
{
    return guarded([&]() -> core::Result<std::vector<PredictedImage>> {
        std::vector<PredictedImage> all;
        while (all.size() < images.size()) {
            const auto batch = images.subspan(all.size(), std::min(d->batch, images.size() - all.size()));
            if (std::any_of(batch.begin(), batch.end(), [](const core::ImageData &image) { return image.isEmpty(); })) {
                return core::Error{core::ErrorCode::InvalidArgument,
                                   core::phrase("errors", "An image without pixels cannot be predicted.")};
            }
            if (std::optional<std::vector<PredictedImage>> predicted = d->predictWithinMemory(batch)) {
                std::move(predicted->begin(), predicted->end(), std::back_inserter(all));
            }
        }
        return all;
    });
}

} // namespace semigda::learning
