// SPDX-License-Identifier: Apache-2.0
#include "learning/TrainingConfig.h"

#include "core/Numbers.h"

#include <algorithm>
#include <cmath>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace semigda::learning
{

namespace
{

using core::Error;
using core::ErrorCode;

using Member = std::variant<double TrainingConfig::*, int TrainingConfig::*, bool TrainingConfig::*>;

struct Field
{
    const char *name;
    Member member;
    double least;
    double most;
};

const std::vector<Field> &fields()
{
    using C = TrainingConfig;
    static const std::vector<Field> all{{"minutes", &C::minutes, 0.0, 1e6},
                                        {"prior_share", &C::priorShare, 0.0, 0.9},
                                        {"alignment_share", &C::alignmentShare, 0.0, 0.9},
                                        {"shipped_prior", &C::usesShippedPrior, 0, 1},
                                        {"shipped_networks", &C::shippedNetworks, 0, 2},
                                        {"prior_steps", &C::priorSteps, 0, 1e7},
                                        {"alignment_epochs", &C::alignmentEpochs, 0, 1e6},
                                        {"adapter_epochs", &C::adapterEpochs, 0, 1e6},
                                        {"supervised_epochs", &C::supervisedEpochs, 0, 1e6},
                                        {"prior_batch", &C::priorBatch, 1, 512},
                                        {"prior_rate", &C::priorRate, 0.0, 1.0},
                                        {"prior_kl_weight", &C::priorKlWeight, 0.0, 1.0},
                                        {"alignment_batch", &C::alignmentBatch, 1, 512},
                                        {"alignment_labelled", &C::alignmentLabelled, 1, 512},
                                        {"mapping_rate", &C::mappingRate, 0.0, 1.0},
                                        {"cnn_rate", &C::cnnRate, 0.0, 1.0},
                                        {"cnn_adam", &C::useAdamForCnn, 0, 1},
                                        {"alignment_kl_weight", &C::alignmentKlWeight, 0.0, 10.0},
                                        {"complete_partial", &C::completesPartial, 0, 1},
                                        {"adapter_batch", &C::adapterBatch, 1, 512},
                                        {"adapter_labelled", &C::adapterLabelled, 1, 512},
                                        {"adapter_rate", &C::adapterRate, 0.0, 1.0},
                                        {"adapter_adam", &C::useAdamForAdapters, 0, 1},
                                        {"weight_decay", &C::weightDecay, 0.0, 1.0},
                                        {"consistency_peak", &C::consistencyPeak, 0.0, 100.0},
                                        {"unlabelled_start", &C::unlabelledStart, 0.0, 1.0},
                                        {"mixing_start", &C::mixingStart, 0.0, 1.0},
                                        {"pseudo_threshold", &C::pseudoThreshold, 0.0, 1.0},
                                        {"sample_probability", &C::sampleProbability, 0.0, 1.0},
                                        {"averaged_teacher", &C::usesAveragedTeacher, 0, 1},
                                        {"ignore_unsure", &C::ignoresUnsure, 0, 1},
                                        {"mix_only", &C::mixesOnly, 0, 1},
                                        {"shared_teacher", &C::sharesTeacher, 0, 1},
                                        {"weighted_trust", &C::weighsTrust, 0, 1},
                                        {"unlabelled_code", &C::unlabelledCode, 0, 1},
                                        {"vae_every", &C::vaeEvery, 1, 100},
                                        {"balance_strokes", &C::balancesStrokes, 0, 1},
                                        {"balance_dice", &C::balanceDice, 0.0, 1.0},
                                        {"skip_adapters", &C::usesSkipAdapters, 0, 1},
                                        {"largest_component", &C::mayKeepLargest, 0, 1},
                                        {"likeliest_component", &C::keepsLikeliest, 0, 1},
                                        {"code_weight", &C::codeWeight, 0.0, 100.0},
                                        {"cross_entropy_weight", &C::crossEntropyWeight, 0.0, 100.0},
                                        {"class_entropy_weight", &C::classEntropyWeight, 0.0, 100.0},
                                        {"batch_dice", &C::batchDice, 0, 1},
                                        {"supervised_rate", &C::supervisedRate, 0.0, 1.0},
                                        {"supervised_batch", &C::supervisedBatch, 1, 512},
                                        {"vae_weight", &C::vaeWeight, 0.0, 1.0},
                                        {"average_decay", &C::averageDecay, 0.0, 0.99999},
                                        {"validation_seconds", &C::validationSeconds, 0.1, 1e6},
                                        {"validation_steps", &C::validationSteps, 1, 1e7},
                                        {"save_seconds", &C::saveSeconds, 0.0, 1e6},
                                        {"plateau_validations", &C::plateauValidations, 0, 1e6},
                                        {"hold_out", &C::holdOut, 0.0, 0.9},
                                        {"hold_out_least", &C::holdOutLeast, 2, 1e6},
                                        {"hold_out_until", &C::holdOutUntil, 0.0, 1.0},
                                        {"folds", &C::folds, 0, 10},
                                        {"folds_below", &C::foldsBelow, 0, 1e6},
                                        {"fold_share", &C::foldShare, 0.0, 0.9},
                                        {"prepare_ahead", &C::prepareAhead, 0, 2},
                                        {"hue_jitter", &C::hueJitter, 0.0, 0.5},
                                        {"latent_cache", &C::latentCache, 0, 1e6},
                                        {"memory_limit", &C::memoryLimit, 0, 1e8},
                                        {"largest_unlabelled", &C::largestUnlabelled, 0, 1e7},
                                        {"spread_colours", &C::spreadColours, 0, 1},
                                        {"stretch", &C::stretch, 0.0, 0.25},
                                        {"distortion", &C::distortion, 0.0, 1.0},
                                        {"labelled_distortion", &C::labelledDistortion, 0.0, 1.0},
                                        {"mixed_precision", &C::mixedPrecision, 0, 1},
                                        {"symmetries", &C::symmetries, 0, 255},
                                        {"affine_probability", &C::affineProbability, 0.0, 1.0},
                                        {"jitter_probability", &C::jitterProbability, 0.0, 1.0},
                                        {"shift", &C::shift, 0.0, 0.5},
                                        {"scale", &C::scale, 0.0, 0.9},
                                        {"rotation", &C::rotation, 0.0, 180.0},
                                        {"jitter", &C::jitter, 0.0, 1.0},
                                        {"test_flips", &C::testFlips, 0, 1},
                                        {"posterior_samples", &C::posteriorSamples, 0, 64}};
    return all;
}

core::Result<void> assign(TrainingConfig &config, const Field &field, double value)
{
    if (!std::isfinite(value) || value < field.least || value > field.most) {
        return Error{ErrorCode::InvalidArgument, core::phrase("errors", "%1 must lie between %2 and %3.")
                                                     .with(std::string(field.name), nlohmann::json(field.least).dump(),
                                                           nlohmann::json(field.most).dump())};
    }
    std::visit(
        [&](auto member) { config.*member = static_cast<std::remove_reference_t<decltype(config.*member)>>(value); },
        field.member);
    return {};
}

/// Levenshtein distance, to suggest the name that was meant.
std::size_t editDistance(const std::string &a, const std::string &b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

core::Result<void> setByName(TrainingConfig &config, const std::string &name, const std::string &text)
{
    const auto field = std::find_if(fields().begin(), fields().end(), [&](const Field &f) { return name == f.name; });
    if (field == fields().end()) {
        const auto nearest = std::min_element(fields().begin(), fields().end(), [&](const Field &a, const Field &b) {
            return editDistance(name, a.name) < editDistance(name, b.name);
        });
        return Error{ErrorCode::InvalidArgument,
                     core::phrase("errors", "There is no setting \"%1\"; did you mean \"%2\"?")
                         .with(name, std::string(nearest->name))};
    }
    const std::string number = text == "true" ? "1" : text == "false" ? "0" : text;
    const std::optional<double> value = core::numberFrom(number);
    if (!value) {
        return Error{ErrorCode::InvalidArgument,
                     core::phrase("errors", "The setting %1 needs a number, not \"%2\".").with(name, text)};
    }
    return assign(config, *field, *value);
}

TrainingConfig defaultsOf(Profile profile)
{
    TrainingConfig config;
    config.profile = profile;
    if (profile == Profile::Paper) {
        config.shape = NetworkShape::paper();
        config.imageSize = 224;
        config.minutes = 0.0;
        config.priorSteps = 0;
        config.priorShare = 0.0;
        config.alignmentShare = 0.35;
        config.alignmentBatch = 24;
        config.alignmentLabelled = 12;
        config.cnnRate = 0.01;
        config.useAdamForCnn = false;
        config.adapterRate = 0.01;
        config.useAdamForAdapters = false;
        config.affineProbability = 0.4;
        config.jitterProbability = 0.2;
        config.scale = 0.1;
        config.jitter = 0.1;
        config.averageDecay = 0.0;
        config.testFlips = false;
        config.posteriorSamples = 4;
        config.validationSeconds = 120.0;
        config.validationSteps = 200;
        return config;
    }
    config.consistencyPeak = 1.0;
    config.mixingStart = 0.0; // as soon as there is something to mix
    config.mixesOnly = true;
    config.pseudoThreshold = 0.8;
    config.usesAveragedTeacher = true;
    config.sharesTeacher = true;
    config.ignoresUnsure = true;
    config.codeWeight = 0.5;
    config.stretch = 0.005;
    config.priorShare = 0.02;
    config.alignmentShare = 0.08;
    config.adapterBatch = 6;
    config.adapterLabelled = 4;
    config.adapterRate = 2e-3;
    config.unlabelledStart = 0.4;
    config.vaeEvery = 4;
    config.classEntropyWeight = 1.0;
    config.batchDice = true;
    config.keepsLikeliest = true;
    config.vaeWeight = 0.25;
    config.distortion = 0.7;
    config.labelledDistortion = 0.7;
    config.symmetries = 0;
    config.mixedPrecision = true;
    config.shippedNetworks = ShippedForSingleStructures;
    config.folds = 3;
    config.balancesStrokes = true;
    return config;
}

core::Result<void> checkSize(const TrainingConfig &config)
{
    const int step = config.shape.reduction();
    if (config.imageSize < 2 * step || config.imageSize > 2048 || config.imageSize % step != 0) {
        return Error{ErrorCode::InvalidArgument,
                     core::phrase("errors", "The image size must be a multiple of %1 from %2 to 2048, not %3.")
                         .with(step, 2 * step, config.imageSize)};
    }
    return {};
}

} // namespace

std::string TrainingConfig::toJson() const
{
    nlohmann::ordered_json json{{"method", method == Method::SemiGda ? "semigda" : "supervised"},
                                {"profile", profile == Profile::Compact ? "compact" : "paper"},
                                {"device", device},
                                {"prior", priorFile},
                                {"seed", seed},
                                {"image_size", imageSize},
                                {"shape", nlohmann::ordered_json::parse(shape.toJson())}};
    for (const Field &field : fields()) {
        std::visit([&](auto member) { json[field.name] = this->*member; }, field.member);
    }
    return json.dump(2);
}

core::Result<TrainingConfig> TrainingConfig::fromJson(const std::string &text)
{
    try {
        const auto json = nlohmann::json::parse(text);
        // What is not in the text came later than the run, which had none of it: so not the profile's defaults.
        TrainingConfig config;
        config.spreadColours = false;
        config.profile = json.at("profile") == "paper" ? Profile::Paper : Profile::Compact;
        config.method = json.at("method") == "supervised" ? Method::Supervised : Method::SemiGda;
        config.device = json.at("device").get<std::string>();
        config.priorFile = json.at("prior").get<std::string>();
        config.seed = json.at("seed").get<std::uint64_t>();
        config.imageSize = json.at("image_size").get<int>();
        auto shape = NetworkShape::fromJson(json.at("shape").dump());
        if (!shape) {
            return shape.error();
        }
        config.shape = *shape;
        for (const Field &field : fields()) {
            if (!json.contains(field.name)) {
                continue;
            }
            const auto &value = json.at(field.name);
            if (const auto done =
                    assign(config, field, value.is_boolean() ? (value.get<bool>() ? 1.0 : 0.0) : value.get<double>());
                !done) {
                return done.error();
            }
        }
        if (const auto checked = checkSize(config); !checked) {
            return checked.error();
        }
        return config;
    } catch (const nlohmann::json::exception &failure) {
        return Error{ErrorCode::CorruptFile,
                     core::phrase("errors", "The settings of the run cannot be read (%1); start a new run.")
                         .with(std::string(failure.what()))};
    }
}

core::Result<TrainingConfig> TrainingConfig::fromRequest(const core::TrainingRequest &request)
{
    if (request.profile != "compact" && request.profile != "paper") {
        return Error{
            ErrorCode::InvalidArgument,
            core::phrase("errors", "There is no profile \"%1\"; choose compact or paper.").with(request.profile)};
    }
    if (request.method != "semigda" && request.method != "supervised") {
        return Error{
            ErrorCode::InvalidArgument,
            core::phrase("errors", "There is no method \"%1\"; choose semigda or supervised.").with(request.method)};
    }
    TrainingConfig config = defaultsOf(request.profile == "paper" ? Profile::Paper : Profile::Compact);
    config.method = request.method == "supervised" ? Method::Supervised : Method::SemiGda;
    config.device = request.device;
    config.priorFile = request.priorFile;
    config.seed = request.seed;
    if (request.imageSize != 0) {
        config.imageSize = request.imageSize;
    }
    if (request.epochsStage1 || request.epochsStage2) {
        config.minutes = 0.0;
        config.alignmentEpochs = request.epochsStage1.value_or(config.alignmentEpochs);
        config.adapterEpochs = request.epochsStage2.value_or(config.adapterEpochs);
        config.supervisedEpochs = config.adapterEpochs;
    }
    if (request.minutes) {
        if (!(*request.minutes > 0.0) || *request.minutes > 1e6) {
            return Error{ErrorCode::InvalidArgument,
                         core::phrase("errors", "The time must be a positive number of minutes.")};
        }
        config.minutes = *request.minutes;
    }
    for (const auto &[name, value] : request.overrides) {
        if (const auto done = setByName(config, name, value); !done) {
            return done.error();
        }
    }
    if (config.priorShare + config.alignmentShare > 0.95) {
        return Error{
            ErrorCode::InvalidArgument,
            core::phrase(
                "errors",
                "prior_share and alignment_share together must leave at least 0.05 of the time for the rest.")};
    }
    config.alignmentLabelled = std::min(config.alignmentLabelled, config.alignmentBatch);
    config.adapterLabelled = std::min(config.adapterLabelled, config.adapterBatch);
    if (config.profile == Profile::Paper && config.method == Method::SemiGda && config.priorFile.empty()) {
        return Error{ErrorCode::InvalidArgument,
                     core::phrase("errors", "The paper profile needs the weights of the Stable Diffusion autoencoder; "
                                            "give them with --prior FILE.")};
    }
    if (const auto checked = checkSize(config); !checked) {
        return checked.error();
    }
    return config;
}

} // namespace semigda::learning
