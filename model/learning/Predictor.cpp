// SPDX-License-Identifier: Apache-2.0
#include "learning/Predictor.h"

#include "core/ConnectedComponents.h"
#include "core/Resample.h"
#include "learning/Checkpoint_p.h"
#include "learning/Device_p.h"
#include "learning/Guarded_p.h"
#include "learning/Inference_p.h"

#include <algorithm>
#include <cmath>

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

    PublishedModel model;
    std::unique_ptr<Learner> learner;
    std::vector<int> largestOnly; ///< as class indices
};

std::vector<PredictedImage> Predictor::Private::predictBatch(std::span<const core::ImageData> images)
{
    torch::NoGradGuard noGrad;
    const int side = model.config.imageSize;
    torch::Tensor input = torch::empty({static_cast<std::int64_t>(images.size()), 3, side, side});
    for (std::size_t i = 0; i < images.size(); ++i) {
        const std::vector<float> planes = core::toNetworkInput(images[i], side, side);
        std::copy(planes.begin(), planes.end(), input[static_cast<std::int64_t>(i)].data_ptr<float>());
    }
    const BranchProbabilities branches = predictBranches(*learner, input, model.config.testFlips);
    const torch::Tensor mean = weightedMean(branches, model.vaeWeight);
    const std::vector<double> agreement =
        diceScores(hardMasks(branches.vae, largestOnly), hardMasks(branches.cnn, largestOnly));
    const torch::Tensor entropy = normalisedEntropy(mean).mean(std::vector<std::int64_t>{1, 2});
    const torch::Tensor doubt = pixelDisagreement(branches).mul(255.0).round().to(torch::kUInt8).contiguous();

    std::vector<PredictedImage> predicted(images.size());
    for (std::size_t i = 0; i < images.size(); ++i) {
        const auto row = static_cast<std::int64_t>(i);
        PredictedImage &result = predicted[i];
        result.mask = core::keepLargestComponents(
            decideAtFullSize(mean[row], images[i].width, images[i].height, model.classes), model.largestOnly);
        const double disagreement = 1.0 - agreement[i];
        result.scores.disagreement = static_cast<float>(disagreement);
        result.scores.entropy = std::clamp(entropy[row].item<float>(), 0.0F, 1.0F);
        if (model.calibration) {
            result.scores.estimatedDice = static_cast<float>(model.calibration->estimate(disagreement));
        }
        result.uncertainty.width = side;
        result.uncertainty.height = side;
        const auto *from = doubt[row].data_ptr<std::uint8_t>();
        result.uncertainty.values.assign(from, from + static_cast<std::ptrdiff_t>(side) * side);
    }
    return predicted;
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
        for (std::size_t i = 0; i < p->model.classes.size(); ++i) {
            if (std::find(p->model.largestOnly.begin(), p->model.largestOnly.end(), p->model.classes[i])
                != p->model.largestOnly.end()) {
                p->largestOnly.push_back(static_cast<int>(i + 1));
            }
        }
        return std::unique_ptr<Predictor>(new Predictor(std::move(p)));
    });
}

std::size_t Predictor::batchSize() const
{
    return d->model.config.profile == Profile::Compact ? 8 : 4;
}

core::Result<std::vector<PredictedImage>> Predictor::predict(std::span<const core::ImageData> images)
{
    return guarded([&]() -> core::Result<std::vector<PredictedImage>> {
        std::vector<PredictedImage> all;
        for (std::size_t first = 0; first < images.size(); first += batchSize()) {
            const std::size_t count = std::min(batchSize(), images.size() - first);
            const auto batch = images.subspan(first, count);
            if (std::any_of(batch.begin(), batch.end(), [](const core::ImageData &image) { return image.isEmpty(); })) {
                return core::Error{core::ErrorCode::InvalidArgument, "An image without pixels cannot be predicted."};
            }
            std::vector<PredictedImage> predicted = d->predictBatch(batch);
            std::move(predicted.begin(), predicted.end(), std::back_inserter(all));
        }
        return all;
    });
}

} // namespace semigda::learning
