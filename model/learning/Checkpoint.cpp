// SPDX-License-Identifier: Apache-2.0
#include "learning/Checkpoint_p.h"

#include "core/AtomicFile.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <span>

#include <nlohmann/json.hpp>

namespace semigda::learning
{

namespace
{

using core::Error;
using core::ErrorCode;
using Json = nlohmann::ordered_json;

constexpr int FormatVersion = 1;
constexpr const char *DescriptionKey = "description";

template <typename T> Json orNull(const std::optional<T> &value)
{
    return value ? Json(*value) : Json();
}

Json toJson(const Calibration &calibration)
{
    return {{"at_sure", calibration.atSure}, {"slope", calibration.slope}};
}

std::optional<double> optionalNumber(const Json &json, const char *name)
{
    return json.contains(name) && json[name].is_number() ? std::optional(json[name].get<double>()) : std::nullopt;
}

/// Of a run before estimates were made for every image, or when they followed a curve with a bend: the usual line.
Calibration calibrationFrom(const Json &json)
{
    if (!json.contains("calibration") || !json["calibration"].contains("at_sure")
        || json["calibration"].contains("beyond")) {
        return {};
    }
    const Json &entry = json["calibration"];
    return {entry.at("at_sure").get<double>(), entry.at("slope").get<double>()};
}

/// Files name classes by their mask values, which outlive an index.
std::vector<core::LabelValue> valuesOf(const std::vector<int> &indices, const std::vector<core::LabelValue> &classes)
{
    std::vector<core::LabelValue> values;
    for (const int index : indices) {
        values.push_back(classes[static_cast<std::size_t>(index - 1)]);
    }
    return values;
}

std::vector<int> indicesOf(const std::vector<core::LabelValue> &values, const std::vector<core::LabelValue> &classes)
{
    std::vector<int> indices;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        if (std::find(values.begin(), values.end(), classes[i]) != values.end()) {
            indices.push_back(static_cast<int>(i + 1));
        }
    }
    return indices;
}

core::Result<void> writeText(const std::filesystem::path &file, const std::string &text)
{
    return core::writeFileAtomically(file, std::as_bytes(std::span(text)));
}

core::Result<void> writePair(const std::filesystem::path &folder, const std::string &stem, const Json &description,
                             TensorFile &tensors)
{
    tensors.metadata[DescriptionKey] = description.dump();
    if (auto done = writeSafetensors(folder / (stem + ".safetensors"), tensors); !done) {
        return done;
    }
    return writeText(folder / (stem + ".json"), description.dump(2));
}

/// Reads the tensors and hands the description to `use`; what its JSON lacks becomes CorruptFile.
template <typename T, typename Use>
core::Result<T> readDescribed(const std::filesystem::path &file, TensorFile &tensors, Use use)
{
    auto content = readSafetensors(file);
    if (!content) {
        return content.error();
    }
    tensors = std::move(*content);
    try {
        const Json json = Json::parse(tensors.metadata[DescriptionKey]);
        if (json.at("version").get<int>() > FormatVersion) {
            return Error{
                ErrorCode::NewerVersion,
                core::phrase(
                    "errors",
                    "%1 was written by a newer program (format %2, this program reads %3); update this program.")
                    .with(file.string(), json.at("version").dump(), FormatVersion)};
        }
        return use(json);
    } catch (const nlohmann::json::exception &) {
        return Error{ErrorCode::CorruptFile,
                     core::phrase("errors", "%1 lacks its description; train again.").with(file.string())};
    }
}

bool isThere(const std::filesystem::path &file)
{
    std::error_code ignored;
    return std::filesystem::exists(file, ignored);
}

} // namespace

core::Result<void> writeConfig(const std::filesystem::path &folder, const TrainingConfig &config)
{
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) {
        return core::fileError(core::phrase("errors", "create"), folder, failure.value());
    }
    return writeText(folder / "config.json", config.toJson());
}

core::Result<TrainingConfig> readConfig(const std::filesystem::path &folder)
{
    const std::filesystem::path file = folder / "config.json";
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return Error{
            ErrorCode::NotFound,
            core::phrase("errors", "The run in %1 has no config.json; start a new run.").with(folder.string())};
    }
    return TrainingConfig::fromJson({std::istreambuf_iterator<char>(stream), {}});
}

core::Result<void> writeState(const std::filesystem::path &folder, const RunState &state, TensorFile tensors)
{
    Json scores = Json::array();
    for (const ScoredImage &score : state.bestScores) {
        scores.push_back({score.id, score.dice});
    }
    const Json json{{"version", FormatVersion},
                    {"classes", state.classes},
                    {"stage", state.stage},
                    {"stage_step", state.stageStep},
                    {"step", state.step},
                    {"elapsed_seconds", state.elapsed},
                    {"training_start", state.trainingStart},
                    {"stage_start", state.stageStart},
                    {"rate_factor", state.rateFactor},
                    {"parts", state.parts},
                    {"has_stage", state.hasStage},
                    {"finished", state.isFinished},
                    {"validation_step", state.validationStep},
                    {"validation_elapsed", state.validationElapsed},
                    {"validation_cost", state.validationCost},
                    {"vae_weight", state.vaeWeight},
                    {"calibration", toJson(state.calibration)},
                    {"validation_dice", orNull(state.validationDice)},
                    {"best_dice", orNull(state.bestDice)},
                    {"best_scores", scores},
                    {"folds", state.folds},
                    {"fold_seconds", state.foldSeconds},
                    {"cross_validated", state.isCrossValidated}};
    return writePair(folder, "state", json, tensors);
}

core::Result<RunState> readState(const std::filesystem::path &folder, TensorFile &tensors)
{
    const std::filesystem::path file = folder / "state.safetensors";
    if (!isThere(file)) {
        return Error{ErrorCode::NotFound,
                     core::phrase("errors", "The run in %1 stopped before it was first saved; start a new run.")
                         .with(folder.string())};
    }
    return readDescribed<RunState>(file, tensors, [](const Json &json) -> core::Result<RunState> {
        RunState state;
        json.at("classes").get_to(state.classes);
        json.at("stage").get_to(state.stage);
        json.at("stage_step").get_to(state.stageStep);
        json.at("step").get_to(state.step);
        json.at("elapsed_seconds").get_to(state.elapsed);
        json.at("training_start").get_to(state.trainingStart);
        json.at("stage_start").get_to(state.stageStart);
        json.at("rate_factor").get_to(state.rateFactor);
        state.parts = std::clamp(json.value("parts", 1), 1, 4096);
        json.at("has_stage").get_to(state.hasStage);
        json.at("finished").get_to(state.isFinished);
        json.at("validation_step").get_to(state.validationStep);
        json.at("validation_elapsed").get_to(state.validationElapsed);
        json.at("validation_cost").get_to(state.validationCost);
        json.at("vae_weight").get_to(state.vaeWeight);
        state.calibration = calibrationFrom(json);
        state.validationDice = optionalNumber(json, "validation_dice");
        state.bestDice = optionalNumber(json, "best_dice");
        for (const Json &score : json.at("best_scores")) {
            state.bestScores.push_back({score.at(0).get<std::int64_t>(), score.at(1).get<double>()});
        }
        // Runs from before cross-validation have none.
        state.folds = std::clamp(json.value("folds", 0), 0, 1000);
        state.foldSeconds = std::clamp(json.value("fold_seconds", 0.0), 0.0, 1e9);
        state.isCrossValidated = json.value("cross_validated", false);
        return state;
    });
}

std::filesystem::path publishedFile(const std::filesystem::path &folder)
{
    return folder / "best.safetensors";
}

core::Result<void> publish(const std::filesystem::path &folder, const PublishedModel &model, TensorFile tensors)
{
    const Json json{{"version", FormatVersion},
                    {"config", Json::parse(model.config.toJson())},
                    {"classes", model.classes},
                    {"largest_only", valuesOf(model.rules.largestOnly, model.classes)},
                    {"likeliest_only", valuesOf(model.rules.likeliestOnly, model.classes)},
                    {"absent_shares", model.rules.absentShares},
                    {"vae_weight", model.vaeWeight},
                    {"calibration", toJson(model.calibration)},
                    {"validation_dice", orNull(model.validationDice)},
                    {"step", model.step}};
    return writePair(folder, "best", json, tensors);
}

core::Result<PublishedModel> readPublished(const std::filesystem::path &folder, TensorFile &tensors)
{
    const std::filesystem::path file = publishedFile(folder);
    if (!isThere(file)) {
        return Error{ErrorCode::NotFound,
                     core::phrase("errors", "The run in %1 has not published a model yet; let it train longer first.")
                         .with(folder.string())};
    }
    return readDescribed<PublishedModel>(file, tensors, [&](const Json &json) -> core::Result<PublishedModel> {
        PublishedModel model;
        auto config = TrainingConfig::fromJson(json.at("config").dump());
        if (!config) {
            return config.error();
        }
        model.config = *config;
        json.at("classes").get_to(model.classes);
        model.rules.largestOnly =
            indicesOf(json.at("largest_only").get<std::vector<core::LabelValue>>(), model.classes);
        // Models from before these were thought of have none.
        model.rules.likeliestOnly =
            indicesOf(json.value("likeliest_only", std::vector<core::LabelValue>()), model.classes);
        model.rules.absentShares = json.value("absent_shares", std::vector<double>());
        json.at("vae_weight").get_to(model.vaeWeight);
        model.calibration = calibrationFrom(json);
        model.validationDice = optionalNumber(json, "validation_dice");
        json.at("step").get_to(model.step);
        const auto isShare = [](double share) { return share > 0.0 && share < 1.0; };
        const std::vector<double> &shares = model.rules.absentShares;
        if (!std::all_of(shares.begin(), shares.end(), isShare)
            || (!shares.empty() && shares.size() != model.classes.size())) {
            return Error{
                ErrorCode::CorruptFile,
                core::phrase("errors", "%1 has impossible shares of classes; train again.").with(file.string())};
        }
        if (model.classes.empty() || model.classes.size() > 200) {
            return Error{ErrorCode::CorruptFile,
                         core::phrase("errors", "%1 names no classes; train again.").with(file.string())};
        }
        return model;
    });
}

} // namespace semigda::learning
