// SPDX-License-Identifier: Apache-2.0
#include "learning/PriorTraining.h"

#include "core/AtomicFile.h"
#include "core/Resample.h"
#include "learning/ClassCodes_p.h"
#include "learning/Compute.h"
#include "learning/Device_p.h"
#include "learning/Guarded_p.h"
#include "learning/Inference_p.h"
#include "learning/Losses_p.h"
#include "learning/Optimiser_p.h"
#include "learning/PriorLoss_p.h"
#include "learning/PriorScenes_p.h"
#include "learning/TensorState_p.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <span>

#include <nlohmann/json.hpp>

#include <torch/version.h>

namespace semigda::learning
{

namespace
{

using core::Error;
using core::ErrorCode;

constexpr double AverageDecay = 0.999;
constexpr int CurvePoints = 400;    ///< at most, in the .json
constexpr int MostSceneClasses = 7; ///< the corners of the colour cube, beside the background

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

core::Result<void> checked(const PriorTrainingOptions &options)
{
    const int step = NetworkShape::compact().reduction();
    if (options.imageSize < 32 || options.imageSize > 512 || options.imageSize % step != 0) {
        return Error{ErrorCode::InvalidArgument,
                     core::Sentence::verbatim("The image size must be a multiple of " + std::to_string(step)
                                              + " from 32 to 512, not " + std::to_string(options.imageSize) + ".")};
    }
    if (options.batch < 2 || options.batch > 256) {
        return Error{ErrorCode::InvalidArgument, core::Sentence::verbatim("The batch must have 2 to 256 pictures.")};
    }
    if (options.steps < 0 || (options.steps == 0 && !(options.minutes > 0.0 && options.minutes < 1e6))) {
        return Error{ErrorCode::InvalidArgument,
                     core::Sentence::verbatim("The time must be a positive number of minutes.")};
    }
    return {};
}

/// Two of three masks have one class, as most projects do.
int drawnClasses(StepRandom &random)
{
    return random.chance(0.65) ? 1 : 2 + static_cast<int>(random.below(MostSceneClasses - 1));
}

struct CurvePoint
{
    std::int64_t step = 0;
    double seconds = 0.0;
    double pictureError = 0.0;
    double maskError = 0.0;
};

struct Fidelity
{
    double pictureError = 0.0; ///< root mean squared, of [-1, 1]
    double maskDice = 0.0;
};

} // namespace

class PriorTraining::Private
{
public:
    Private(const PriorTrainingOptions &given, torch::Device where)
        : options(given)
        , device(where)
        , prior(nullptr)
    {
        torch::manual_seed(options.seed);
        prior = PriorAutoencoder(NetworkShape::compact());
        toChannelsLast(*prior);
        prior->to(device);
        std::vector<torch::Tensor> trained;
        for (auto &item : prior->named_parameters()) {
            const bool isAdapter = item.key().find("Jump_") != std::string::npos;
            item.value().set_requires_grad(!isAdapter);
            if (!isAdapter) {
                trained.push_back(item.value());
            }
        }
        optimiser.emplace(trained, options.rate, 1e-4, true);
        average.emplace(trained, AverageDecay);
    }

    torch::Tensor onDevice(const std::vector<torch::Tensor> &planes) const
    {
        return torch::stack(planes).to(device).contiguous(torch::MemoryFormat::ChannelsLast);
    }
    torch::Tensor picture(StepRandom &random) const;
    torch::Tensor mask(StepRandom &random, std::int64_t *classes = nullptr) const;
    core::Result<StepOutcome> step();
    Fidelity measured();
    std::string report(const std::string &command, const Fidelity &fidelity) const;

    PriorTrainingOptions options;
    torch::Device device;
    PriorAutoencoder prior;
    std::vector<torch::Tensor> pictures; ///< [3, 2 S, 2 S] uint8
    std::optional<Optimiser> optimiser;
    std::optional<WeightAverage> average;
    PriorTrainingProgress state;
    std::vector<CurvePoint> curve;
    double recentPicture = 0.0;
    double recentMask = 0.0;
    int recentCount = 0;
};

torch::Tensor PriorTraining::Private::picture(StepRandom &random) const
{
    // Half real pictures, half made-up ones: few real ones must not narrow what the prior can show.
    if (pictures.empty() || random.chance(0.5)) {
        return makePriorScene(options.imageSize, drawnClasses(random), random).image;
    }
    const torch::Tensor bytes = pictures[random.below(pictures.size())];
    return varyPicture(bytes.to(torch::kFloat32).div(127.5).sub(1.0), options.imageSize, random);
}

torch::Tensor PriorTraining::Private::mask(StepRandom &random, std::int64_t *classes) const
{
    const int count = drawnClasses(random);
    if (classes) {
        *classes = count;
    }
    return encodeClasses(makePriorScene(options.imageSize, count, random).labels.unsqueeze(0), classColours(count))[0];
}

core::Result<StepOutcome> PriorTraining::Private::step()
{
    const double start = now();
    const double t = state.fraction;
    torch::manual_seed(StepRandom(options.seed, 201, static_cast<std::uint64_t>(state.step)).next() >> 1);
    StepRandom random(options.seed, 200, static_cast<std::uint64_t>(state.step));
    std::vector<torch::Tensor> inputs;
    const int masks = std::max(options.batch * 3 / 8, 1);
    for (int i = 0; i < options.batch; ++i) {
        inputs.push_back(i < options.batch - masks ? picture(random) : mask(random));
    }
    const torch::Tensor input = onDevice(inputs);
    prior->train();
    const PriorLoss loss = priorLoss(*prior, input, NetworkShape::compact().latentChannels, options.klWeight);
    const double total = loss.total.item<double>();
    if (!std::isfinite(total)) {
        return Error{
            ErrorCode::Diverged,
            core::Sentence::verbatim("The prior's training ran away (a loss was no number); try a smaller rate.")};
    }
    // A short warm-up, then half a cosine.
    const double warmUp = std::min(1.0, static_cast<double>(state.step + 1) / 100.0);
    optimiser->setRate(options.rate * warmUp * 0.5 * (1.0 + std::cos(3.14159265358979 * t)));
    optimiser->zeroGradients();
    loss.total.backward();
    if (!optimiser->step()) {
        return Error{ErrorCode::Diverged,
                     core::Sentence::verbatim("The prior's training ran away (a gradient was no number); try a smaller "
                                              "rate.")};
    }
    average->update();

    const torch::Tensor each = loss.perImage.to(torch::kCPU);
    recentPicture += each.narrow(0, 0, options.batch - masks).mean().item<double>();
    recentMask += each.narrow(0, options.batch - masks, masks).mean().item<double>();
    ++recentCount;
    ++state.step;
    state.elapsedSeconds += now() - start;
    state.fraction = options.steps > 0 ? static_cast<double>(state.step) / static_cast<double>(options.steps)
                                       : state.elapsedSeconds / (60.0 * options.minutes);
    state.fraction = std::min(state.fraction, 1.0);
    const bool isDone = state.fraction >= 1.0;
    if (recentCount == 50 || isDone) {
        state.pictureError = recentPicture / recentCount;
        state.maskError = recentMask / recentCount;
        curve.push_back({state.step, state.elapsedSeconds, state.pictureError, state.maskError});
        recentPicture = recentMask = 0.0;
        recentCount = 0;
    }
    return isDone ? StepOutcome::Finished : StepOutcome::Continue;
}

Fidelity PriorTraining::Private::measured()
{
    constexpr int Rounds = 16;
    torch::NoGradGuard noGrad;
    average->exchange();
    prior->eval();
    const int z = NetworkShape::compact().latentChannels;
    Fidelity fidelity;
    int scored = 0;
    for (int i = 0; i < Rounds; ++i) {
        StepRandom random(options.seed, 202, static_cast<std::uint64_t>(i));
        const auto decoded = [&](const torch::Tensor &input) {
            return prior->decode(prior->encode(input).moments.narrow(1, 0, z)).to(torch::kCPU);
        };
        const torch::Tensor shown = onDevice({picture(random), picture(random)});
        fidelity.pictureError += (decoded(shown) - shown.to(torch::kCPU)).square().mean().item<double>() / Rounds;
        const int classes = drawnClasses(random);
        const ClassColours colours = classColours(classes);
        const torch::Tensor labels = makePriorScene(options.imageSize, classes, random).labels.unsqueeze(0);
        const torch::Tensor code = encodeClasses(labels, colours).to(device);
        const torch::Tensor found =
            decodeProbabilities(decoded(code.contiguous(torch::MemoryFormat::ChannelsLast)), colours);
        fidelity.maskDice += diceScores(oneHot(toIndices(found), classes), oneHot(labels, classes)).front();
        ++scored;
    }
    fidelity.pictureError = std::sqrt(fidelity.pictureError);
    fidelity.maskDice /= std::max(scored, 1);
    average->exchange();
    return fidelity;
}

std::string PriorTraining::Private::report(const std::string &command, const Fidelity &fidelity) const
{
    nlohmann::ordered_json points = nlohmann::ordered_json::array();
    const std::size_t stride = std::max<std::size_t>(1, (curve.size() + CurvePoints - 1) / CurvePoints);
    for (std::size_t i = 0; i < curve.size(); ++i) {
        if (i % stride == 0 || i + 1 == curve.size()) {
            const auto rounded = [](double value) { return std::round(value * 1e6) / 1e6; };
            points.push_back({curve[i].step, std::round(curve[i].seconds), rounded(curve[i].pictureError),
                              rounded(curve[i].maskError)});
        }
    }
    const nlohmann::ordered_json json{{"command", command},
                                      {"seed", options.seed},
                                      {"steps", state.step},
                                      {"seconds", std::round(state.elapsedSeconds)},
                                      {"image_size", options.imageSize},
                                      {"batch", options.batch},
                                      {"rate", options.rate},
                                      {"kl_weight", options.klWeight},
                                      {"pictures", pictures.size()},
                                      {"libtorch", TORCH_VERSION},
                                      {"picture_rms_error", fidelity.pictureError},
                                      {"mask_dice", fidelity.maskDice},
                                      {"shape", nlohmann::ordered_json::parse(NetworkShape::compact().toJson())},
                                      {"curve_columns", {"step", "seconds", "picture_error", "mask_error"}},
                                      {"curve", points}};
    return json.dump(1) + "\n";
}

PriorTraining::PriorTraining(std::unique_ptr<Private> made)
    : d(std::move(made))
{}

PriorTraining::~PriorTraining() = default;

core::Result<std::unique_ptr<PriorTraining>> PriorTraining::create(const PriorTrainingOptions &options)
{
    return guarded([&]() -> core::Result<std::unique_ptr<PriorTraining>> {
        if (const auto sound = checked(options); !sound) {
            return sound.error();
        }
        const auto device = deviceFrom(options.device);
        if (!device) {
            return device.error();
        }
        setThreadCount(0);
        return std::unique_ptr<PriorTraining>(new PriorTraining(std::make_unique<Private>(options, *device)));
    });
}

core::Result<void> PriorTraining::addPicture(const core::ImageData &picture)
{
    return guarded([&]() -> core::Result<void> {
        if (picture.isEmpty()) {
            return Error{ErrorCode::InvalidArgument,
                         core::Sentence::verbatim("A picture without pixels cannot be learned from.")};
        }
        d->pictures.push_back(networkBytes(picture, 2 * d->options.imageSize));
        return {};
    });
}

std::size_t PriorTraining::pictureCount() const
{
    return d->pictures.size();
}

core::Result<StepOutcome> PriorTraining::step()
{
    return guarded([&] { return d->step(); });
}

PriorTrainingProgress PriorTraining::progress() const
{
    return d->state;
}

core::Result<void> PriorTraining::write(const std::filesystem::path &file, const std::string &command)
{
    return guarded([&]() -> core::Result<void> {
        const Fidelity fidelity = d->measured();
        TensorFile tensors;
        d->average->exchange();
        storeModule(*d->prior, "", tensors);
        d->average->exchange();
        std::erase_if(tensors.tensors,
                      [](const auto &entry) { return entry.first.find("Jump_") != std::string::npos; });
        for (auto &[name, tensor] : tensors.tensors) {
            tensor = toRaw(fromRaw(tensor).to(torch::kFloat16));
        }
        tensors.metadata["shape"] = NetworkShape::compact().toJson();
        tensors.metadata["format"] = "semigda-prior";
        if (auto written = writeSafetensors(file, tensors); !written) {
            return written;
        }
        std::filesystem::path beside = file;
        beside.replace_extension(".json");
        const std::string text = d->report(command, fidelity);
        return core::writeFileAtomically(beside, std::as_bytes(std::span(text)));
    });
}

} // namespace semigda::learning
