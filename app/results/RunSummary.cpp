// SPDX-License-Identifier: Apache-2.0
#include "app/results/RunSummary.h"

#include "core/AtomicFile.h"
#include "learning/Compute.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <span>

namespace semigda::app
{

namespace
{

constexpr const char *FileName = "summary.json";

}

RunSummary summaryOf(const core::TrainingProgress &progress, const std::string &status)
{
    return {status,
            progress.elapsedSeconds,
            progress.step,
            progress.labelled,
            progress.partial,
            progress.unlabelled,
            progress.predicted,
            progress.bestValidationDice,
            progress.device,
            SEMIGDA_VERSION,
            learning::libTorchVersion()};
}

core::Result<void> writeRunSummary(const std::filesystem::path &runFolder, const RunSummary &summary)
{
    nlohmann::ordered_json json{
        {"status", summary.status},       {"seconds", summary.seconds},      {"steps", summary.steps},
        {"labelled", summary.labelled},   {"partial", summary.partial},      {"unlabelled", summary.unlabelled},
        {"predicted", summary.predicted}, {"best_validation_dice", nullptr}, {"device", summary.device},
        {"program", summary.program},     {"libtorch", summary.libTorch}};
    if (summary.bestValidationDice)
        json["best_validation_dice"] = *summary.bestValidationDice;
    const std::string text = json.dump(2) + "\n";
    return core::writeFileAtomically(runFolder / FileName, std::as_bytes(std::span(text)));
}

std::optional<RunSummary> readRunSummary(const std::filesystem::path &runFolder)
{
    try {
        std::ifstream stream(runFolder / FileName);
        const auto json = nlohmann::json::parse(stream);
        RunSummary summary;
        summary.status = json.at("status").get<std::string>();
        summary.seconds = json.at("seconds").get<double>();
        summary.steps = json.at("steps").get<std::int64_t>();
        summary.labelled = json.at("labelled").get<std::size_t>();
        summary.partial = json.at("partial").get<std::size_t>();
        summary.unlabelled = json.at("unlabelled").get<std::size_t>();
        summary.predicted = json.at("predicted").get<std::size_t>();
        if (json.at("best_validation_dice").is_number())
            summary.bestValidationDice = json.at("best_validation_dice").get<double>();
        summary.device = json.at("device").get<std::string>();
        summary.program = json.value("program", "");
        summary.libTorch = json.value("libtorch", "");
        return summary;
    } catch (const nlohmann::json::exception &) {
        return std::nullopt;
    }
}

} // namespace semigda::app
