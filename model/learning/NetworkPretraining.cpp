// SPDX-License-Identifier: Apache-2.0
#include "learning/NetworkPretraining.h"

#include "core/AtomicFile.h"
#include "core/Resample.h"
#include "learning/Checkpoint_p.h"
#include "learning/Guarded_p.h"
#include "learning/PriorScenes_p.h"
#include "learning/SampleCache_p.h"
#include "learning/TensorState_p.h"

#include <cmath>
#include <cstring>
#include <fstream>
#include <span>

#include <nlohmann/json.hpp>

namespace semigda::learning
{

namespace
{

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr core::LabelValue Structure = 1;
constexpr std::size_t ValidatesEvery = 50;
constexpr std::int64_t LossesApart = 10; ///< of the job's losses every so many-th is kept

/// Planes [3, S, S] of bytes as a picture.
core::ImageData pictureOf(const torch::Tensor &planes)
{
    const torch::Tensor pixels = planes.permute({1, 2, 0}).contiguous();
    core::ImageData picture;
    picture.width = static_cast<int>(pixels.size(1));
    picture.height = static_cast<int>(pixels.size(0));
    picture.channels = 3;
    picture.bytes.resize(picture.sampleCount());
    std::memcpy(picture.bytes.data(), pixels.data_ptr<std::uint8_t>(), picture.bytes.size());
    return picture;
}

/// Scenes come first, and are made when they are asked for.
class PretrainingSamples : public core::SampleSource
{
public:
    PretrainingSamples(std::size_t scenes, int side, std::uint64_t seed)
        : m_side(side)
        , m_seed(seed)
        , m_scenes(scenes)
    {}

    std::size_t size() const { return m_scenes + m_pictures.size(); }
    std::size_t pictureCount() const { return m_pictures.size(); }

    void add(const core::ImageData &picture, const core::LabelMask &mask)
    {
        const int wide = 2 * m_side;
        core::LabelMask one = core::resizeNearest(mask, wide, wide);
        for (const auto &[value, count] : core::countValues(one)) {
            if (value != core::Background && value != core::NotAnnotated && value != Structure) {
                one = core::replaceValue(one, value, Structure);
            }
        }
        // Half of the pictures are seen from nearer, so that structures have every size.
        StepRandom random(m_seed, 211, m_pictures.size());
        const int shown =
            random.chance(0.5) ? m_side + static_cast<int>(random.below(static_cast<std::size_t>(m_side))) : wide;
        const auto anywhere = [&] {
            return static_cast<int>(random.below(static_cast<std::size_t>(wide - shown + 1)));
        };
        const int left = anywhere();
        const int top = anywhere();
        core::LabelMask window(shown, shown);
        std::vector<core::LabelValue> row(static_cast<std::size_t>(shown));
        for (int y = 0; y < shown; ++y) {
            one.readRow(left, top + y, shown, row.data());
            window.writeRow(0, y, shown, row.data());
        }
        const torch::Tensor planes =
            networkBytes(picture, wide).narrow(1, top, shown).narrow(2, left, shown).to(torch::kFloat32);
        const torch::Tensor reduced =
            torch::adaptive_avg_pool2d(planes.unsqueeze(0), {m_side, m_side}).squeeze(0).round_().to(torch::kUInt8);
        m_pictures.emplace_back(reduced, core::resizeNearest(window, m_side, m_side));
    }

    Result<std::shared_ptr<const core::SampleSnapshot>> snapshot() override
    {
        auto taken = std::make_shared<core::SampleSnapshot>();
        for (std::size_t i = 0; i < size(); ++i) {
            core::SampleItem item;
            item.id = core::ImageId(static_cast<std::int64_t>(i) + 1);
            item.role =
                i % ValidatesEvery == ValidatesEvery - 1 ? core::SampleRole::Validation : core::SampleRole::Labelled;
            item.sequence = 1;
            item.width = item.height = m_side;
            taken->items.push_back(item);
        }
        if (!taken->classes.add("Structure")) {
            return Error{ErrorCode::InvalidArgument, core::Sentence::verbatim("The class could not be made.")};
        }
        return std::shared_ptr<const core::SampleSnapshot>(std::move(taken));
    }

    Result<core::ImageData> image(core::ImageId id) override
    {
        const std::size_t index = indexOf(id);
        return pictureOf(index < m_scenes ? scene(index).image.add(1.0).mul_(127.5).round_().to(torch::kUInt8)
                                          : m_pictures[index - m_scenes].first);
    }

    Result<core::LabelMask> mask(core::ImageId id) override
    {
        const std::size_t index = indexOf(id);
        if (index >= m_scenes) {
            return m_pictures[index - m_scenes].second;
        }
        const torch::Tensor labels = scene(index).labels.contiguous();
        std::vector<core::LabelValue> pixels;
        for (std::int64_t i = 0; i < labels.numel(); ++i) {
            pixels.push_back(static_cast<core::LabelValue>(labels.data_ptr<std::int64_t>()[i]));
        }
        return core::LabelMask::fromPixels(m_side, m_side, pixels);
    }

private:
    static std::size_t indexOf(core::ImageId id) { return static_cast<std::size_t>(id.value - 1); }

    PriorScene scene(std::size_t index) const
    {
        StepRandom random(m_seed, 210, index);
        return makePriorScene(m_side, 1, random);
    }

    int m_side;
    std::uint64_t m_seed;
    std::size_t m_scenes;
    std::vector<std::pair<torch::Tensor, core::LabelMask>> m_pictures;
};

Result<void> checked(const NetworkPretrainingOptions &options)
{
    constexpr int MostEpochs = 10000;
    constexpr int MostScenes = 100000;
    if (options.epochs < 1 || options.epochs > MostEpochs) {
        return Error{ErrorCode::InvalidArgument,
                     core::Sentence::verbatim("The epochs must be 1 to " + std::to_string(MostEpochs) + ".")};
    }
    if (options.scenes < 0 || options.scenes > MostScenes) {
        return Error{ErrorCode::InvalidArgument,
                     core::Sentence::verbatim("The scenes must be 0 to " + std::to_string(MostScenes) + ".")};
    }
    return {};
}

core::TrainingRequest requestFor(const NetworkPretrainingOptions &options)
{
    constexpr int Batch = 8;
    core::TrainingRequest request;
    request.priorFile = options.prior.string();
    request.epochsStage1 = 1;
    request.epochsStage2 = options.epochs;
    request.imageSize = options.imageSize;
    request.device = options.device;
    request.seed = options.seed;
    request.overrides = {{"prior_steps", "0"}, // the prior comes trained
                         {"alignment_labelled", std::to_string(2 * Batch)},
                         {"adapter_batch", std::to_string(Batch)},
                         {"adapter_labelled", std::to_string(Batch)}, // nothing here is without a mask
                         {"hold_out", "0"},
                         {"validation_steps", "500"},
                         {"plateau_validations", "0"},
                         {"largest_component", "0"}};
    return request;
}

} // namespace

class NetworkPretraining::Private
{
public:
    explicit Private(const NetworkPretrainingOptions &given)
        : options(given)
        , samples(
              std::make_shared<PretrainingSamples>(static_cast<std::size_t>(given.scenes), given.imageSize, given.seed))
    {}

    Result<void> start();
    Result<void> writeReport(const std::filesystem::path &file, const std::string &command) const;

    NetworkPretrainingOptions options;
    std::shared_ptr<PretrainingSamples> samples;
    std::unique_ptr<TrainingJob> job;
    nlohmann::ordered_json curve = nlohmann::ordered_json::array();
    std::int64_t losses = 0; ///< told by the job
};

Result<void> NetworkPretraining::Private::start()
{
    auto made = TrainingJob::create(requestFor(options), samples, options.runFolder);
    if (!made) {
        return made.error();
    }
    job = std::move(*made);
    return {};
}

Result<void> NetworkPretraining::Private::writeReport(const std::filesystem::path &file,
                                                      const std::string &command) const
{
    std::filesystem::path beside = options.prior;
    beside.replace_extension(".json");
    nlohmann::ordered_json report = nlohmann::ordered_json::object();
    if (std::ifstream stream(beside); stream) {
        report = nlohmann::ordered_json::parse(stream, nullptr, false);
        if (!report.is_object()) {
            report = nlohmann::ordered_json::object();
        }
    }
    const core::TrainingProgress progress = job->progress();
    report["networks"] = {{"command", command},
                          {"seed", options.seed},
                          {"epochs", options.epochs},
                          {"scenes", options.scenes},
                          {"pictures_with_masks", samples->pictureCount()},
                          {"steps", progress.step},
                          {"seconds", std::round(progress.elapsedSeconds)},
                          {"validation_dice", progress.bestValidationDice.value_or(0.0)},
                          {"curve_columns", {"step", "what", "value"}},
                          {"curve", curve}};
    beside = file;
    beside.replace_extension(".json");
    const std::string text = report.dump(1) + "\n";
    return core::writeFileAtomically(beside, std::as_bytes(std::span(text)));
}

NetworkPretraining::NetworkPretraining(std::unique_ptr<Private> made)
    : d(std::move(made))
{}

NetworkPretraining::~NetworkPretraining() = default;

Result<std::unique_ptr<NetworkPretraining>> NetworkPretraining::create(const NetworkPretrainingOptions &options)
{
    if (const auto sound = checked(options); !sound) {
        return sound.error();
    }
    return std::unique_ptr<NetworkPretraining>(new NetworkPretraining(std::make_unique<Private>(options)));
}

Result<void> NetworkPretraining::addPicture(const core::ImageData &picture, const core::LabelMask &mask)
{
    return guarded([&]() -> Result<void> {
        if (picture.isEmpty() || mask.width() != picture.width || mask.height() != picture.height) {
            return Error{ErrorCode::InvalidArgument,
                         core::Sentence::verbatim("A picture and its mask must have the same size.")};
        }
        d->samples->add(picture, mask);
        return {};
    });
}

std::size_t NetworkPretraining::pictureCount() const
{
    return d->samples->pictureCount();
}

Result<void> NetworkPretraining::checkEnough() const
{
    if (d->samples->size() < ValidatesEvery) {
        return Error{ErrorCode::InvalidArgument,
                     core::Sentence::verbatim("All networks can learn from " + std::to_string(ValidatesEvery)
                                              + " pictures with masks and scenes at least, not from "
                                              + std::to_string(d->samples->size())
                                              + "; give more pictures, or more scenes with --scenes.")};
    }
    return {};
}

Result<StepOutcome> NetworkPretraining::step()
{
    if (!d->job) {
        if (const auto enough = checkEnough(); !enough) {
            return enough.error();
        }
        if (const auto started = d->start(); !started) {
            return started.error();
        }
    }
    const auto outcome = d->job->step();
    for (const core::MetricRecord &metric : d->job->takeMetrics()) {
        const bool isLoss = metric.name == "loss";
        const bool isKept = isLoss && d->losses++ % LossesApart == 0;
        if (isKept || metric.name.starts_with("validation_dice")) {
            d->curve.push_back({metric.step, metric.name, std::round(metric.value * 1e4) / 1e4});
        }
    }
    return outcome;
}

core::TrainingProgress NetworkPretraining::progress() const
{
    return d->job ? d->job->progress() : core::TrainingProgress();
}

Result<void> NetworkPretraining::write(const std::filesystem::path &file, const std::string &command)
{
    return guarded([&]() -> Result<void> {
        auto tensors = readSafetensors(publishedFile(d->options.runFolder));
        if (!tensors) {
            return tensors.error();
        }
        for (auto &[name, tensor] : tensors->tensors) {
            if (tensor.type == TensorType::Float32) {
                tensor = toRaw(fromRaw(tensor).to(torch::kFloat16));
            }
        }
        // What else the run tells of itself is of no use to those who start from it.
        const std::string scale = tensors->metadata["latent_scale"];
        tensors->metadata = {
            {"latent_scale", scale}, {"shape", NetworkShape::compact().toJson()}, {"format", "semigda-start"}};
        if (auto written = writeSafetensors(file, *tensors); !written) {
            return written;
        }
        return d->writeReport(file, command);
    });
}

} // namespace semigda::learning
