// SPDX-License-Identifier: Apache-2.0
#include "app/results/RunCommand.h"

#include "learning/TrainingJob.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace semigda::app
{

namespace
{

using Json = nlohmann::ordered_json;

/// Settings with an option of their own, and the shape, which follows from the profile.
const std::set<std::string> OwnOptions{"method", "profile",          "device",         "prior",
                                       "seed",   "image_size",       "shape",          "minutes",
                                       "epochs", "alignment_epochs", "adapter_epochs", "supervised_epochs"};

std::optional<Json> configOf(const core::TrainingRequest &request)
{
    const core::Result<std::string> text = learning::TrainingJob::describeConfig(request);
    if (!text)
        return std::nullopt;
    return Json::parse(*text);
}

core::TrainingRequest requestOf(const Json &config)
{
    core::TrainingRequest request;
    request.method = config.at("method").get<std::string>();
    request.profile = config.at("profile").get<std::string>();
    request.device = config.at("device").get<std::string>();
    request.priorFile = config.at("prior").get<std::string>();
    request.seed = config.at("seed").get<std::uint64_t>();
    request.imageSize = config.at("image_size").get<int>();
    const auto minutes = config.at("minutes").get<double>();
    if (minutes > 0.0) {
        request.minutes = minutes;
    } else {
        const bool isSupervised = request.method == "supervised";
        const std::string last = isSupervised ? "supervised_epochs" : "adapter_epochs";
        // --epochs takes no 0, --set does.
        const auto epochsOf = [&](const std::string &name) {
            const int epochs = config.at(name).get<int>();
            if (epochs < 1)
                request.overrides[name] = std::to_string(epochs);
            return std::max(1, epochs);
        };
        request.epochsStage1 = epochsOf(isSupervised ? last : "alignment_epochs");
        request.epochsStage2 = epochsOf(last);
    }
    const std::optional<Json> defaults = configOf(request);
    if (!defaults)
        return request;
    for (const auto &[name, value] : config.items())
        if (!OwnOptions.contains(name) && defaults->contains(name) && defaults->at(name) != value)
            request.overrides[name] = value.dump();
    return request;
}

/// True when the command would train with what the run had; epochs of the stages a run has no use for do not count.
bool leadsTo(const core::TrainingRequest &request, const Json &config)
{
    const std::optional<Json> reached = configOf(request);
    if (!reached)
        return false;
    for (const auto &[name, value] : config.items()) {
        const bool isUnused = name.ends_with("_epochs") && (request.minutes || request.method == "supervised");
        if (!isUnused && (!reached->contains(name) || reached->at(name) != value))
            return false;
    }
    return true;
}

void flatten(const Json &json, const std::string &prefix, std::vector<std::pair<std::string, std::string>> &settings)
{
    for (const auto &[name, value] : json.items()) {
        if (value.is_object())
            flatten(value, prefix + name + ".", settings);
        else
            settings.emplace_back(prefix + name, value.is_string() ? value.get<std::string>() : value.dump());
    }
}

std::string numberText(double value)
{
    return Json(value).dump();
}

} // namespace

std::vector<std::pair<std::string, std::string>> settingsOf(const core::RunRecord &run)
{
    std::vector<std::pair<std::string, std::string>> settings;
    const Json config = Json::parse(run.configJson, nullptr, false);
    if (config.is_object())
        flatten(config, {}, settings);
    return settings;
}

std::optional<std::string> trainCommand(const core::RunRecord &run, const std::string &project)
{
    try {
        const Json config = Json::parse(run.configJson);
        const core::TrainingRequest request = requestOf(config);
        if (!leadsTo(request, config))
            return std::nullopt;
        std::string command = "semigda train " + shellWord(project) + " --method " + request.method;
        if (request.profile != core::TrainingRequest().profile)
            command += " --profile " + request.profile;
        if (!request.priorFile.empty())
            command += " --prior " + shellWord(request.priorFile);
        if (request.minutes)
            command += " --minutes " + numberText(*request.minutes);
        else
            command +=
                " --epochs " + std::to_string(*request.epochsStage1) + "," + std::to_string(*request.epochsStage2);
        command += " --image-size " + std::to_string(request.imageSize) + " --device " + shellWord(request.device)
                   + " --seed " + std::to_string(request.seed);
        for (const auto &[name, value] : request.overrides)
            command += " --set " + shellWord(name + "=" + value);
        return command;
    } catch (const Json::exception &) {
        return std::nullopt;
    }
}

std::string shellWord(const std::string &text)
{
    constexpr const char *Harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%";
    if (!text.empty() && text.find_first_not_of(Harmless) == std::string::npos && text.front() != '-')
        return text;
    std::string quoted = "'";
    for (const char c : text)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

} // namespace semigda::app
